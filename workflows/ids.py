"""Names that must never change once a convention runs."""

import re

TASK_QUEUE = "echeancier"
_CONVENTION, _PURGE = "convention-", "purge-"


def convention_id(reference: str) -> str:
    """Return the workflow id of a convention: one per reference, for ever."""
    return f"{_CONVENTION}{reference}"


_OURS = re.compile(rf"{_CONVENTION}([A-Z0-9][A-Z0-9._-]{{0,59}})")


def reference_of(workflow_id: str) -> str | None:
    """Return the reference of a convention's workflow id, None for the id of any other workflow.

    Whoever speaks to the engine may start a workflow under any name: what the door could not have given is no convention's.
    """
    found = _OURS.fullmatch(workflow_id)
    return None if found is None else found[1]


def purge_id(reference: str) -> str:
    """Return the workflow id of the purge of a convention's file: it outlives the key, so it is not under it."""
    return f"{_PURGE}{reference}"


def purged_reference_of(workflow_id: str) -> str | None:
    """Return the reference whose purge a workflow id names, None for the id of any other workflow."""
    return reference_of(_CONVENTION + workflow_id.removeprefix(_PURGE)) if workflow_id.startswith(_PURGE) else None


REPLIES = "replies"
"""The schedule that reads the mailbox; the engine adds an instant to it for each reading."""

MORNING = "morning"
"""The schedule of the mail of the day, likewise."""

HEARTBEAT = "heartbeat"
"""The schedule of the robot's rounds, likewise."""


_MAIL = "mail-"


def mail_of(day: str) -> str:
    """Return the workflow id of the mail of a day, ``2026-11-30``: the runs under it never overlap."""
    return f"{_MAIL}{day}"


_SCHEDULED = re.compile(rf"({REPLIES}|{MORNING}|{HEARTBEAT})-\d{{4}}-\d\d-\d\dT[\d:.]+Z")


def place_of(workflow_id: str) -> str:
    """Return where what is said to a workflow belongs: to its id; to its schedule where the engine made the id.

    The engine adds an instant to the id of what a schedule starts, after its input was sealed.
    """
    found = _SCHEDULED.fullmatch(workflow_id)
    return workflow_id if found is None else found[1]


TYPES = {
    _CONVENTION: "Convention",
    _PURGE: "Purge",
    _MAIL: "DailyMail",
    f"{MORNING}-2": "Morning",
    f"{REPLIES}-2": "Replies",
    f"{HEARTBEAT}-2": "Heartbeat",
}
"""The type of our workflows by how their ids begin, an instant with the millennium; not all that begins so is ours."""

_OF_A_DAY = re.compile(rf"{_MAIL}(\d{{4}}-\d\d-\d\d)")


def day_of_mail(workflow_id: str) -> str | None:
    """Return the day of which a workflow id names the mail, None for the id of any other workflow."""
    found = _OF_A_DAY.fullmatch(workflow_id)
    return None if found is None else found[1]


def type_of(workflow_id: str) -> str | None:
    """Return the type of the workflow to which we give an id, None for an id that we give to none."""
    if reference_of(workflow_id) is not None:
        return TYPES[_CONVENTION]
    if purged_reference_of(workflow_id) is not None:
        return TYPES[_PURGE]
    if day_of_mail(workflow_id) is not None:
        return TYPES[_MAIL]
    found = _SCHEDULED.fullmatch(workflow_id)
    return None if found is None else TYPES.get(f"{found[1]}-2")
