"""What the steps of a purge are given and answer. Nothing personal: they outlive the key of the convention."""

from datetime import datetime

from echeancier.domain.afterwards.purge import PurgeState
from echeancier.domain.afterwards.purge_record import PurgeRecord
from echeancier.domain.model import Frozen


class LookRequest(Frozen):
    """What is known of a purge to come, and the engine's instant at which it is looked at."""

    state: PurgeState
    now: datetime


class QuestionLeft(Frozen):
    """Whether a question left; ``at`` is the calendar's instant."""

    at: datetime
    accepted: bool


class PurgeStep(Frozen):
    """A step of a purge under way; ``removed`` as in `domain.afterwards.purge.PurgeState`."""

    reference: str
    record: PurgeRecord
    removed: bool = False
