"""The last question about a closed file: may it be destroyed? Asked by the purge (`afterwards/purge.py`), long after the plan."""

from echeancier.domain.messages.mail_kind import MailKind
from echeancier.domain.model import Text


class PurgeAsked(MailKind):
    """A closed file will be destroyed: the coordinator confirms, or says what holds it."""

    kind = "purge"
    name = Text(fr="Purge du dossier à confirmer", en="Purge of the file to be confirmed")
    asks = True
