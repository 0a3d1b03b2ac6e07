"""What already happened when a convention is typed: the vote, its publication and transmission, the signatures."""

from collections.abc import Iterator
from datetime import date

from echeancier.desk.form.cards import Input
from echeancier.desk.form.document import Problem
from echeancier.desk.form.sheet import Sheet
from echeancier.domain.facts.catalogue import MODELS
from echeancier.domain.model import Text
from echeancier.domain.typography import said

_STEPS = {kind: model.WORDS.on_label for kind, model in MODELS.items() if model.IS_OF_THE_ACT and model.WORDS.on_label}
"""Steps of the act, with what their day is called."""


def inputs(sheet: Sheet, language: str) -> tuple[Input, ...]:
    """Return the fields: a day for each step of the act, when there is a vote, and for each signature."""
    given = sheet.get("happened")
    given = given if isinstance(given, dict) else {}
    found = [
        Input(f"happened.{kind}", said(words, language), "day", str(given.get(kind, "")))
        for kind, words in _STEPS.items()
        if isinstance(sheet.get("act"), dict)
    ]
    signed = given.get("signed")
    signed = signed if isinstance(signed, dict) else {}
    for party in sheet.get("parties", []):
        key, name = party.get("key", ""), party.get("name") or party.get("key", "")
        words = Text(fr=f"Signé par {name}, le", en=f"Signed by {name}, on")
        if key:
            found.append(Input(f"happened.signed.{key}", said(words, language), "day", str(signed.get(key, ""))))
    return tuple(found)


def facts_of(sheet: Sheet) -> tuple[str, tuple[Problem, ...]]:
    """Return the facts file that the days amount to, with what was typed beside them; and the days that are none."""
    problems = []
    by = str(sheet.get("coordinator", "")) or "coordinator"
    blocks = [str(sheet.get("facts", "")).strip()]
    for field, kind, party, day in _days(sheet):
        try:
            on = date.fromisoformat(day)
        except ValueError:
            problems.append(Problem(field, f"une date est attendue, comme 2021-04-20 (écrit : {day})"))
            continue
        whose = f'party = "{party}"\n' if party else ""
        blocks.append(f'[[fact]]\nkind = "{kind}"\non = {on}\n{whose}recorded_by = "{by}"\n')
    return "\n\n".join(block for block in blocks if block), tuple(problems)


def _days(sheet: Sheet) -> Iterator[tuple[str, str, str, str]]:
    given = sheet.get("happened")
    for kind, value in given.items() if isinstance(given, dict) else ():
        if kind in _STEPS and value:
            yield f"happened.{kind}", kind, "", str(value)
        for party, day in value.items() if kind == "signed" and isinstance(value, dict) else ():
            if day:
                yield f"happened.signed.{party}", "signed", party, str(day)
