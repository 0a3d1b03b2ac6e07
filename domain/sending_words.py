"""When what was just fixed is told to others, in words: at once in office hours, else the next morning mail leaves."""

from domain.model import Text
from domain.sending_hours import next_slot
from domain.situation import Situation
from domain.words import NBSP, moment


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
