"""What already happened when a convention is typed: the vote, its publication and transmission, the signatures."""

from collections.abc import Iterator
from datetime import date

from echeancier.desk.form.cards import Input
from echeancier.desk.form.document import Problem
from echeancier.desk.form.sheet import FACTS, HAPPENED, Sheet
from echeancier.domain.facts.catalogue import STEPS_OF_AN_ACT
from echeancier.domain.model import Text
from echeancier.domain.typography import said


def inputs(sheet: Sheet, language: str) -> tuple[Input, ...]:
    """Return the fields: a day for each step of the act, when there is a vote, and for each signature."""
    given, acts = sheet.get(HAPPENED), _acts(sheet)
    found = [
        Input(
            f"happened.{kind}.{party}",
            said(words, language) + ("" if len(acts) == 1 else f" ({act.get('body') or party})"),
            "day",
            str(_of(given, kind).get(party, "")),
        )
        for party, act in acts.items()
        for kind, words in STEPS_OF_AN_ACT.items()
    ]
    signed = _of(given, "signed")
    for party in sheet.get("parties", []):
        key, name = party.get("key", ""), party.get("name") or party.get("key", "")
        words = Text(fr=f"Signé par {name}, le", en=f"Signed by {name}, on")
        if key:
            found.append(Input(f"happened.signed.{key}", said(words, language), "day", str(signed.get(key, ""))))
    return tuple(found)


def _acts(sheet: Sheet) -> dict[str, dict[str, object]]:
    """The acts typed, by the party whose assembly votes."""
    typed = sheet.get("act")
    return {
        str(act.get("party", "")): act for act in reversed(typed if isinstance(typed, list) else []) if act.get("party")
    }


def _of(given: object, kind: str) -> dict[str, object]:
    found = given.get(kind) if isinstance(given, dict) else None
    return found if isinstance(found, dict) else {}


def facts_of(sheet: Sheet) -> tuple[str, tuple[Problem, ...]]:
    """Return the facts file that the days amount to, with what was typed beside them; and the days that are none."""
    problems = []
    by = str(sheet.get("coordinator", "")) or "coordinator"
    blocks = [str(sheet.get(FACTS, "")).strip()]
    for field, kind, whose, day in _days(sheet):
        try:
            on = date.fromisoformat(day)
        except ValueError:
            problems.append(Problem(field, f"une date est attendue, comme 2021-04-20 (écrit : {day})"))
            continue
        blocks.append(f'[[fact]]\nkind = "{kind}"\non = {on}\n{whose}recorded_by = "{by}"\n')
    return "\n\n".join(block for block in blocks if block), tuple(problems)


def _days(sheet: Sheet) -> Iterator[tuple[str, str, str, str]]:
    """Yield the field, the kind of fact, whose it is in the words of a facts file, and the day."""
    given, acts = sheet.get(HAPPENED), _acts(sheet)
    for kind in (*STEPS_OF_AN_ACT, "signed"):
        for party, day in _of(given, kind).items():
            act = acts.get(party, {}).get("id")
            whose = f'party = "{party}"\n' if kind == "signed" else f'act = "{act}"\n' if act else ""
            if day:
                yield f"happened.{kind}.{party}", kind, whose, str(day)
