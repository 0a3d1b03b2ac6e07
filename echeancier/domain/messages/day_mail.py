"""The mail of the day: all that several conventions have to say to one person, in one message."""

from pydantic import AwareDatetime

from echeancier.domain.messages.digest import Digest
from echeancier.domain.messages.identity import Saying, identity
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.model import Frozen
from echeancier.domain.standing.people import Recipient


class DayMail(Frozen):
    """One message to one person, made when it is handed over, of what is still to be said then.

    Attributes:
        id: of what it says; the same parts always give the same id, and therefore the same bytes.
        at: the instant that becomes the mail's Date.
        parts: what each convention has to say, each an order of its own kind; the most pressing first.
        digest: what a digest morning adds; the parts are then told in it.
    """

    id: str
    to: Recipient
    at: AwareDatetime
    parts: tuple[MessageOrder, ...] = ()
    digest: Digest | None = None


def day_mail_id(address: str, parts: tuple[MessageOrder, ...], digest: Digest | None) -> str:
    """Return the id of a day's mail, from what it says and to whom."""
    said = [Saying(part.id, part.kind, None, 0) for part in parts]
    if digest is not None:
        said.append(Saying(digest.id, "digest", None, 0))
    return identity("day", "day", address, said)
