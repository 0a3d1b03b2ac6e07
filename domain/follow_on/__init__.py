"""From a convention that ends to the terms proposed for the one that follows it. Pure: nothing starts by itself."""

from domain.follow_on.proposing import FollowOn, follow_on
from domain.follow_on.reviewing import Mark

__all__ = ["FollowOn", "Mark", "follow_on"]
