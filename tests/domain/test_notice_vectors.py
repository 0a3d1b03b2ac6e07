"""What starts a notice and what it counts back to: worked cases, through the functions and through a convention file."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.notice import NoticeTerms, due_dates, if_posted_on, to_end_on
from echeancier.domain.standing.ending_letters import notice_terms
from echeancier.domain.terms.clauses import Termination

FRANCE, METZ = WorkingDays(), WorkingDays("ALSACE-MOSELLE", good_friday=True)
VECTORS: Final[list[dict[str, Any]]] = json.loads((Path(__file__).parent / "notice_vectors.json").read_text("utf-8"))


def _of(rule: str) -> list[dict[str, Any]]:
    return [vector for vector in VECTORS if vector["rule"] == rule]


def _day(given: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(given[name]) if given.get(name) else None


def _month_day(text: str | None) -> tuple[int, int] | None:
    return None if text is None else (int(text[:2]), int(text[3:]))


def _terms(notice: dict[str, Any]) -> NoticeTerms:
    length = notice["length"]
    return NoticeTerms(
        length=None if "on" in length else Delay.model_validate(length),
        starts=notice["starts"],
        until=notice.get("until", "any-day"),
        on=_month_day(notice.get("on")),
        last_day=_month_day(length.get("on")),
    )


def _in_a_file(notice: dict[str, Any]) -> NoticeTerms:
    said = dict(notice)
    if "on" in said["length"]:
        said["last_day"] = said.pop("length")["on"]
    rule = Termination.model_validate({"id": "leave", "who": ["town"], "clauses": ["A1"], **said})
    return notice_terms(rule)


def _calendar(given: dict[str, Any]) -> WorkingDays:
    return METZ if given.get("zone") == "METZ" else FRANCE


@pytest.mark.parametrize("read", [_terms, _in_a_file], ids=["functions", "file"])
@pytest.mark.parametrize("vector", _of("notice_to_end"), ids=lambda v: f"{v['id']} {v['wording']}")
def test_to_end_on_a_day(vector: dict[str, Any], read: Any) -> None:
    given, wanted = vector["input"], vector["expected"]
    end, natural_end = date.fromisoformat(given["end"]), _day(given, "natural_end")
    advice = to_end_on(end, read(given["notice"]), _calendar(given), natural_end, _day(given, "effect"))
    if "nothing" in wanted:
        words = {"natural-end": "s’achève d’elle-même", "before-effect": "ne tient pas entre la prise d’effet"}
        assert words[wanted["nothing"]] in (advice.nothing_to_post or "")
        assert advice.ends_on == date.fromisoformat(wanted["ends_on"])
        return
    assert (advice.ends_on, advice.legal_last_day, advice.safe_day) == tuple(
        date.fromisoformat(wanted[name]) for name in ("ends_on", "legal", "safe")
    )
    assert (advice.plan, advice.certainty) == (wanted["plan"], {"C": "certain", "X": "contested"}[wanted["status"]])


@pytest.mark.parametrize("read", [_terms, _in_a_file], ids=["functions", "file"])
@pytest.mark.parametrize("vector", _of("notice_posted"), ids=lambda v: f"{v['id']} {v['wording']}")
def test_if_posted_on_a_day(vector: dict[str, Any], read: Any) -> None:
    given, wanted = vector["input"], vector["expected"]
    found = if_posted_on(
        date.fromisoformat(given["posted"]), read(given["notice"]), _calendar(given), _day(given, "natural_end"),
        _day(given, "effect"), _day(given, "presented"), _day(given, "delivered"), _day(given, "letter_day"),
    )  # fmt: skip
    assert (found.earliest, found.expected, found.latest) == tuple(
        date.fromisoformat(wanted[name]) for name in ("earliest", "expected", "latest")
    )
    assert found.useless is wanted["useless"]


@pytest.mark.parametrize("vector", _of("due_dates"), ids=lambda v: f"{v['id']} {v['wording']}")
def test_the_days_on_which_a_notice_may_bite(vector: dict[str, Any]) -> None:
    given = vector["input"]
    terms = NoticeTerms(Delay(months=3), "receipt", given["until"], on=_month_day(given.get("on")))
    found = due_dates(date.fromisoformat(given["effect"]), date.fromisoformat(given["last"]), terms)
    assert [day.isoformat() for day in found] == vector["expected"]


def test_the_vectors_are_all_there() -> None:
    assert [len(_of(rule)) for rule in ("notice_to_end", "notice_posted", "due_dates")] == [13, 9, 6]
