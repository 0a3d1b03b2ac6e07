"""What a scenario file holds, as written."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from echeancier.domain.model import Frozen, Named, OneLine, Slug
from echeancier.domain.terms.convention import Convention


class Cast(Frozen):
    """A ``[[convention]]`` block: which files, and who does not play his part in it.

    Attributes:
        people: as the scenario's own when left out.
        refuses_to_sign: parties whose signatures are left out of the facts.
        left_undone: keys of the items that diligent people leave undone.
        quorum: how many must be present at the meetings of a duty, instead of the preference.
    """

    file: str
    facts: str = ""
    people: Literal["diligent", "silent"] | None = None
    registered_on: date | None = None
    refuses_to_sign: tuple[Slug, ...] = ()
    left_undone: tuple[str, ...] = ()
    quorum: dict[Slug, int] = Field(default_factory=dict)


class Refused(Frozen):
    """A ``[[mail_refused]]`` block: the relay does not take the mail of a role, always or the first ``times``."""

    role: Slug
    convention: str = ""
    answer: int = Field(default=550, ge=400, le=599)
    times: int | None = Field(default=None, ge=1)


class ScenarioContent(Frozen):
    """The whole file; its ``[[happens]]`` blocks are read one by one, each against its convention."""

    title: Named
    title_en: OneLine = ""
    people: Literal["diligent", "silent"] = "diligent"
    until: date | None = None
    convention: tuple[Cast, ...] = Field(min_length=1)
    mail_refused: tuple[Refused, ...] = ()
    happens: tuple[dict[str, object], ...] = ()


def unknown_names(read: ScenarioContent, conventions: Sequence[Convention]) -> Iterator[str]:
    """Yield, in French, every name that the conventions of the scenario do not know."""
    references = {c.reference: c for c in conventions}
    if len(references) < len(conventions):
        yield "convention : la même convention y est deux fois"
    for cast, terms in zip(read.convention, conventions, strict=True):
        yield from _unknown_in(cast, terms)
    named = [(f"happens[{n}]", str(b["convention"])) for n, b in enumerate(read.happens, 1) if "convention" in b]
    named += [(f"mail_refused[{n}]", r.convention) for n, r in enumerate(read.mail_refused, 1) if r.convention]
    for where, reference in named:
        if reference not in references:
            yield f"{where}.convention : « {reference} » n’est pas jouée ici ({', '.join(references)})"
    for n, refused in enumerate(read.mail_refused, 1):
        roles = references.get(refused.convention, conventions[0]).roles
        if refused.role not in roles:
            yield f"mail_refused[{n}].role : « {refused.role} » n’est pas un rôle ({', '.join(roles)})"


def _unknown_in(cast: Cast, terms: Convention) -> Iterator[str]:
    for party in cast.refuses_to_sign:
        if party not in terms.parties:
            yield f"refuses_to_sign : « {party} » n’est pas une partie ({', '.join(terms.parties)})"
    for duty in cast.quorum:
        if not any(d.id == duty and d.meeting for d in terms.duty):
            yield f"quorum : « {duty} » n’est pas une rencontre de {terms.reference}"
