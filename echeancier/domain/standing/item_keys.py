"""The key of an item: made from its series, its occurrence and its step; what a fact or a message refers to it by.

An item knows its own series. Only a reference whose item may have left the agenda since is asked for its series, here.
"""


def key_of(series: str, occurrence: str = "", step: str = "") -> str:
    """Return the key of the item of a series, of one of its occurrences and of one of its steps."""
    key = f"{series}/{occurrence}" if occurrence else series
    return f"{key}/{step}" if step else key


def series_of(reference: str) -> str:
    """Return the series of the item that a fact, a message or somebody refers to."""
    return reference.partition("/")[0]


def within_series(reference: str) -> str:
    """Return what tells the item that somebody refers to from the others of its series, empty where nothing does."""
    return reference.partition("/")[2]


def is_share_of(reference: str, party: str) -> bool:
    """Return whether the item that a fact refers to is what one party owes on its own."""
    return reference.rpartition("/")[2] == party
