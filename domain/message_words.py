"""What each kind of message is called."""

from domain.model import Text

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
