"""The functions of the address book: which names are one, and which roles use an entry."""

from datetime import UTC, date, datetime

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.book.awaited import awaited_at
from echeancier.domain.book.entry import BookEntry, nearly_same
from echeancier.domain.book.in_use import EntriesByAddress, duplicates, not_in_book, roles_from
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.messages.context import Context
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain import builders as b
from tests.domain.builders_life import life

AT = datetime(2022, 1, 4, 9, tzinfo=UTC)


def entry(number: int, institution: str, function: str, address: str) -> BookEntry:
    return BookEntry(
        institution=institution, function=function, address=address, id=f"{number:016x}", changed_at=AT, changed_by="x"
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Directeur des partenariats", "Directrice du partenariat", True),
        ("Chargée de mission", "chargé de missions", True),
        ("Direction de la culture", "Direction de la cutlure", True),
        ("Direction régionale 1", "Direction régionale 2", False),
        ("Direction de la culture", "Direction des sports", False),
        ("部門", "部署", False),
        ("é" * 300, "è" * 300, True),
    ],
)
def test_two_names_of_a_function_are_one_but_for_gender_number_case_and_slips(
    one: str, other: str, *, same: bool
) -> None:
    assert nearly_same(one, other) is same
    assert nearly_same(other, one) is same


def test_one_address_or_one_function_of_an_institution_is_proposed_once() -> None:
    entries = [
        entry(1, "Commune de X", "Direction générale", "dg@x.example"),
        entry(2, "commune de x", "direction Générale", "DG@x.example"),
        entry(3, "Commune de X", "Accueil", "accueil@x.example"),
        entry(4, "Commune de Y", "Direction générale", "dg@y.example"),
    ]
    assert [(one.id[-1], other.id[-1]) for one, other in duplicates(entries)] == [("1", "2")]


def test_a_role_that_changes_later_is_used_by_both_its_entries_and_found_missing_by_its_last_one() -> None:
    told = RoleChanged(on=date(2022, 2, 1), role="partner", address="neuf@agence.example")
    uses = roles_from(situation(b.convention(), b.recorded(told), AT), date(2022, 1, 4))
    both = [use for use in uses if use.role == "partner"]
    former = b.convention().roles["partner"]
    assert [(use.address, use.on, use.later) for use in both] == [
        (former.address, date(2022, 1, 4), date(2022, 2, 1)),
        ("neuf@agence.example", date(2022, 2, 1), None),
    ]
    missing = {one.address for one in not_in_book(uses, ())}
    assert "neuf@agence.example" in missing
    assert former.address not in missing
    known = entry(1, "Agence", former.function, former.address)
    assert EntriesByAddress([known]).of(both[0]) == known


def test_what_was_sent_to_an_address_and_is_awaited_is_the_meetings_the_questions_and_the_reminders() -> None:
    asking = {**b.BLANK, "ask": "partner"}
    terms = b.convention(duty=[b.meeting_duty(), b.duty()], question=[asking])
    lived = life(terms, b.signed("2021-12-15"), "2022-01-03").until("2022-01-10")
    lived.record(MeetingArranged(item="point/2022-01", starts_at=b.at("2022-03-08", 14)))
    lived.until("2022-01-20")
    ctx = Context(lived.dossier, lived.now, DEFAULT_POLICY)
    address = terms.roles["partner"].address
    found = awaited_at(ctx, address.upper(), date(2022, 1, 21))
    assert [one.fr for one in found.questions] == ["Quel jour ?"]
    assert [one.fr for one in found.reminded] == ["Devoir report"]
    assert [one.at for one in found.meetings] == [b.at("2022-03-08", 14)]
    assert awaited_at(ctx, address, date(2022, 3, 9)).meetings == ()
    assert awaited_at(ctx, "nobody@agence.example", date(2022, 1, 21)).is_nothing
