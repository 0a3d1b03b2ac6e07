"""The form as a page shows it: cards that follow the paper, each with its fields, its articles and what is wrong there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pydantic import BaseModel

from echeancier.desk.facts.choices import Choice
from echeancier.desk.form.document import Problem
from echeancier.desk.form.filling import CITING
from echeancier.desk.form.following import Marked
from echeancier.desk.form.shapes import KEY, WAY, Shape, block_words, mark_of, shape_at, shape_of, shapes
from echeancier.desk.form.sheet import Sheet, names_in
from echeancier.domain.model import Text
from echeancier.domain.terms.convention import Clause, Convention
from echeancier.domain.terms.fields import Whose
from echeancier.domain.terms.item_kinds import ITEM_KINDS
from echeancier.domain.terms.owing import ALL, BOTH, EACH, EITHER, OTHER, together
from echeancier.domain.typography import said

_MEETINGS: Final = [name for name, kind in ITEM_KINDS.items() if kind.is_meeting]
"""Kinds of duty that have preferences for their meetings."""

_TOGETHER: Final = {
    BOTH: Text(fr="les deux parties ensemble", en="both parties together"),
    ALL: Text(fr="toutes les parties ensemble", en="all parties together"),
}
_ONE_OR_THE_OTHER: Final = {
    Whose.PARTY_OR_EITHER: (EITHER, Text(fr="l’une ou l’autre des parties", en="either of the parties")),
    Whose.PARTY_OR_OTHER: (OTHER, Text(fr="l’autre partie", en="the other party")),
}
_EACH: Final = Text(fr="chaque partie de son côté", en="each party on its own side")

_HEAD: Final = (
    "reference",
    "title",
    "title_en",
    "kind",
    "number",
    "follows",
    "service",
    "us",
    "coordinator",
    "manager",
    "digest",
)


@dataclass(frozen=True)
class Input:
    """One field: ``sort`` is that of its shape, or ``ticks`` for several names to choose.

    ``folded``: most papers leave it alone; shown under « Plus de détails », open where something is wrong with it.
    """

    path: str
    label: str
    sort: str
    value: str
    required: bool = False
    choices: tuple[Choice, ...] = ()
    ticked: tuple[str, ...] = ()
    help: str = ""
    folded: bool = False
    problem: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Card:
    """One block of the paper.

    Attributes:
        path: ``duty.2``; empty for the head.
        title: what it is, in the words typed.
        folded: fields under « Plus de détails »; ``open`` when one of them has a problem.
        inner: blocks inside it.
        articles: the fields of the articles first cited here.
        also: articles it cites that stand in an earlier card.
        more: path and words of the blocks that can be added inside.
    """

    path: str
    kind: str
    title: str
    fields: tuple[Input, ...]
    folded: tuple[Input, ...] = ()
    inner: tuple["Card", ...] = ()
    articles: tuple[tuple[Input, ...], ...] = ()
    article_ids: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    removable: bool = True
    problem: str = ""
    mark: str = ""

    @property
    def open(self) -> bool:
        """Whether something is wrong, or to be looked at, under the fold."""
        return any(one.problem or one.mark for one in self.folded) or any(
            card.wrong or card.marked for card in self.inner
        )

    @property
    def marked(self) -> bool:
        """Whether something is to be looked at in it."""
        inputs = (*self.fields, *self.folded, *(one for row in self.articles for one in row))
        return bool(self.mark) or any(one.mark for one in inputs) or any(card.marked for card in self.inner)

    @property
    def wrong(self) -> bool:
        """Whether something is wrong in it."""
        inputs = (*self.fields, *self.folded, *(one for row in self.articles for one in row))
        return bool(self.problem) or any(one.problem for one in inputs) or any(card.wrong for card in self.inner)


@dataclass
class CardBuilder:
    """Builds the cards of a sheet.

    Args:
        sheet: what is typed.
        problems: what is wrong, by field.
        language: of the labels.
        marks: what is to be looked at before anything starts.
    """

    sheet: Sheet
    problems: Sequence[Problem]
    language: str
    marks: Sequence[Marked] = ()
    _shown: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._wrong: dict[str, str] = {}
        for one in self.problems:
            self._wrong.setdefault(one.field, one.words)
        self._marked: dict[str, str] = {}
        for mark in self.marks:
            before = self._marked.get(mark.field, "")
            before += "" if before.endswith((".", "?")) or not before else "."
            self._marked[mark.field] = f"{before} {mark.words}" if before else mark.words
        clauses = self.sheet.get("clause")
        self._clauses = {c.get("id", ""): n for n, c in enumerate(clauses if isinstance(clauses, list) else ())}

    def head(self) -> Card:
        """Return the first card: what the convention is."""
        inputs = [self._input(shape_of(Convention, name), self.sheet.get(name, ""), "") for name in _HEAD]
        place = self.sheet.get("place")
        zone = self._card("place", "place", place if isinstance(place, dict) else {}, removable=False)
        return Card("", "", "", _unfolded(inputs), _folded(inputs), (zone,), removable=False)

    def listed(self, name: str) -> tuple[Card, ...]:
        """Return the cards of the parties, or of the functions."""
        return tuple(self._cards(name))

    def elements(self) -> tuple[Card, ...]:
        """Return every card that quotes articles, in the order of the paper."""
        return tuple(card for name in CITING for card in self._cards(name))

    def others(self) -> tuple[tuple[Input, ...], ...]:
        """Return the articles that no card has shown; to be called last."""
        return tuple(self._article(id) for id in self._clauses if id not in self._shown)  # noqa: A001

    def other_ids(self) -> tuple[tuple[str, str], ...]:
        """Return the hidden ids of the articles that no card shows."""
        return tuple((f"clause.{n}.id", id) for id, n in self._clauses.items() if id not in self._shown)  # noqa: A001

    def _cards(self, name: str) -> Iterator[Card]:
        given = self.sheet.get(name)
        if isinstance(given, dict):
            yield self._card(name, name, given)
        for number, one in enumerate(given if isinstance(given, list) else ()):
            yield self._card(f"{name}.{number}", name, one)

    def _card(self, path: str, kind: str, given: Mapping[str, Any], *, removable: bool = True) -> Card:
        shape_here = shape_at(path)
        assert shape_here is not None  # noqa: S101 - only blocks have a card
        model = shape_here.model_for(given)
        inputs, inner, more = [], [], []
        if shape_here.ways:
            inputs.append(self._way(shape_here, model, path))
        if kind in ("parties", "roles"):
            inputs.append(self._input(KEY, given.get("key", ""), path))
        for shape in shapes(model) if model else ():
            here = f"{path}.{shape.name}"
            value_given = given.get(shape.name)
            if shape.sort == "block":
                below = value_given if isinstance(value_given, dict) else {}
                if shape.name != "meeting" or below or given.get("kind") in _MEETINGS:
                    inner.append(self._card(here, shape.name, below, removable=False))
            elif shape.sort == "blocks":
                rows = value_given if isinstance(value_given, list) else []
                inner += [self._card(f"{here}.{n}", shape.name, one) for n, one in enumerate(rows)]
                more.append((here, self._said(block_words(_model(here)).adding or "")))
            else:
                inputs.append(self._input(shape, value_given, path))
        rows_of, ids, also = self._articles(given) if kind not in ("parties", "steps") else ((), (), ())
        title = self._title(block_words(model).called if model else shape_here.says, given)
        return Card(
            path, kind, title, _unfolded(inputs), _folded(inputs), tuple(inner), rows_of, ids, also,
            tuple(more), removable=removable and kind not in ("effect", "term"), problem=self._wrong.get(path, ""),
            mark=self._marked.get(path, ""),
        )  # fmt: skip

    def _way(self, shape: Shape, chosen: type[BaseModel] | None, path: str) -> Input:
        """The field that says in which of several ways a block is said; its own fields follow once the page is sent again."""
        choices = tuple(Choice(mark_of(way), self._said(block_words(way).called)) for way in shape.ways)
        return Input(
            f"{path}.{WAY}", self._said(shape.says), "choice", mark_of(chosen) if chosen else "", choices=choices,
            help=self._said(shape.hint or ""),
        )  # fmt: skip

    def _title(self, called: Text, given: Mapping[str, Any]) -> str:
        words = next((given[n] for n in ("title", "about", "text", "name", "function", "grounds") if given.get(n)), "")
        return f"{self._said(called)}{' – ' if words else ''}{words}"

    def _articles(
        self, given: Mapping[str, Any]
    ) -> tuple[tuple[tuple[Input, ...], ...], tuple[tuple[str, str], ...], tuple[str, ...]]:
        rows, ids, also = [], [], []
        for id in names_in(given.get("clauses")):  # noqa: A001 - the word of the file
            if id not in self._clauses:
                continue
            if id in self._shown:
                also.append(str(self.sheet["clause"][self._clauses[id]].get("article", id)))
                continue
            self._shown.add(id)
            rows.append(self._article(id))
            ids.append((f"clause.{self._clauses[id]}.id", id))
        return tuple(rows), tuple(ids), tuple(dict.fromkeys(also))

    def _article(self, id: str) -> tuple[Input, ...]:  # noqa: A002 - the word of the file
        number = self._clauses[id]
        given = self.sheet["clause"][number]
        return tuple(
            self._input(shape_of(Clause, name), given.get(name, ""), f"clause.{number}")
            for name in ("article", "says", "says_en")
        )

    def _input(self, shape: Shape, given: Any, path: str) -> Input:
        here = f"{path}.{shape.name}" if path else shape.name
        bare = Input(
            path=here,
            label=self._said(shape.says),
            sort=shape.sort,
            value=given if isinstance(given, str) else "",
            required=shape.required and shape.sort not in ("yes", "names"),
            help=self._said(shape.hint or ""),
            folded=shape.words.folded,
            problem=self._wrong.get(here, ""),
            mark=self._marked.get(here, ""),
        )
        choices = tuple(Choice(v, self._said(shape.values[v])) for v in shape.choices) or self._names_to_choose(shape)
        if shape.sort == "names" and choices:
            return replace(bare, sort="ticks", value="", choices=choices, ticked=tuple(names_in(given)))
        if shape.sort == "names":
            return replace(bare, sort="text", value=", ".join(names_in(given)))
        return replace(bare, sort="choice", choices=choices) if choices else bare

    def _names_to_choose(self, shape: Shape) -> tuple[Choice, ...]:
        if shape.whose is None:
            return ()
        source, words = ("roles", "function") if shape.whose is Whose.ROLE else ("parties", "name")
        rows = self.sheet.get(source)
        found = (
            [Choice(r["key"], r.get(words) or r["key"]) for r in rows if r.get("key")] if isinstance(rows, list) else []
        )
        whole = together({choice.value: None for choice in found}) if source == "parties" else ""
        both = [Choice(whole, self._said(_TOGETHER[whole]))] if shape.whose in (Whose.SIDE, Whose.SIDE_OR_EACH) else []
        both += [Choice(EACH, self._said(_EACH))] if shape.whose is Whose.SIDE_OR_EACH else []
        both += [
            Choice(word, self._said(says)) for whose, (word, says) in _ONE_OR_THE_OTHER.items() if whose is shape.whose
        ]
        return (*found, *both)

    def _said(self, text: Text | str) -> str:
        return said(text, self.language)


def _folded(inputs: Sequence[Input]) -> tuple[Input, ...]:
    return tuple(one for one in inputs if one.folded)


def _unfolded(inputs: Sequence[Input]) -> tuple[Input, ...]:
    return tuple(one for one in inputs if not one.folded)


def _model(path: str) -> type[BaseModel]:
    """The model of a place: ``duty.0.meeting``."""
    found = shape_at(path)
    assert found is not None  # noqa: S101 - only blocks have a card
    assert found.model is not None  # noqa: S101 - only blocks have a card
    return found.model
