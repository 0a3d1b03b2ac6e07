"""What the steps of a purge are given and answer. Nothing personal: they outlive the key of the convention."""

from datetime import datetime

from domain.model import Frozen
from domain.purging.outlook import PurgeState
from domain.purging.record import PurgeRecord


class LookRequest(Frozen):
    """What is known of a purge to come, and the engine's instant at which it is looked at."""

    state: PurgeState
    now: datetime


class Asked(Frozen):
    """Whether a question left; ``at`` is the calendar's instant."""

    at: datetime
    accepted: bool


class Step(Frozen):
    """A step of a purge under way; ``removed`` as in `domain.purging.outlook.PurgeState`."""

    reference: str
    record: PurgeRecord
    removed: bool = False
