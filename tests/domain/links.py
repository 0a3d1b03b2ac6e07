"""Links as they left in mails, and the instant at which they are opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from echeancier.domain.answers.click import Clicked, clicked
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.messages.acts import Act
from echeancier.domain.messages.mails import offered
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.tokens import LinkKey, read, written
from echeancier.domain.terms.convention import Convention
from tests.domain import builders as b
from tests.domain.builders_life import Life, life

KEY = LinkKey(b"a key of the tests, of 32 bytes.")
OTHER = LinkKey(b"another key, of thirty-two bytes")
POINT, DATA = "point/2022-07", "data/2022-01"


def terms(**changes: object) -> Convention:
    """A meeting of both, and data that the agency owes the town every half-year; somebody of each side sees to it."""
    data = b.duty("data", kind="data", rhythm={"every_months": 6}, responsible=["partner", "referent"])
    return b.convention(**{"duty": [b.meeting_duty(), data], **changes})


def convened(when: str = "2022-06-07", day: str = "2022-09-13") -> Life:
    """A life in which the second meeting is fixed."""
    lived = life(terms(), b.signed("2021-12-15"))
    lived.record(MeetingArranged(item=POINT, starts_at=b.at(day)), when=b.at(when))
    return lived


@dataclass
class Post:
    """The links of one order."""

    order: MessageOrder

    def token(self, act: Act, item: str = "", key: LinkKey = KEY) -> str:
        """Return the token of the offer of an act."""
        found = next(o for o in offered(self.order) if o.act == act and item in ("", o.item))
        return written(found.claim(key, self.order), key)


def opened(lived: Life, token: str, when: datetime | None = None) -> Clicked:
    """Open a link at an instant (that of the life unless said otherwise)."""
    claim, key = read(token, {KEY.id: KEY})
    return clicked(lived.dossier, claim, key, when or lived.now)


def invitation(lived: Life, to: str = "partner", kind: str = "invitation") -> Post:
    """Return the last mail of a kind to a role."""
    return Post(lived.of(kind, to)[-1])
