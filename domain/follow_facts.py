"""What links a convention to the one that follows it."""

from typing import Literal

from pydantic import Field

from domain.dated import Dated

REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$"
"""A convention's own name."""


class FollowedBy(Dated):
    """The convention that follows was registered under that reference."""

    kind: Literal["followed-by"] = "followed-by"
    reference: str = Field(pattern=REFERENCE)
