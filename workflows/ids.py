"""Names that must never change once a convention runs."""

TASK_QUEUE = "echeancier"


def convention_id(reference: str) -> str:
    """Return the workflow id of a convention: one per reference, for ever."""
    return f"convention-{reference}"
