"""The convention that others of the same deliberation are made after: what they share with it, what each row says of its own."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from echeancier.desk.form.document import sheet_from
from echeancier.desk.form.shapes import Shape, place, shape_at
from echeancier.desk.form.sheet import Sheet, flat, free_name, names_in, slug
from echeancier.domain.euros import Euros
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.model import FIRST_YEAR, LAST_YEAR, Text
from echeancier.domain.terms.clauses import CouncilAct
from echeancier.domain.terms.convention import Convention

LONGEST: Final = 60
"""Signs of a reference, and of the name of an act."""

_ARTICLE: Final = 3
"""Signs of « de », « la », « les », at most."""

_NUMBERED: Final = re.compile(r"(.*?)([0-9]{1,6})")
_NAME_OF_KEYS: Final = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class SeriesColumn:
    """One column of the table: ``name`` is that of its fields, ``path`` where it stands in the sheet of a convention.

    Attributes:
        proposed: left empty, it is filled in by us.
    """

    name: str
    label: Text
    path: str
    proposed: bool = False


@dataclass(frozen=True)
class SeriesPattern:
    """A convention that runs, and how others are made after it.

    Attributes:
        dossier: of that convention, its shared act having the id by which the others cite it.
        act: the deliberation that they share.
        named_now: whether that id has yet to be given to it, among its terms.
        party: the key of the party that changes from one to the other.
    """

    dossier: Dossier
    act: CouncilAct
    named_now: bool
    party: str

    @property
    def convention(self) -> Convention:
        """Its terms."""
        return self.dossier.convention

    @property
    def name(self) -> str:
        """The name of the party that changes, as its terms write it."""
        return self.convention.parties[self.party].name

    @property
    def others(self) -> tuple[str, ...]:
        """The parties of which one changes: all but ours."""
        return tuple(key for key in self.convention.parties if key != self.convention.us)

    def columns(self) -> tuple[SeriesColumn, ...]:
        """Return what a row says, in the order of the table and of pasted lines."""
        return (
            SeriesColumn("name", Text(fr="Autre partie", en="Other party"), f"parties.{self._at('parties')[0]}.name"),
            *self._contact(),
            *self._amounts(),
            SeriesColumn("reference", Text(fr="Référence", en="Reference"), "reference", proposed=True),
            SeriesColumn("title", Text(fr="Intitulé", en="Title"), "title", proposed=True),
        )

    def _at(self, block: str) -> list[int]:
        """The places of the party that changes among the parties, or of its functions among the functions."""
        if block == "parties":
            return [list(self.convention.parties).index(self.party)]
        return [n for n, role in enumerate(self.convention.roles.values()) if role.party == self.party]

    def _contact(self) -> Iterator[SeriesColumn]:
        for number in self._at("roles")[:1]:
            yield SeriesColumn(
                "function", Text(fr="Fonction à qui écrire", en="Function written to"), f"roles.{number}.function"
            )
            yield SeriesColumn("address", Text(fr="Adresse électronique", en="Mail address"), f"roles.{number}.address")

    def typed_once(self, path: str) -> str:
        """Return the field in which what stands at a place is typed: every function of the party has the same address."""
        at = self._at("roles")
        return f"roles.{at[0]}.address" if path in {f"roles.{number}.address" for number in at} else path

    def _amounts(self) -> Iterator[SeriesColumn]:
        found = [
            (number, one, field)
            for number, one in enumerate(self.convention.payment)
            for field in ("amount", "total")
            if getattr(one, field) is not None
        ]
        for number, one, field in found:
            which = "" if len(found) == 1 else f" : {one.title}"
            label = Text(fr=f"Montant en euros{which}", en=f"Amount in euros{which}")
            yield SeriesColumn(f"amount{number}", label, f"payment.{number}.{field}")

    def title_for(self, name: str) -> str:
        """Return the title of a convention with another party."""
        title = self.convention.title
        return title.replace(self.name, name) if self.name in title else f"{title} – {name}"

    def sheet(self, row: Mapping[str, str]) -> Sheet:
        """Return the sheet of the convention of a row: the terms of the model, with what is of that convention alone."""
        sheet = sheet_from(self.convention)
        _renamed(sheet, self.name, row.get("name", ""), (self.convention.reference, row.get("reference", "")))
        for number in self._at("roles"):
            sheet["roles"][number] |= {"address": row.get("address", ""), "postal": ""}
        sheet["parties"][self._at("parties")[0]] |= {"signs_as": "", "postal": "", "renamed": []}
        for act in sheet.get("act", []):
            if act.get("party") == self.party:  # its own assembly votes: another deliberation for each
                act |= {
                    "id": slug(row.get("reference", "")),
                    "number": "",
                    "transmission_id": "",
                    "authority_cited_on": "",
                }
        english = row.get("title") == self.title_for(row.get("name", ""))
        sheet |= {"number": "", "follows": "", **({} if english else {"title_en": ""})}
        for column in self.columns():
            _put(sheet, column.path, row.get(column.name, ""))
        return sheet

    def copied(self) -> tuple[tuple[Text, str], ...]:
        """Return the texts that would still name an amount of the model, or a part of the name of its party, with their place."""
        amounts = [
            str(getattr(one, f)) for one in self.convention.payment for f in ("amount", "total") if getattr(one, f)
        ]
        left = [re.compile(rf"(?<!\d){_digits(amount)}(?!\d)") for amount in amounts]
        left += [re.compile(re.escape(part)) for part in _parts_of(self.name)]
        row = {column.name: "…" for column in self.columns()}
        texts = flat(self.sheet({**row, "title": self.title_for("…")}))
        return tuple(
            (place(path), value)
            for path, value in texts.items()
            if not path.startswith("parties.") and any(one.search(value) for one in left)
        )


def _parts_of(name: str) -> tuple[str, ...]:
    """Return what a text may call a party for short: two words of its name that follow each other, no article among them."""
    words = re.findall(r"[\w’'-]+", name)
    pairs = [f"{one} {two}" for one, two in pairwise(words) if min(len(one), len(two)) > _ARTICLE]
    return tuple(pair for pair in pairs if pair in name)


def _digits(amount: Euros) -> str:
    """How an amount may be written in a text: 1200.00 is « 1 200 »."""
    whole = amount.partition(".")[0]
    return "[ .\u00a0\u202f]?".join(whole)


def _renamed(sheet: Sheet, before: str, after: str, references: tuple[str, str]) -> None:
    """Write another party, and another reference, wherever a text of the sheet names the former ones."""
    for path, value in flat(sheet).items():
        shape = shape_at(path)
        if shape is not None and (new := _said_of_another(shape, value, before, after, references)) != value:
            _put(sheet, path, new)


def _said_of_another(shape: Shape, value: str, before: str, after: str, references: tuple[str, str]) -> str:
    if shape.sort == "names":
        return ", ".join(references[1] if one == references[0] else one for one in names_in(value))
    if shape.sort not in ("text", "words", "lines") or _NAME_OF_KEYS.fullmatch(value) or not after:
        return value
    return value.replace(before, after)


def _put(sheet: Sheet, path: str, value: str) -> None:
    *parents, last = path.split(".")
    node: Any = sheet
    for part in parents:
        node = node[int(part)] if isinstance(node, list) else node[part]
    node[last] = value


def pattern_of(dossier: Dossier, party: str, taken: Collection[str]) -> SeriesPattern:
    """Return how conventions are made after one that runs.

    Args:
        dossier: its own.
        party: the key of the party that changes; the first that is not ours where there is none of that name.
        taken: the names of the acts of other conventions, which its own may not take.

    Raises:
        Refusal: it waits for no vote that others could share, or nothing is recorded in it any more.
    """
    convention = dossier.convention
    if dossier.closed_at is not None or dossier.withdrawn is not None:
        raise refusal(
            "son dossier est clos : ce qui se dit de sa délibération ne s’y enregistre plus. Partir d’une convention en cours.",
            "its file is closed: nothing is recorded of its act any more. Begin from a convention that runs.",
        )
    others = [key for key in convention.parties if key != convention.us]
    changed = party if party in others else others[0]
    shared = [act for act in convention.act if act.party != changed]
    if not shared:
        raise refusal(
            "elle n’attend aucun vote que d’autres conventions partageraient. Pour en préparer une sur le même modèle, le "
            "formulaire suffit.",
            "it waits for no vote that other conventions would share. To prepare one after it, the form is enough.",
        )
    named = next((act for act in shared if act.id is not None), None)
    if named is not None:
        return SeriesPattern(dossier, named, named_now=False, party=changed)
    name = free_name(slug(f"deliberation-{convention.reference}"), taken)
    acts = tuple(act.model_copy(update={"id": name}) if act is shared[0] else act for act in convention.act)
    terms = convention.model_copy(update={"act": acts})
    act = next(one for one in acts if one.id == name)
    return SeriesPattern(dossier.model_copy(update={"convention": terms}), act, named_now=True, party=changed)


def references_after(reference: str, taken: Collection[str]) -> Iterator[str]:
    """Yield the references that come next after one: AS-07 then AS-08; a year is no number, nor what is taken free."""
    found = _NUMBERED.fullmatch(reference)
    begins, number, width = reference, 1, 0
    if found is not None and not (len(found[2]) == 4 and FIRST_YEAR <= int(found[2]) <= LAST_YEAR):
        begins, number, width = found[1], int(found[2]), len(found[2])
    known = {one.casefold() for one in taken}
    while True:
        number += 1
        tail = f"{number:0{width}}" if width else f"-{number}"
        name = begins[: LONGEST - len(tail)] + tail
        if name.casefold() not in known:
            yield name
