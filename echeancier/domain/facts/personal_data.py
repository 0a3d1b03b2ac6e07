"""Personal data: how grave an incident is, a longer time to answer a person, certificates of destruction, holds."""

from datetime import date
from typing import Literal

from pydantic import Field

from echeancier.domain.facts.dated import Dated
from echeancier.domain.model import OneLine


class IncidentAssessed(Dated):
    """What a data breach means for the people concerned was judged; it can be judged again (GDPR art. 33 and 34).

    Attributes:
        incident: the id of the fact that told of the breach, as in ``f12``.
        risk: ``unlikely`` takes the authority's seventy-two hours away, ``high`` adds telling the people themselves.
    """

    kind: Literal["incident-assessed"] = "incident-assessed"
    incident: OneLine
    risk: Literal["unlikely", "risk", "high"]


class AnswerExtended(Dated):
    """A person who asked was told, with the reasons, that the answer will take longer (GDPR art. 12.3).

    Attributes:
        on: the day the person was told.
        item: the key of the answer owed.
        months: how many more months; the door takes two at most.
    """

    kind: Literal["answer-extended"] = "answer-extended"
    item: OneLine
    months: int = Field(default=2, ge=1, le=120)


class CertificateReceived(Dated):
    """The written certificate of a destruction was handed over: received by us, or given by us.

    Attributes:
        on: the day it was handed over.
        item: the key of the destruction it certifies.
        destroyed_on: the day of the destruction as it says it, where nobody recorded it yet.
        document: where the certificate is kept.
    """

    kind: Literal["certificate-received"] = "certificate-received"
    item: OneLine
    destroyed_on: date | None = None
    document: OneLine = ""


class HoldReviewed(Dated):
    """Whether a litigation still asks that data be kept was looked at; ``lifted`` lets the destruction run again."""

    kind: Literal["hold-reviewed"] = "hold-reviewed"
    outcome: Literal["kept", "lifted"] = "kept"
