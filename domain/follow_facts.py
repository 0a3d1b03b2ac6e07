"""What links a convention to the one that follows it."""

from typing import Literal

from domain.dated import Dated
from domain.model import Reference


class FollowedBy(Dated):
    """The convention that follows was registered under that reference."""

    kind: Literal["followed-by"] = "followed-by"
    reference: Reference
