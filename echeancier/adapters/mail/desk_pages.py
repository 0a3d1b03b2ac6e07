"""Pages of the desk that a mail leads its coordinator to: the very form, with what is known filled in."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote, urlencode

from echeancier.adapters.mail.links import LinkView
from echeancier.domain.agenda.items import Nature
from echeancier.domain.facts.catalogue import settles_by
from echeancier.domain.messages.order import Line
from echeancier.domain.terms.item_kinds import ITEM_KINDS
from echeancier.domain.terms.policy import AFTER_A_MEETING

_TO_RECORD = (Nature.DUTY, Nature.OUR_RIGHT)
"""What somebody does, and can therefore be recorded; the rest passes by itself."""
_USUAL_HOUR = "T10:00"


def convention_page(desk: str, reference: str, part: str = "") -> str:
    """Return the page of a convention, or one of its parts."""
    page = f"{desk.rstrip('/')}/conventions/{quote(reference, safe='')}"
    return f"{page}#{part}" if part else page


def form_page(desk: str, reference: str, kind: str, **known: str) -> str:
    """Return the form that records a kind of fact, with the fields that are known."""
    page = f"{convention_page(desk, reference)}/enregistrer/{kind}"
    return f"{page}?{urlencode(known)}" if known else page


def letter_page(desk: str, reference: str, letter: str, **known: str) -> str:
    """Return the page of a letter, with what it is about."""
    return f"{convention_page(desk, reference)}/lettres/{quote(letter, safe='')}?{urlencode(known)}"


def forms_of(desk: str, reference: str, line: Line, words: Mapping[str, str]) -> tuple[LinkView, ...]:
    """Return the forms that record what a line waits for, the likeliest first; none when nothing is to be recorded.

    Args:
        desk: address of the desk.
        reference: of the convention.
        line: what is said.
        words: of the buttons.
    """
    if line.nature not in _TO_RECORD or line.stage in ("past", "gone"):
        return ()
    if line.kind == "notice":
        return (
            LinkView(words["letter"], convention_page(desk, reference, "lettres")),
            LinkView(words["posted"], form_page(desk, reference, "letter-posted")),
        )
    forms = _of_meeting(line) if ITEM_KINDS[line.kind].is_meeting else _of_duty(line)
    return tuple(LinkView(words[word], form_page(desk, reference, kind, **known)) for word, kind, known in forms)


_Form = tuple[str, str, dict[str, str]]
"""The word of a button, the kind of fact it records, and the fields that are known."""


def _of_meeting(line: Line) -> tuple[_Form, ...]:
    item = {"item": line.item}
    if line.stage in AFTER_A_MEETING:
        held = item | ({"on": line.meeting_at.date().isoformat()} if line.meeting_at else {})
        return (
            ("held", "meeting-held", held),
            ("not-held", "meeting-cancelled", item),
            ("moved", "meeting-arranged", item),
        )
    if line.meeting_at is not None:
        return (("held", "meeting-held", item),)
    return (("fix", "meeting-arranged", item | _start(line.proposed)), ("held", "meeting-held", item))


def _of_duty(line: Line) -> tuple[_Form, ...]:
    if line.kind == "signature":
        party = {"party": line.occurrence}
        return (("signed", "signed", party), ("refused", "signature-refused", party))
    word = "done" if line.ours else "received"
    field = settles_by(line.settled_by, line.occurrence) if line.settled_by else None
    if line.settled_by is None or field is None or line.legal_last_instant is not None:
        return ((word, "done", {"item": line.item}),)
    word = "decided" if line.settled_by == "renewal-decided" else word
    return ((word, line.settled_by, {field: line.occurrence} if field else {}),)


def _start(proposed: date | None) -> dict[str, str]:
    return {"starts_at": proposed.isoformat() + _USUAL_HOUR} if proposed else {}
