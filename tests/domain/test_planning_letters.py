"""The coordinator gets each draft when its letter is called for, the final text once validated, and hears why one changed."""

from copy import deepcopy
from datetime import date
from functools import cache

from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.messages.enclosures import letter_in
from echeancier.domain.messages.order import MessageOrder
from tests.domain.builders import ONCE, at, convention, d, signed
from tests.domain.builders_letters import POSTED, REASONS, File, ending_with_the_year, file_of, with_postal
from tests.domain.builders_life import Life, life


def lived(file: File) -> Life:
    """Live from the day of a dossier, whatever came before having been told already."""
    life = Life(file.dossier, file.now)
    life.plan()
    life.sent.clear()
    return life


def with_letters(life: Life) -> list[MessageOrder]:
    return [order for _, order in life.sent if order.letters]


def news(life: Life) -> list[tuple[str, str]]:
    return [(one.letter, one.state) for order in with_letters(life) for one in order.letters]


@cache
def _announced() -> Life:
    return lived(ending_with_the_year(file_of("sqf-p", "2022-08-22"))).until("2022-10-03")


def announced() -> Life:
    """Return the life whose notice for the end of the year is called for; each test goes on with its own."""
    return deepcopy(_announced())


@cache
def _near_its_end() -> Life:
    return lived(file_of("sqf-p", "2023-08-21")).until("2023-10-02")


def near_its_end() -> Life:
    """Return the life whose notice may end it any day: only a person begins its letter; each test goes on with its own."""
    return deepcopy(_near_its_end())


def validated() -> Life:
    life = near_its_end()
    life.sent.clear()
    read = File(life.dossier, life.now).validation("termination", reasons=REASONS, posted=POSTED)
    life.record(read, when=at("2023-10-03"))
    return life


def test_the_draft_comes_with_the_coordinator_s_own_reminder() -> None:
    life = announced()
    (order,) = [o for o in with_letters(life) if o.letters[0].letter == "termination"]
    assert order.kind == "reminders"
    assert order.to.role == "coordinator"
    assert [e.filename for e in order.enclosures] == ["SQF-P-termination-projet.pdf"]


def test_a_draft_is_not_kept_and_not_validated_by_anybody() -> None:
    (order,) = [o for o in with_letters(announced()) if o.letters[0].letter == "termination"]
    assert (order.enclosures[0].keep, order.enclosures[0].validated_by) == ("", "")


def test_a_draft_is_sent_once() -> None:
    life = announced()
    life.until("2022-11-15")
    assert news(life).count(("termination", "draft")) == 1


def test_no_draft_nor_reminder_of_a_notice_for_any_day_is_sent() -> None:
    life = near_its_end()
    life.until("2023-12-20")
    assert [one for one in news(life) if one[0] == "termination"] == []
    told = [one.about for message in life.dossier.outbox for one in message.told]
    assert not [about for about in told if about.startswith("notice/")]


def test_nobody_but_the_coordinator_gets_letters() -> None:
    assert {order.to.role for order in with_letters(announced())} == {"coordinator"}


def test_the_final_text_comes_as_soon_as_it_is_validated_and_is_kept_under_its_mark() -> None:
    (order,) = with_letters(validated())
    (enclosure,) = order.enclosures
    assert (order.kind, order.letters[0].state) == ("letter", "validated")
    assert enclosure.validated_by == "coordinator"
    assert enclosure.keep.startswith("letters/termination-")
    assert REASONS[0] in letter_in(enclosure).model_dump_json()


def test_a_letter_that_changed_is_told_with_what_changed() -> None:
    life = validated()
    life.sent.clear()
    file = File(life.dossier, at("2023-10-05"))
    lines = ("Pôle emploi", "Service des conventions", "BP 1", "00000 VILLE-EXEMPLE CEDEX")
    file.amend_terms(**with_postal(file.dossier.convention, "operator", lines))
    life.until("2023-10-05")
    life.now = at("2023-10-05")
    life.plan()
    (order,) = with_letters(life)
    assert order.letters[0].state == "changed"
    assert "Service des conventions" in order.letters[0].changes[0].fr
    assert order.enclosures[0].validated_by == ""


def test_a_letter_posted_after_it_was_validated_is_not_spoken_of() -> None:
    life = validated()
    life.sent.clear()
    life.record(LetterPosted(on=POSTED, rule="notice", by="commune", reasons="régie"), when=at("2023-11-28", 16))
    assert [one for one in news(life) if one[0] == "termination"] == []


def test_a_letter_posted_unread_is_said_with_the_news_of_the_end() -> None:
    life = near_its_end()
    life.sent.clear()
    life.record(LetterPosted(on=POSTED, rule="notice", by="commune", reasons="régie"), when=at("2023-11-28", 16))
    (order,) = [o for o in with_letters(life) if o.letters[-1].letter == "termination"]
    assert (order.kind, order.letters[-1].state) == ("ended", "unvalidated")


def test_a_letter_posted_before_the_convention_was_registered_is_not_spoken_of() -> None:
    file = file_of("sqf-p", "2022-03-01")
    file.record(LetterPosted(on=date(2022, 2, 1), rule="notice", by="commune", reasons="régie"))
    file.dossier.registered_at = at("2022-03-01", 9)
    life = Life(file.dossier, file.now)
    life.plan()
    assert news(life) == []


def test_the_same_dossier_orders_the_same_bytes_of_content() -> None:
    first, second = validated(), validated()
    assert with_letters(first)[0].model_dump_json() == with_letters(second)[0].model_dump_json()


def test_what_the_other_side_owes_is_asked_for_by_letter_once_reminders_were_in_vain() -> None:
    life = lived(file_of("sqf-p", "2021-12-20"))
    life.until("2022-01-20")
    assert ("request", "draft") in news(life)


def test_a_letter_for_what_is_soft_is_called_for_by_the_passing_of_days_alone() -> None:
    """Nothing is said of it after its one overdue: the robot wakes for the letter itself."""
    paper = {**ONCE, "kind": "document", "on": d("2022-03-15")}
    del paper["question"]
    lived_on = life(convention(one_off=[paper]), signed("2022-01-04")).until("2022-04-30")
    (overdue,) = [day for day, stage in lived_on.told("once", "partner") if stage == "overdue"]
    (when,) = [at for at, order in lived_on.sent if any(one.about == "once" for one in order.letters)]
    assert when.date() == lived_on.dossier.convention.place.calendar().add_open(overdue, 5)
