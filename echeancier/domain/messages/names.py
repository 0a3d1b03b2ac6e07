"""What each kind of message is called, and when what was just fixed is told, in words."""

from echeancier.domain.dates.words import moment
from echeancier.domain.model import Text
from echeancier.domain.standing.office_hours import next_slot
from echeancier.domain.standing.situation import Situation
from echeancier.domain.typography import NBSP

MESSAGE_WORDS: dict[str, Text] = {
    "opening": Text(fr="Message d’ouverture", en="Opening message"),
    "reminders": Text(fr="Rappels", en="Reminders"),
    "correction": Text(fr="Rectification", en="Correction"),
    "invitation": Text(fr="Invitation", en="Invitation"),
    "meeting-moved": Text(fr="Réunion déplacée", en="Meeting moved"),
    "meeting-cancelled": Text(fr="Réunion annulée", en="Meeting cancelled"),
    "answers": Text(fr="Réponses à une invitation", en="Answers to an invitation"),
    "question": Text(fr="Question", en="Question"),
    "letter": Text(fr="Lettre", en="Letter"),
    "undelivered": Text(fr="Alerte : message non remis", en="Alarm: message not delivered"),
    "ended": Text(fr="Fin de la convention", en="End of the convention"),
    "unsigned": Text(fr="Signature arrêtée", en="Signature stopped"),
    "purge": Text(fr="Purge du dossier à confirmer", en="Purge of the file to be confirmed"),
    "news": Text(fr="Ce qui change", en="What changes"),
    "handover": Text(fr="Relais pendant une absence", en="Standing in for somebody away"),
    "closed": Text(fr="Dossier clos", en="File closed"),
}
"""Kind of message -> its name."""


def when_guests_hear(s: Situation) -> Text:
    """Return when the invitation, the move or the cancellation recorded now leaves.

    Args:
        s: the situation at the instant of recording.
    """
    leaves = next_slot(s, s.now)
    if leaves == s.now:
        return Text(fr="Les personnes invitées sont prévenues maintenant.", en="The guests are told now.")
    zone = s.calendar.time_zone
    return Text(
        fr=f"Hors des heures d’envoi, les personnes invitées seront prévenues le {moment(leaves, zone)}{NBSP}: "
        "d’ici là, rien ne part.",
        en=f"Outside sending hours, the guests will be told on {moment(leaves, zone, 'en')}: nothing leaves before.",
    )
