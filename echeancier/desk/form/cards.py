"""The form as a page shows it: cards that follow the paper, each with its fields, its articles and what is wrong there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pydantic import BaseModel

from echeancier.desk.facts.choices import Choice
from echeancier.desk.form.document import Problem
from echeancier.desk.form.english import ENGLISH
from echeancier.desk.form.following import Marked
from echeancier.desk.form.names_in_words import NamesInWords
from echeancier.desk.form.shapes import KEY, WAY, Shape, block_words, mark_of, shape_at, shape_of, shapes
from echeancier.desk.form.sheet import Sheet, called, names_in
from echeancier.desk.form.steps import STEPS, FormStep, articles_of
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
_IN_WORDS: Final = {
    Whose.EVENT: Text(
        fr="Ce qui arrive, en quelques mots : la dissolution de l’association, un mémoire reçu.",
        en="What happens, in a few words: the dissolution of the association, a statement received.",
    ),
    Whose.NEED: Text(
        fr="Ce qui doit être fait ou reçu, par son intitulé : Bilan, ou Bilan/2027 pour une fois précise.",
        en="What must be done or received, by its title: Report, or Report/2027 for one time of it.",
    ),
}
_ONE_OR_THE_OTHER: Final = {
    Whose.PARTY_OR_EITHER: (EITHER, Text(fr="l’une ou l’autre des parties", en="either of the parties")),
    Whose.PARTY_OR_OTHER: (OTHER, Text(fr="l’autre partie", en="the other party")),
}
_EACH: Final = Text(fr="chaque partie de son côté", en="each party on its own side")


@dataclass(frozen=True)
class Input:
    """One field: ``sort`` is that of its shape, or ``ticks`` for several names to choose.

    ``folded``: most papers leave it alone; shown under « Plus de détails », open where something is wrong with it.
    ``kept``: means something in the file only; the page carries it and shows nothing.
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
    kept: bool = False
    wide: bool = False
    problem: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Quoted:
    """An article that a card cites, and shows: its fields, and the field that holds its id."""

    id: str
    path: str
    fields: tuple[Input, ...]


@dataclass(frozen=True)
class Card:
    """One block of the paper.

    Attributes:
        path: ``duty.2``; empty for the head.
        title: what it is, in the words typed.
        folded: fields under « Plus de détails »; ``open`` when one of them has a problem.
        kept: fields that the page carries without showing them.
        inner: blocks of a list inside it.
        articles: the articles first cited here.
        also: articles it cites that stand in an earlier card.
        others: articles of the paper that it could cite too, each with its words.
        more: path and words of the blocks that can be added inside.
        many: whether there can be another like it.
    """

    path: str
    kind: str
    title: str
    fields: tuple[Input, ...]
    folded: tuple[Input, ...] = ()
    inner: tuple["Card", ...] = ()
    kept: tuple[Input, ...] = ()
    articles: tuple[Quoted, ...] = ()
    also: tuple[str, ...] = ()
    others: tuple[Choice, ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    removable: bool = True
    many: bool = False
    problem: str = ""
    mark: str = ""

    @property
    def open(self) -> bool:
        """Whether something is wrong, or to be looked at, under the fold."""
        under = (*self.folded, *(one for row in self.articles for one in row.fields[1:]))
        return any(one.problem or one.mark for one in under)

    @property
    def marked(self) -> bool:
        """Whether something is to be looked at in it."""
        return bool(self.mark) or any(one.mark for one in self._inputs) or any(card.marked for card in self.inner)

    @property
    def wrong(self) -> bool:
        """Whether something is wrong in it."""
        return bool(self.problem) or any(one.problem for one in self._inputs) or any(card.wrong for card in self.inner)

    @property
    def _inputs(self) -> tuple[Input, ...]:
        return (*self.fields, *self.folded, *self.kept, *(one for row in self.articles for one in row.fields))


@dataclass
class CardBuilder:
    """Builds the cards of one step of a sheet.

    Args:
        step: which.
        sheet: what is typed.
        problems: what is wrong, by field.
        language: of the labels.
        marks: what is to be looked at before anything starts.
    """

    sheet: Sheet
    step: FormStep
    problems: Sequence[Problem]
    language: str
    marks: Sequence[Marked] = ()
    _shown: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._wrong: dict[str, str] = {}
        self._names = NamesInWords(self.sheet)
        for one in self.problems:
            self._wrong.setdefault(one.field, one.words)
        self._marked: dict[str, str] = {}
        for mark in self.marks:
            before = self._marked.get(mark.field, "")
            before += "" if before.endswith((".", "?")) or not before else "."
            self._marked[mark.field] = f"{before} {mark.words}" if before else mark.words
        clauses = self.sheet.get("clause")
        self._clauses = {c.get("id", ""): n for n, c in enumerate(clauses if isinstance(clauses, list) else ())}
        self._shown |= {id for step in STEPS if step is not self.step for id in articles_of(self.sheet, step)}  # noqa: A001

    def head(self) -> Card:
        """Return the first card: what the convention says of itself at this step; without fields where it says nothing."""
        inputs = [self._input(shape_of(Convention, name), self.sheet.get(name, ""), "") for name in self.step.head]
        return Card("", "", "", _shown(inputs), _folded(inputs), removable=False)

    def cards(self) -> tuple[Card, ...]:
        """Return the cards of the blocks of the step, in their order."""
        return tuple(card for name in self.step.blocks for card in self._cards(name))

    def others(self) -> tuple[Quoted, ...]:
        """Return the articles of the step that no card has shown; to be called last."""
        return tuple(self._quoted(id) for id in self._clauses if id not in self._shown)  # noqa: A001 - the word of the file

    def _cards(self, name: str) -> Iterator[Card]:
        given = self.sheet.get(name)
        if name == "place":  # always there, and nothing that one adds
            yield self._card(name, name, given if isinstance(given, dict) else {}, removable=False)
        elif isinstance(given, dict):
            yield self._card(name, name, given)
        for number, one in enumerate(given if isinstance(given, list) else ()):
            yield self._card(f"{name}.{number}", name, one)

    def _card(self, path: str, kind: str, given: Mapping[str, Any], *, removable: bool = True) -> Card:
        shape_here = shape_at(path)
        assert shape_here is not None  # noqa: S101 - only blocks have a card
        inputs, inner, more = self._inside(path, kind, given, shape_here)
        articles, also = self._articles(given) if kind != "steps" else ((), ())
        model = shape_here.model_for(given)
        title = self._title(block_words(model).called if model else shape_here.says, given)
        citing = model is not None and "clauses" in model.model_fields and kind not in ("steps", "parties")
        cited = {*names_in(given.get("clauses"))}
        return Card(
            path, kind, title, _shown(inputs), _folded(inputs), inner, tuple(one for one in inputs if one.kept), articles,
            also, self._quotable(cited) if citing else (), more,
            removable=removable and kind not in ("effect", "term"), many=shape_here.sort == "blocks",
            problem=self._wrong.get(path, ""), mark=self._marked.get(path, ""),
        )  # fmt: skip

    def _inside(
        self, path: str, kind: str, given: Mapping[str, Any], shape_here: Shape
    ) -> tuple[list[Input], tuple[Card, ...], tuple[tuple[str, str], ...]]:
        """The fields of a block, those of the single blocks inside it among them; its lists of blocks; what can be added."""
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
                inputs += self._of_single(shape, here, value_given if isinstance(value_given, dict) else {}, given)
            elif shape.sort == "blocks":
                rows = value_given if isinstance(value_given, list) else []
                inner += [self._card(f"{here}.{n}", shape.name, one) for n, one in enumerate(rows)]
                more.append((here, self._said(block_words(_model(here)).adding or "")))
            else:
                inputs.append(self._input(shape, value_given, path))
        return _either(inputs, path, model, given), tuple(inner), tuple(more)

    def _of_single(self, shape: Shape, here: str, below: Mapping[str, Any], owner: Mapping[str, Any]) -> list[Input]:
        """The fields of a block inside another: among the details where its owner says otherwise when it is due."""
        if shape.name == "meeting" and not below and owner.get("kind") not in _MEETINGS:
            return []
        inputs, _, _ = self._inside(here, shape.name, below, shape)
        aside = shape.words.folded or shape.name == "meeting"
        named = (
            f"{self._said(shape.label)} – " if shape.says != block_words(_model(here)).called and not shape.ways else ""
        )
        inputs = [replace(one, folded=one.folded or aside, label=named + one.label) for one in inputs]
        problem, mark = self._wrong.get(here, ""), self._marked.get(here, "")
        if inputs and (problem or mark):  # of the whole block, which has no card of its own
            inputs[0] = replace(inputs[0], problem=problem or inputs[0].problem, mark=mark or inputs[0].mark)
        return inputs

    def _quotable(self, cited: set[str]) -> tuple[Choice, ...]:
        """Articles that a card does not cite yet."""
        rows = [(id, self.sheet["clause"][n]) for id, n in self._clauses.items() if id not in cited]  # noqa: A001
        return tuple(
            Choice(id, f"{row.get('article')} – {str(row.get('says', ''))[:60]}")
            for id, row in rows  # noqa: A001 - the word of the file
            if row.get("article")
        )

    def _way(self, shape: Shape, chosen: type[BaseModel] | None, path: str) -> Input:
        """The field that says in which of several ways a block is said; its own fields follow once the page is sent again."""
        choices = tuple(Choice(mark_of(way), self._said(block_words(way).called)) for way in shape.ways)
        return Input(
            f"{path}.{WAY}", self._said(shape.label), "choice", mark_of(chosen) if chosen else "", choices=choices,
            help=self._said(shape.hint or ""),
        )  # fmt: skip

    def _title(self, kind: Text, given: Mapping[str, Any]) -> str:
        words = called(given)
        return f"{self._said(kind)}{' – ' if words else ''}{words}"

    def _articles(self, given: Mapping[str, Any]) -> tuple[tuple[Quoted, ...], tuple[str, ...]]:
        rows, also = [], []
        for id in names_in(given.get("clauses")):  # noqa: A001 - the word of the file
            if id not in self._clauses:
                continue
            if id in self._shown:
                also.append(str(self.sheet["clause"][self._clauses[id]].get("article", id)))
                continue
            self._shown.add(id)
            rows.append(self._quoted(id))
        return tuple(rows), tuple(dict.fromkeys(also))

    def _quoted(self, id: str) -> Quoted:  # noqa: A002 - the word of the file
        number = self._clauses[id]
        given, path = self.sheet["clause"][number], f"clause.{number}"
        fields = [
            self._input(shape_of(Clause, name), given.get(name, ""), path) for name in ("article", "says", "says_en")
        ]
        return Quoted(id, f"{path}.id", tuple(fields))

    def _input(self, shape: Shape, given: Any, path: str) -> Input:
        here = f"{path}.{shape.name}" if path else shape.name
        bare = Input(
            path=here,
            label=self._said(shape.label),
            sort=shape.sort,
            value=given if isinstance(given, str) else "",
            required=shape.required and shape.sort not in ("yes", "names"),
            help=self._said(shape.hint or ""),
            folded=shape.words.folded and not (shape.required and not given and not shape.name.endswith(ENGLISH)),
            kept=shape.words.of_file,
            wide=shape.wide and shape != shape_of(Clause, "article"),
            problem=self._wrong.get(here, ""),
            mark=self._marked.get(here, ""),
        )
        choices = tuple(Choice(v, self._said(shape.values[v])) for v in shape.choices) or self._names_to_choose(shape)
        if bare.kept:
            return replace(bare, sort="text", value=", ".join(names_in(given)) if shape.sort == "names" else bare.value)
        if shape.whose in (Whose.EVENT, Whose.NEED):
            words = (self._names.of(shape, one, self.language) for one in names_in(bare.value or given))
            help = self._said(_IN_WORDS[shape.whose])  # noqa: A001 - what the file wants is a key, which nobody types here
            return replace(bare, sort="event", value=", ".join(words), wide=True, help=help)
        if shape.sort == "names" and choices:
            return replace(bare, sort="ticks", value="", choices=choices, ticked=tuple(names_in(given)))
        if shape.sort == "names":
            return replace(bare, sort="text", value=", ".join(names_in(given)))
        return replace(bare, sort="choice", choices=choices) if choices else bare

    def _names_to_choose(self, shape: Shape) -> tuple[Choice, ...]:
        if shape.whose in (None, Whose.EVENT, Whose.NEED):
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


def _either(inputs: list[Input], path: str, model: type[BaseModel] | None, given: Mapping[str, Any]) -> list[Input]:
    """Show what a paper says in one of several ways in the way it is said, and the other ways among the details."""
    for group in block_words(model).either if model else ():
        said = {name for name in group if _filled(given.get(name))}
        if said:
            inputs = [
                replace(one, folded=name not in said or (one.folded and one.path != f"{path}.{name}"))
                if name in group
                else one
                for one, name in ((one, one.path.removeprefix(f"{path}.").partition(".")[0]) for one in inputs)
            ]
    return inputs


def _filled(value: Any) -> bool:
    """Whether anything is typed there."""
    if isinstance(value, dict):
        return any(map(_filled, value.values()))
    return any(map(_filled, value)) if isinstance(value, list) else bool(value)


def _folded(inputs: Sequence[Input]) -> tuple[Input, ...]:
    return tuple(one for one in inputs if one.folded and not one.kept)


def _shown(inputs: Sequence[Input]) -> tuple[Input, ...]:
    """Those on the line of a card: what most papers say, and what is wanted and empty."""
    return tuple(one for one in inputs if not one.folded and not one.kept)


def _model(path: str) -> type[BaseModel]:
    """The model of a place: ``duty.0.meeting``."""
    found = shape_at(path)
    assert found is not None  # noqa: S101 - only blocks have a card
    assert found.model is not None  # noqa: S101 - only blocks have a card
    return found.model
