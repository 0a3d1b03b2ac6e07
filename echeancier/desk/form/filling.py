"""What the form fills in by itself before the models read the terms: keys, English twins, links to articles, questions.

A day or an order left blank by the paper becomes a question to the coordinator, never a date.
"""

from collections.abc import Iterator
from typing import Any, Final

from echeancier.desk.form.english import give_english
from echeancier.desk.form.names_in_words import with_keys
from echeancier.desk.form.shapes import ROOT, shapes
from echeancier.desk.form.sheet import Sheet, called, free_name, slug
from echeancier.domain.dates.delay_words import says_no_number
from echeancier.domain.model import Text
from echeancier.domain.terms.term import Term

Terms = dict[str, Any]

_EFFECT: Final = Text(
    fr="Le texte laisse en blanc le jour de prise d’effet : quel jour ?",
    en="The text leaves the day of effect blank: which day?",
)
_TERM: Final = Text(
    fr="Le texte laisse en blanc la durée : combien de mois ?",
    en="The text leaves the term blank: how many months?",
)

_CITING = [
    shape
    for shape in shapes(ROOT)
    if shape.sort in ("block", "blocks") and shape.model and "clauses" in shape.model.model_fields
]
CITING: Final = tuple(sorted((shape.name for shape in _CITING), key=lambda name: name == "survival"))
"""Blocks that quote articles, in the order in which the form shows them: what outlives the convention stands last."""

_NAMED: Final = frozenset(
    shape.name
    for shape in _CITING
    if shape.model and any(one.name == "id" and one.required for one in shapes(shape.model))
)


def blocks(terms: Terms) -> Iterator[tuple[str, Terms]]:
    """Yield every block that quotes articles, with its place: ``duty.2``."""
    for name in CITING:
        value = terms.get(name)
        if isinstance(value, dict):
            yield name, value
        for number, one in enumerate(value if isinstance(value, list) else ()):
            yield f"{name}.{number}", one


def named(sheet: Sheet) -> Sheet:
    """Give what has words, and no name yet in the file, the name it will have for life; return the same sheet."""
    for name, words in (("parties", "name"), ("roles", "function")):
        rows = [one for one in sheet.get(name, []) if isinstance(one, dict)]
        taken = {str(one["key"]) for one in rows if one.get("key")}
        for one in rows:
            if not one.get("key") and one.get(words):
                one["key"] = _free(slug(str(one[words])) or name.rstrip("s"), taken)
    taken = {str(one.get("id")) for _, one in blocks(sheet) if one.get("id")}
    for place, one in blocks(sheet):
        if place.partition(".")[0] in _NAMED and not one.get("id") and (words := called(one)):
            one["id"] = _free(slug(words) or "point", taken)
    acts = [one for one in sheet.get("act", []) if isinstance(one, dict)]
    taken = {str(one["id"]) for one in acts if one.get("id")}
    for one in acts if len(acts) > 1 else ():  # a lone one needs none: facts name those that are several
        if not one.get("id"):
            one["id"] = _free(slug(str(one.get("number") or one.get("body") or "")) or "deliberation", taken)
    for one in sheet.get("event_duty", []):
        if isinstance(one, dict) and says_no_number(str(one.get("delay", ""))):
            one["delay"], one["no_number"] = "", "true"
    return with_keys(sheet)


def filled(terms: Terms) -> Terms:
    """Return terms with what a person need not type."""
    taken = {str(one.get("id")) for place, one in blocks(terms) if one.get("id")}
    for place, one in [*blocks(terms)]:
        give_english(one, place.partition(".")[0])
        if place.partition(".")[0] in _NAMED and not one.get("id"):
            one["id"] = _free(slug(called(one) or place) or "point", taken)
        for reading in one.get("readings", ()) if isinstance(one.get("readings"), list) else ():
            give_english(reading, "readings")
        for step in one.get("steps", ()) if isinstance(one.get("steps"), list) else ():
            step.setdefault("clauses", list(one.get("clauses", ())))
    _blank_days(terms, taken)
    _articles(terms)
    return terms


def _free(wanted: str, taken: set[str]) -> str:
    name = free_name(wanted, taken)
    taken.add(name)
    return name


def _blank_days(terms: Terms, taken: set[str]) -> None:
    """What is to be done once, the day of effect, the length: what the paper leaves blank is asked of the coordinator."""
    effect, term = terms.get("effect", {}), terms.get("term", {})
    if effect.get("rule") == "fixed" and not (effect.get("on") or effect.get("question")):
        effect["question"] = _free("prise-effet-quand", taken)
        _ask(terms, effect, _EFFECT, "date")
    if not any(term.get(name) for name in Term.SAID_BY):
        term["question"] = _free("duree-combien", taken)
        _ask(terms, term, _TERM, "months")
    for one in terms.get("one_off", ()):
        if any(one.get(name) for name in ("on", "question", "after", "before")):
            continue
        one["question"] = _free(f"{one['id']}-quand", taken)
        words = Text(
            fr=f"Le texte ne donne pas le jour de « {one.get('title', '')} » : quel jour ?",
            en=f"The text gives no day for “{one.get('title_en', '')}”: which day?",
        )
        _ask(terms, one, words, "date")


def _ask(terms: Terms, one: Terms, about: Text, answer: str) -> None:
    terms.setdefault("question", []).append(
        {
            "id": one["question"], "about": about.fr, "about_en": about.en, "kind": "blank", "answer": answer,
            "ask": terms.get("coordinator", ""), "clauses": list(one.get("clauses", ())),
        }
    )  # fmt: skip


def _articles(terms: Terms) -> None:
    """An article whose words were left out says what its element is called."""
    titles: dict[str, str] = {}
    for _, one in blocks(terms):
        for id in one.get("clauses", ()):  # noqa: A001 - the word of the file
            titles.setdefault(id, called(one))
    for clause in terms.get("clause", ()):
        if not clause.get("says"):
            clause["says"] = titles.get(clause.get("id", ""), "") or str(clause.get("article", ""))
