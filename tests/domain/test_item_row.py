"""An item in words: each form in which its readers show it, and that they write none of their own."""

import re
from datetime import UTC, date, datetime

import pytest

from echeancier.domain.agenda.item_row import ItemRow, item_row, without_asides
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.messages.context import Context
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.domain.typography import nbsp
from tests.desk.fakes import NOW, example
from tests.support.project_files import ROOT

CTX = Context(example("sqf-p"), NOW, DEFAULT_POLICY)
ITEM = next(item for item in CTX.agenda.items if item.traits.is_meeting)
IN_HOURS: dict[str, object] = {
    "legal_last_day": date(2022, 3, 1),
    "legal_last_instant": datetime(2022, 3, 1, 13, 30, tzinfo=UTC),
}


def row(language: str = "fr", /, **changes: object) -> ItemRow:
    return item_row(CTX.s, ITEM.model_copy(update=changes), language)


def test_a_day_is_shown_in_figures_in_words_and_in_a_sentence() -> None:
    french, english = row(**IN_HOURS), row("en", **IN_HOURS)
    assert (french.last, french.last_hour) == ("01/03/2022", "14\u00a0h\u00a030")
    assert french.last_at_length == french.last_instant == "mardi\u00a01er\u00a0mars\u00a02022, 14\u00a0h\u00a030"
    assert french.last_in_a_sentence == "mardi\u00a01er\u00a0mars\u00a02022 à 14\u00a0h\u00a030"
    assert (english.last, english.last_hour) == ("2022-03-01", "14:30")
    assert english.last_in_a_sentence == "Tuesday\u00a01\u00a0March\u00a02022 at 14:30"


def test_what_is_not_known_is_empty() -> None:
    nothing = row(
        safe_day=None, legal_last_day=None, legal_last_instant=None, done_on=None, opens_on=None, standing=None
    )
    assert not any((nothing.safe, nothing.last, nothing.last_hour, nothing.last_at_length, nothing.last_in_a_sentence))
    assert not any((nothing.day, nothing.done, nothing.opens, nothing.standing, nothing.how_far, *nothing.reach))


def test_a_last_day_without_an_hour_has_the_same_words_everywhere() -> None:
    day = row(legal_last_day=date(2022, 3, 1), legal_last_instant=None)
    assert day.last_at_length == day.last_in_a_sentence == "mardi\u00a01er\u00a0mars\u00a02022"
    assert not day.last_instant


def test_our_side_is_us_for_us_and_a_name_for_everybody_else() -> None:
    us, other = CTX.s.convention.us, CTX.s.convention.others[0]
    names = {key: CTX.s.convention.parties[key].name.split(",")[0] for key in (us, other)}
    one = row(owed_by=us, owed_to=other)
    assert one.who.startswith("nous → ")
    assert one.who_by_name == f"{names[us]} → {names[other]}"
    assert (row(owed_by="both", owed_to="both").who, row("en", owed_by="both", owed_to="both").who_by_name) == (
        "ensemble", "Together",
    )  # fmt: skip


def test_a_state_has_its_day() -> None:
    assert row(state=State.DONE, done_on=date(2022, 3, 1)).state_and_day == "fait 01/03/2022"
    fixed = row("en", state=State.ARRANGED, meeting_at=datetime(2022, 3, 1, 9, 30))  # noqa: DTZ001 - the place's own time
    assert fixed.state_and_day == "arranged 2022-03-01, 09:30"


@pytest.mark.parametrize("certainty", Certainty)
def test_a_certainty_is_short_in_a_column_and_plain_in_a_mail(certainty: Certainty) -> None:
    one = row(certainty=certainty)
    assert one.certainty
    assert len(one.certainty) <= len(one.certainty_at_length)


def test_words_that_other_programs_read_keep_their_letters() -> None:
    typed = ITEM.model_copy(update={"trace": "l'acte n° 5 : voté"})
    assert item_row(CTX.s, typed, "fr").trace == "l’acte n°\u00a05\u00a0: voté"
    assert item_row(CTX.s, typed, "fr", typeset=nbsp).trace == "l'acte n° 5\u00a0: voté"


def test_a_clause_without_english_words_is_quoted_in_french() -> None:
    silent: Item = ITEM.model_copy(update={"clause": ITEM.clause.model_copy(update={"says": "l'an", "says_en": ""})})
    assert item_row(CTX.s, silent, "en").says == "l’an"


def test_nobody_else_puts_a_state_a_certainty_or_a_clause_into_words() -> None:
    words = re.compile(r"agenda\.labels import|\bsays_en (?:if|or)|\btitle_en (?:if|or)|re\.compile\(r?\"[^\"]*«")
    found = {
        path.relative_to(ROOT / "echeancier").as_posix()
        for path in (ROOT / "echeancier").rglob("*.py")
        if words.search(path.read_text("utf-8"))
    }
    assert found == {
        "domain/agenda/item_row.py",
        "domain/model.py",
        "domain/terms/convention.py",
        "domain/typography.py",
    }


def test_a_narrow_column_leaves_out_what_an_article_adds_in_brackets() -> None:
    assert without_asides("CGCT, art. L.2131-1 (EPCI : L.5211-3 ; région : L.4141-1), 2°") == "CGCT, art. L.2131-1, 2°"


def test_a_day_is_put_into_figures_in_one_place() -> None:
    """Where strange files are read apart, nothing of ours is loaded."""
    found = {
        path.relative_to(ROOT / "echeancier").as_posix()
        for path in (ROOT / "echeancier").rglob("*.py")
        if re.search(r"%d/%m|\.day:02\}", path.read_text("utf-8"))
    }
    assert found == {"domain/dates/words.py", "adapters/imports/sheet.py"}
