"""What ``notice`` answers for the examples, in both directions, against days worked out by hand."""

from typing import Any

import pytest

from echeancier.cli.notice.answers import Answer, PostedLetter, once_posted, to_end
from echeancier.domain.terms.clauses import Termination
from tests.examples.oracle import Row, day, example, rows, seen


def rule_of(row: Row, wanted: str) -> Termination:
    return next(rule for rule in example(row["of"])[0].termination if rule.id == wanted)


def answer_to(row: Row, end: str) -> Answer:
    return to_end(seen(row), rule_of(row, row["to_end"]["rule"]), day(end))  # type: ignore[arg-type]


@pytest.mark.parametrize("row", rows("to_end"))
def test_to_end_on_a_day_the_letter_leaves_by_the_day_worked_out_by_hand(row: Row) -> None:
    wanted = row["to_end"]
    for end, *plans in wanted["days"]:
        advice = answer_to(row, end).advice
        assert advice is not None
        assert advice.plans is not None
        said = [
            advice.plans.p0,
            advice.plans.p1,
            advice.plans.p2,
            *([advice.legal_last_day] if plans[3:] else []),
        ]
        assert [str(d) for d in said] == plans
        assert (advice.plan, str(advice.certainty)) == (wanted["plan"], wanted["certainty"])
        assert str(advice.safe_day) == plans[0 if wanted["plan"] == "P0" else 2]
        assert "mois" in advice.trace


@pytest.mark.parametrize("row", rows("to_end"))
def test_there_is_nothing_to_post_for_a_due_date_that_is_the_term(row: Row) -> None:
    for end in row["to_end"].get("nothing", []):
        advice = answer_to(row, end).advice
        assert advice is not None
        assert (advice.safe_day, bool(advice.nothing_to_post)) == (None, True)


def journey(letter: dict[str, Any]) -> PostedLetter:
    return PostedLetter(
        posted=day(letter["posted"]), presented=day(letter.get("presented")), delivered=day(letter.get("delivered")),  # type: ignore[arg-type]
        dated=day(letter.get("letter_date")),
    )  # fmt: skip


@pytest.mark.parametrize("row", rows("posted"))
def test_a_letter_posted_ends_it_on_the_day_worked_out_by_hand(row: Row) -> None:
    for letter in row["posted"]["letters"]:
        effect = once_posted(seen(row), rule_of(row, row["posted"]["rule"]), journey(letter)).effect
        assert effect is not None
        wanted = {k: letter[k] for k in ("earliest", "expected", "latest", "certainty") if k in letter}
        if "all" in letter:
            wanted |= dict.fromkeys(("earliest", "expected", "latest"), letter["all"])
        assert {key: str(getattr(effect, key)) for key in wanted} == wanted
        assert effect.useless is letter.get("useless", False)
        assert effect.trace
