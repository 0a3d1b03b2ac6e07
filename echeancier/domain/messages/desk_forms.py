"""Which form of the desk settles a dated thing: the kind of fact it records, and what is known of it already."""

from datetime import datetime

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.facts.catalogue import settles_by
from echeancier.domain.messages.digest import DeskForm


def form_of(item: Item, now: datetime, *, ours: bool) -> DeskForm | None:
    """Return the form that settles an item, None where the desk has none.

    Args:
        item: of an agenda.
        now: a meeting whose day is over by then is said to have taken place, one to come is given its date.
        ours: our own side owes it: it is done; what others owe is received.
    """
    traits = item.traits
    if traits.is_meeting:
        over = item.state in (State.LATE, State.MISSED) if item.meeting_at is None else item.meeting_at <= now
        found = _form("held" if over else "arranged", "meeting-held" if over else "meeting-arranged", item=item.key)
    elif item.kind == "signature":
        found = _form("signed", "signed", party=item.occurrence)
    elif item.settled_by == "meeting-minutes":
        found = _form("minutes", "meeting-minutes", item=item.occurrence)
    elif item.kind == "end" or item.settled_by == "renewal-decided":
        found = _form("decided", "renewal-decided")
    elif item.kind == "notice" or not traits.has_form:
        return None
    elif item.settled_by and (field := settles_by(item.settled_by, item.occurrence)) in ("", "act"):
        found = _form("done", item.settled_by, **({field: item.occurrence} if field else {}))
    else:
        found = _form("done" if ours else "received", "done", item=item.key)
    return found


def _form(says: str, kind: str, **given: str) -> DeskForm:
    return DeskForm.model_validate({"says": says, "kind": kind, "given": tuple(given.items())})
