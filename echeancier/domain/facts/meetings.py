"""What is known of a meeting once it was held."""

from typing import Literal

from echeancier.domain.facts.dated import Dated
from echeancier.domain.model import OneLine


class MeetingMinutes(Dated):
    """The minutes of a meeting that was held were drawn up; ``document`` says where they are kept."""

    kind: Literal["meeting-minutes"] = "meeting-minutes"
    item: OneLine
    document: OneLine = ""
