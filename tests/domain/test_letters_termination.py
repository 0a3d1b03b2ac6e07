"""The letter that ends a convention: the last day it announces is the one the clause and the posting give."""

from datetime import date

from echeancier.domain.facts.letter_fields import LetterFields
from echeancier.domain.letters.content import letter_for
from echeancier.domain.letters.termination import TerminationLetter
from echeancier.domain.standing.situation import Situation
from tests.domain.examples_seen import seen_by

NBSP = "\u00a0"


def says(s: Situation, **fields: object) -> TerminationLetter:
    found = letter_for(s, "termination", fields=LetterFields.model_validate(fields)).says
    assert isinstance(found, TerminationLetter)
    return found


def day(words: str) -> str:
    return words.replace(" ", NBSP)


def test_a_notice_that_runs_from_the_sending_gives_one_day() -> None:
    told = says(seen_by("sqf-p", "2022-03-01"), reasons=("x",), posted=date(2022, 3, 15))
    assert (told.effect, told.first) == ("day", day("15 avril 2022"))
    assert told.start == "l’envoi de la présente lettre"


def test_a_start_left_unsaid_gives_a_range() -> None:
    told = says(seen_by("ida-o", "2025-06-02"), posted=date(2025, 6, 16))
    assert (told.effect, told.first, told.last) == ("range", day("16 juillet 2025"), day("4 août 2025"))


def test_posted_in_time_it_ends_on_the_annual_due_date() -> None:
    told = says(seen_by("mtz-p", "2021-06-01"))
    assert (told.effect, told.first) == ("due-date", day("31 décembre 2021"))


def test_posted_on_the_edge_it_names_both_due_dates() -> None:
    told = says(seen_by("mtz-p", "2021-09-20"))
    assert (told.effect, told.first, told.last) == (
        "due-dates",
        day("31 décembre 2021"),
        day("31 décembre 2022"),
    )


def test_a_dated_letter_keeps_its_date_when_two_months_are_left() -> None:
    told = says(seen_by("tcm-d", "2020-06-01"), effect=date(2020, 9, 30))
    assert (told.effect, told.first) == ("day", day("30 septembre 2020"))


def test_the_day_at_the_head_counts_as_the_posting() -> None:
    told = says(seen_by("sqf-p", "2022-03-01"), reasons=("x",), dated=date(2022, 3, 10))
    assert told.first == day("10 avril 2022")


def test_the_three_parties_of_metz_are_not_forgotten() -> None:
    remarks = letter_for(seen_by("mtz-p", "2021-06-01"), "termination").remarks
    assert any("agence" in words for words in remarks)


def test_a_letter_posted_too_late_for_the_day_wanted_says_so() -> None:
    fields = LetterFields(effect=date(2025, 7, 10), posted=date(2025, 6, 20))
    remarks = letter_for(seen_by("ida-o", "2025-06-02"), "termination", fields=fields).remarks
    assert any("il fallait poster au plus tard" in words for words in remarks)


def test_our_notes_about_a_clause_are_not_told_to_the_other_side() -> None:
    cited = letter_for(seen_by("mtz-p", "2021-06-01"), "termination").cited
    assert not any("n’est pas dit" in one.says for one in cited)


def test_clauses_of_one_article_are_cited_together() -> None:
    cited = letter_for(seen_by("mtz-p", "2021-06-01"), "termination").cited
    assert [one.article for one in cited] == ["Article\u00a08 (durée et évolution)"]


def test_the_letter_goes_to_the_function_the_clause_names() -> None:
    content = letter_for(seen_by("ida-o", "2025-06-02"), "termination")
    assert content.recipient[1] == "Direction régionale"


def test_the_same_situation_gives_the_same_letter() -> None:
    s = seen_by("ida-o", "2025-06-02")
    assert letter_for(s, "termination") == letter_for(s, "termination")
