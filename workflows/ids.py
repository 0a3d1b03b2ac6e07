"""Names that must never change once a convention runs."""

TASK_QUEUE = "echeancier"


def convention_id(reference: str) -> str:
    """Return the workflow id of a convention: one per reference, for ever."""
    return f"convention-{reference}"


REPLIES = "replies"
"""The schedule that reads the mailbox; the engine adds an instant to it for each reading."""
