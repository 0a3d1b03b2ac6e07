"""The steps of the form: each owns a part of the sheet, and only that part changes when it is sent."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from echeancier.desk.form.sheet import FACTS, HAPPENED, Sheet, names_in
from echeancier.domain.model import Text


@dataclass(frozen=True)
class FormStep:
    """One step.

    Attributes:
        key: in addresses.
        name: on its tab.
        says: what it is about, under its heading.
        head: fields of the convention itself that it shows.
        blocks: the blocks of the paper that it shows, in their order.
        beside: what the sheet holds besides the terms.
    """

    key: str
    name: Text
    says: Text
    head: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def owns(self) -> tuple[str, ...]:
        """Every key of the sheet that is its own."""
        return (*self.head, *self.blocks, *self.beside)


ACT: Final = FormStep(
    "acte",
    Text(fr="L’acte", en="The act"),
    Text(fr="Ce qu’est la convention, et ce qui l’a autorisée.", en="What the convention is, and what authorised it."),
    ("reference", "title", "title_en", "kind", "number", "follows", "service"),
    ("act", "parent", "signing"),
    (HAPPENED, FACTS),
)
PARTIES: Final = FormStep(
    "parties",
    Text(fr="Les parties", en="The parties"),
    Text(
        fr="Qui s’engage, et les fonctions à qui l’on écrit : jamais un nom de personne.",
        en="Who commits, and the functions written to: never a person’s name.",
    ),
    ("us", "coordinator", "manager", "digest"),
    ("parties", "roles", "place", "territory"),
)
LIFE: Final = FormStep(
    "duree",
    Text(fr="La durée", en="The term"),
    Text(
        fr="Quand elle prend effet, combien de temps elle dure, comment elle se renouvelle.",
        en="When it takes effect, how long it lasts, how it is renewed.",
    ),
    (),
    ("effect", "term", "renewal", "suspension"),
)
DUTIES: Final = FormStep(
    "obligations",
    Text(fr="Ce que chacun doit", en="Who owes what"),
    Text(
        fr="Réunions, données, bilans, paiements : une ligne par promesse du papier.",
        en="Meetings, data, reports, payments: one line for each promise of the paper.",
    ),
    (),
    (
        "duty", "event_duty", "one_off", "window", "payment", "account_manager", "data_protection", "gate", "event",
    ),
)  # fmt: skip
END: Final = FormStep(
    "fin",
    Text(fr="La fin", en="The end"),
    Text(
        fr="Comment elle prend fin, ce qui reste à faire ensuite, et ce que le papier ne dit pas.",
        en="How it ends, what is left to do then, and what the paper does not say.",
    ),
    (),
    ("termination", "breach", "automatic_end", "dispute", "end_duty", "survival", "question", "remark"),
)
STEPS: Final = (ACT, PARTIES, LIFE, DUTIES, END)
CHECK: Final = "verifier"
"""The screen after the last step: what the form gives, then *commencer*."""


def step_called(key: str) -> FormStep | None:
    """Return the step of a key, None when there is none."""
    return next((step for step in STEPS if step.key == key), None)


def step_of(field: str, sheet: Sheet) -> FormStep:
    """Return the step that shows a field, by its path; what is nobody’s stands in the last one."""
    block, _, rest = field.partition(".")
    number = rest.partition(".")[0]
    if block == "clause" and number.isdecimal() and int(number) < len(clauses := _clauses(sheet)):
        return next((step for step in STEPS if clauses[int(number)].get("id") in articles_of(sheet, step)), END)
    return next((step for step in STEPS if block in step.owns), END)


def articles_of(sheet: Sheet, step: FormStep) -> frozenset[str]:
    """Return the ids of the articles that a step shows: those it cites first; the last step, those that no card cites."""
    mine: set[str] = set()
    seen: set[str] = set()
    for one in STEPS:
        cited = {id for name in one.blocks for id in _on_cards(sheet.get(name))}  # noqa: A001 - the word of the file
        if one is step:
            mine = cited - seen
        seen |= cited
    if step is END:
        mine |= {str(clause.get("id")) for clause in _clauses(sheet)} - seen
    return frozenset(mine)


def part_of(sheet: Sheet, step: FormStep) -> Sheet:
    """Return the part of a sheet that a step owns, its articles among them."""
    shown = articles_of(sheet, step)
    part = {name: sheet[name] for name in step.owns if name in sheet}
    return part | {"clause": [clause for clause in _clauses(sheet) if clause.get("id") in shown]}


def with_part(sheet: Sheet, step: FormStep, typed: Sheet) -> Sheet:
    """Return a sheet, the part of one step as it was typed."""
    kept = {name: value for name, value in sheet.items() if name not in step.owns}
    part = {name: typed[name] for name in step.owns if name in typed}
    told = {str(clause.get("id")): clause for clause in _clauses(typed)}
    clauses = [told.pop(str(clause.get("id")), clause) for clause in _clauses(sheet)]
    return {**kept, **part, "clause": [*clauses, *told.values()]}


def mark_of_part(sheet: Sheet, step: FormStep) -> str:
    """Return what tells whether the part of a step is still as a page had it."""
    text = json.dumps(part_of(sheet, step), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _clauses(sheet: Sheet) -> list[dict[str, Any]]:
    found = sheet.get("clause")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _on_cards(node: Any) -> Iterator[str]:
    """The articles that the cards of a block cite themselves: those of what is inside them are shown with these."""
    for one in node if isinstance(node, list) else [node]:
        if isinstance(one, dict):
            yield from names_in(one.get("clauses"))
