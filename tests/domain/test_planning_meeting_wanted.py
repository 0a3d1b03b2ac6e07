"""What the text wants of a meeting: who presides, what is spoken of, what is looked at."""

import pytest
from pydantic import ValidationError

from echeancier.domain.agenda.meetings import answers_for
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.letters.committee_file import pack_of
from echeancier.domain.messages.order import MeetingNotice, MessageOrder
from echeancier.domain.terms.checks import problems_of
from tests.domain.builders import ADDRESSES, at, convention, meeting_duty, signed
from tests.domain.builders_life import life
from tests.domain.examples_seen import seen_by

KEY = "point/2022-01"
WANTED = {"place": "Mairie", "minutes": 60, "chair": "referent", "invite": ["partner"], "topics": ["les projets"]}


def _invited(**preferences: object) -> list[MessageOrder]:
    terms = convention(duty=[meeting_duty(meeting={**WANTED, **preferences})])
    lived = life(terms, signed("2021-12-15"), "2022-01-03")
    lived.until("2022-01-10")
    lived.record(MeetingArranged(item=KEY, starts_at=at("2022-03-08", 14)))
    return [order for _, order in lived.sent if order.meeting is not None]


def _notice(order: MessageOrder) -> MeetingNotice:
    assert order.meeting is not None
    return order.meeting


def test_whoever_the_text_names_presides_and_the_coordinator_is_not_a_guest() -> None:
    found = _invited()
    assert [order.to.address for order in found] == [ADDRESSES["referent"], ADDRESSES["partner"]]
    assert [(g.address, g.chairs) for g in _notice(found[0]).guests] == [
        (ADDRESSES["referent"], True),
        (ADDRESSES["partner"], False),
    ]


def test_where_the_text_names_nobody_the_coordinator_presides() -> None:
    assert next(g.address for g in _notice(_invited(chair=None)[0]).guests if g.chairs) == ADDRESSES["coordinator"]


def test_topics_and_indicators_go_into_the_invitation() -> None:
    notice = _notice(_invited(indicators=["le nombre"], indicators_en=["how many"])[0])
    assert [one.fr for one in notice.topics] == ["les projets"]
    assert [one.en for one in notice.topics] == ["les projets"]
    assert [(one.fr, one.en) for one in notice.indicators] == [("le nombre", "how many")]


def test_topics_in_english_are_as_many_as_in_french() -> None:
    with pytest.raises(ValidationError, match="une ligne en anglais pour chacune"):
        convention(duty=[meeting_duty(meeting={**WANTED, "topics_en": ["one", "two"]})])


def test_a_chair_that_is_no_role_is_refused() -> None:
    terms = convention(duty=[meeting_duty(meeting={**WANTED, "chair": "nobody"})])
    assert any("nobody" in one for one in problems_of(terms))


def test_the_point_of_saint_quentin_is_between_the_counsellor_and_the_relais() -> None:
    fixed = MeetingArranged(item="referent-meeting/2021-05", starts_at=at("2021-06-22"))
    guests = answers_for(seen_by("sqf-p", "2021-06-01", fixed), "referent-meeting/2021-05")
    assert [(one.role, one.chairs) for one in guests] == [("referent-commune", True), ("referent-operator", False)]


def test_the_seven_indicators_of_metz_stand_one_by_one_in_the_file_of_its_committee() -> None:
    pack = pack_of(seen_by("mtz-p", "2022-06-01"))
    named = [one.says for one in pack.indicators if one.says.startswith(("nombre", "actions"))]
    assert len(named) == 7
    assert {one.article for one in pack.indicators if one.says in named} == {
        "Second article\u00a07 (suivi et évaluation)"
    }


def test_what_the_text_puts_on_the_agenda_of_a_committee_stands_in_its_file() -> None:
    assert len(pack_of(seen_by("sqf-p", "2022-06-01")).topics) == 3
    assert pack_of(seen_by("mtz-p", "2022-06-01")).topics == ()
