"""What managers search conventions by, and when each stage of the life shows."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from echeancier.domain.agenda.items import State
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Withdrawal
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.meetings import MeetingHeld
from echeancier.domain.facts.people import PartyChanged
from echeancier.domain.facts.signing import ContractPublicised, Signed
from echeancier.domain.messages.search import Attributes, keyword
from tests.domain.builders import (
    NOTICE,
    at,
    convention,
    d,
    duty,
    end_duty,
    item,
    meeting_duty,
    seen,
    signed,
    sqf,
)
from tests.domain.builders_life import Life, life

STARTED = signed("2022-01-05")


def started(*facts: Fact, when: str = "2022-02-01") -> Life:
    terms = convention(duty=[duty(), meeting_duty()], end_duty=[end_duty()], termination=[NOTICE])
    lived = life(terms, (*STARTED, *facts), "2022-01-03")
    lived.now = at(when)
    return lived


def seen_by(lived: Life) -> Attributes:
    return lived.plan().attributes


@pytest.mark.parametrize(
    ("when", "status"),
    [
        ("2022-01-04", "preparation"),
        ("2022-01-05", "in-force"),
        ("2022-12-31", "in-force"),
        ("2023-01-01", "ended"),
    ],
)
def test_the_status_follows_the_life(when: str, status: str) -> None:
    assert seen_by(started(when=when)).status == status


def test_a_letter_posted_makes_it_ending() -> None:
    attributes = seen_by(started(LetterPosted(on=d("2022-02-01"), rule="leave", by="town")))
    assert (attributes.status, attributes.end_of_term) == ("ending", d("2022-03-01"))


def test_a_registration_by_mistake_is_withdrawn() -> None:
    lived = started()
    lived.dossier.withdrawn = Withdrawal(at=lived.now, by="coordinator", why="")
    assert seen_by(lived).status == "withdrawn"


def with_notice(when: str, **until: str) -> Attributes:
    terms, records = sqf()
    rules = tuple(rule.model_copy(update=until) for rule in terms.termination)
    return seen_by(life(terms.model_copy(update={"termination": rules}), records, when))


def test_the_next_posting_day_is_that_of_the_next_due_date() -> None:
    assert with_notice("2021-12-06", until="civil-year-end").next_posting_day == d("2022-11-30")


def test_a_posting_day_gone_by_is_no_next_one() -> None:
    assert with_notice("2022-12-05", until="civil-year-end").next_posting_day is None


def test_a_notice_for_any_day_or_for_a_day_close_to_the_end_has_no_posting_day() -> None:
    assert with_notice("2021-04-21").next_posting_day is None
    assert with_notice("2023-06-01", until="day", on="11-30").next_posting_day == d("2023-10-30")
    assert with_notice("2023-06-01", until="day", on="12-01").next_posting_day is None


def test_the_next_safe_day_is_the_first_thing_still_to_be_done() -> None:
    assert seen_by(started(ContractPublicised(on=d("2022-01-07")), when="2022-02-01")).next_safe_day == d("2022-06-30")


def test_what_is_late_is_the_next_safe_day_although_it_is_past() -> None:
    assert seen_by(started(when="2022-02-01")).next_safe_day == d("2022-01-20")


def test_a_meeting_missed_cannot_be_the_next_thing_to_do() -> None:
    done = DutyDone(on=d("2022-06-30"), item="renewal/2022/kick-off")
    publicised = ContractPublicised(on=d("2021-12-20"))
    lived = life(convention(duty=[meeting_duty()]), (*signed("2021-12-15"), publicised, done), "2022-01-03")
    lived.now = at("2022-08-01")
    assert (
        item(seen(lived.dossier.convention, tuple(lived.dossier.facts), lived.now), "point/2022-01").state
        is State.MISSED
    )
    assert seen_by(lived).next_safe_day == d("2022-08-31")


def test_something_late_is_an_alert_and_doing_it_ends_it() -> None:
    assert seen_by(started(when="2022-02-01")).has_alert
    assert not seen_by(started(ContractPublicised(on=d("2022-01-31")), when="2022-02-01")).has_alert


def meetings(*facts: Fact, when: str) -> Attributes:
    """Half-yearly meetings of three years, of which the first was missed."""
    publicised = ContractPublicised(on=d("2021-12-20"))
    terms = convention(duty=[meeting_duty()], term={"months": 36, "clauses": ["A1"]})
    lived = life(terms, (*signed("2021-12-15"), publicised, *facts), "2022-01-03")
    lived.now = at(when)
    return seen_by(lived)


def test_a_meeting_missed_is_an_alert_for_sixty_days() -> None:
    assert [meetings(when=day).has_alert for day in ("2022-06-30", "2022-07-01", "2022-08-29", "2022-08-30")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_meeting_missed_is_no_alert_any_more_once_the_next_one_is_held() -> None:
    held = MeetingHeld(item="point/2022-07", on=d("2022-07-12"))
    assert not meetings(held, when="2022-07-13").has_alert


def test_what_was_owed_as_far_as_possible_is_over_with_its_period_and_no_alert() -> None:
    publicised = ContractPublicised(on=d("2022-03-20"))
    done = DutyDone(on=d("2022-06-30"), item="renewal/2022/kick-off")
    lived = life(convention(duty=[meeting_duty()]), (*signed("2022-03-15"), publicised, done), "2022-03-16")
    lived.now = at("2022-07-01")
    agenda = seen(lived.dossier.convention, tuple(lived.dossier.facts), lived.now)
    assert item(agenda, "point/2022-01").state is State.ELAPSED
    assert not seen_by(lived).has_alert


def test_an_irregular_signature_is_an_alert_for_good() -> None:
    terms, records = sqf()
    early = records[3].model_copy(update={"fact": Signed(on=d("2021-04-12"), party="commune", irregular=True)})
    lived = life(terms, (*records[:3], early, *records[4:]), "2021-04-21")
    assert seen_by(lived).has_alert


def test_the_face_of_a_convention_names_institutions_and_no_address() -> None:
    plan = started().plan()
    assert plan.attributes.partner == "Agence d’essai"
    assert "@" not in plan.attributes.model_dump_json() + plan.details


@given(
    st.text(max_size=3000),
    st.sampled_from(["", "é" * 300, "😀" * 300]),
)
@example("a" * 255, "")
@example("a" * 256, "")
@example("é" * 400, "")
@example("😀" * 200, "")
def test_a_name_fits_every_store_of_the_engine_and_keeps_its_beginning(drawn: str, more: str) -> None:
    name = drawn + more
    kept = keyword(name)
    assert len(kept) <= 255
    assert len(json.dumps(kept)) <= 2048
    assert kept == name or (kept.endswith("…") and name.startswith(kept[:-1]))
    assert kept == name or len(kept) > 80


def test_a_party_that_takes_a_very_long_name_is_searched_by_its_beginning() -> None:
    name = ("Établissement d’été " * 15).strip()
    kept = seen_by(started(PartyChanged(on=d("2022-01-20"), party="agency", new_name=name))).partner
    assert len(kept) <= 255
    assert kept.endswith("…")
    assert name.startswith(kept[:-1])
