"""Who gets a digest, and what stands in it."""

from datetime import timedelta

import pytest

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.meetings import MeetingHeld
from echeancier.domain.facts.people import Away
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.digest import MOST, MOST_QUESTIONS, Digest, Robot, SectionName, digests
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain import builders as b
from tests.workflows.terms import terms

NOW = b.at("2022-09-05", 8)
COORDINATOR, MANAGER = b.ADDRESSES["coordinator"], b.ADDRESSES["manager"]


def dossier(*facts: Fact, **changes: object) -> Dossier:
    records = [
        Recorded(id=f"f{n}", fact=fact, recorded_at=b.at("2021-12-20"), recorded_by="coordinator")
        for n, fact in enumerate((*b.signed("2021-12-15"), *facts), 1)
    ]
    return Dossier(
        convention=terms(**changes),
        registered_at=b.at("2021-12-20"),
        registered_by="coordinator",
        facts=records,
    )


def made(*dossiers: Dossier, extra: tuple[str, ...] = (), at: str = "") -> dict[str, Digest]:
    now = b.at(at, 8) if at else NOW
    contexts = [Context(one, now, DEFAULT_POLICY) for one in dossiers]
    found = digests(contexts, now, DigestHours(), Robot(conventions=len(dossiers)), extra)
    assert len({one.address.casefold() for one in found}) == len(found)
    return {one.address: one for one in found}


def said(digest: Digest, section: SectionName) -> list[str]:
    return [f"{line.reference} {line.what.fr}" for line in digest.sections.get(section, ())]


def test_coordinators_and_managers_get_one_each_and_nobody_else() -> None:
    assert set(made(dossier())) == {COORDINATOR, MANAGER}


def test_each_reads_of_its_own_conventions_only() -> None:
    roles = {name: role.model_dump() for name, role in terms().roles.items()}
    roles["coordinator"]["address"] = "autre@ville.example"
    found = made(dossier(), dossier(reference="TEST-2", roles=roles))
    assert found[COORDINATOR].references == ("TEST-1",)
    assert found["autre@ville.example"].references == ("TEST-2",)
    assert found[MANAGER].references == ("TEST-1", "TEST-2")


def test_whoever_coordinates_and_manages_gets_one_mail() -> None:
    roles = {name: role.model_dump() for name, role in terms().roles.items()}
    roles["manager"]["address"] = COORDINATOR.upper()
    assert len(made(dossier(roles=roles))) == 1


def test_whoever_stands_in_reads_it_meanwhile() -> None:
    roles = {name: role.model_dump() for name, role in terms().roles.items()}
    roles["coordinator"]["substitute"] = "referent"
    away = Away(role="coordinator", on=b.d("2022-09-01"), until=b.d("2022-09-30"))
    assert set(made(dossier(away, roles=roles))) == {b.ADDRESSES["referent"], MANAGER}


def test_a_mailbox_of_the_settings_reads_of_everything_once() -> None:
    found = made(dossier(), dossier(reference="TEST-2"), extra=("accueil@ville.example", COORDINATOR.upper()))
    assert set(found) == {COORDINATOR, MANAGER, "accueil@ville.example"}
    assert found["accueil@ville.example"].references == ("TEST-1", "TEST-2")
    assert found["accueil@ville.example"].function == "Boîte de service"


def test_without_any_convention_only_the_settings_name_somebody() -> None:
    assert made() == {}
    (alone,) = made(extra=("accueil@ville.example",)).values()
    assert alone.sections == {}


def test_what_ends_the_notice_to_post_and_what_is_late_are_said_with_their_days() -> None:
    yearly = dossier(termination=[{**b.NOTICE, "until": "day", "on": "10-31"}])
    digest = made(yearly)[COORDINATOR]
    (end,) = digest.sections["ends"]
    assert end.last == b.d("2022-12-31")
    (notice,) = digest.sections["notices"]
    item = Context(yearly, NOW, DEFAULT_POLICY).items["notice/leave/2022"]
    assert (notice.day, notice.last) == (item.safe_day, item.legal_last_day)
    late = digest.sections["late"]
    assert "TEST-1 Devoir point" in said(digest, "late")
    assert [line.day for line in late] == sorted(line.day for line in late if line.day)


@pytest.mark.parametrize("until", [{}, {"until": "day", "on": "12-01"}], ids=["any day", "thirty days before the end"])
def test_a_notice_that_is_no_deadline_is_not_among_those_to_post(until: dict[str, str]) -> None:
    digest = made(dossier(termination=[{**b.NOTICE, **until}]))[COORDINATOR]
    assert "notices" not in digest.sections
    assert digest.sections["ends"][0].last == b.d("2022-12-31")


def test_what_is_due_within_two_weeks_is_there_and_what_comes_later_is_not() -> None:
    assert said(made(dossier(), at="2022-12-19")[COORDINATOR], "soon") != []
    assert "soon" not in made(dossier(), at="2022-10-03")[COORDINATOR].sections


def test_who_owes_it_is_named() -> None:
    late = made(dossier(), at="2023-01-09")[COORDINATOR].sections["late"]
    owed = {line.what.fr: line.who.fr for line in late}
    assert owed["Devoir report"] == "Agence d’essai"


def test_open_questions_and_undelivered_mails_are_there() -> None:
    asked = dossier(question=[b.BLANK])
    asked.outbox.append(
        Message(id="m", kind="reminders", role="partner", address=b.ADDRESSES["partner"], at=b.at("2022-09-01"),
                status="refused", detail="boîte inconnue")
    )  # fmt: skip
    digest = made(asked)[COORDINATOR]
    assert said(digest, "questions") == ["TEST-1 Quel jour ?"]
    (mail,) = digest.sections["mails"]
    assert (mail.who.fr, mail.why) == ("Fonction partner", "boîte inconnue")


def test_a_long_section_is_cut_and_says_so() -> None:
    many = [dossier(reference=f"TEST-{n}") for n in range(1, MOST + 4)]
    digest = made(*many)[COORDINATOR]
    assert len(digest.sections["ends"]) == MOST
    assert digest.cut["ends"] == 3
    assert MOST_QUESTIONS < MOST


def test_a_convention_withdrawn_or_closed_is_not_spoken_of() -> None:
    closed = dossier().model_copy(update={"closed_at": b.at("2022-08-01")})
    assert made(closed) == {}


@pytest.mark.parametrize("days", [0, 3, 6])
def test_the_digest_of_a_person_has_one_identity_all_week_and_another_the_next(days: int) -> None:
    monday = made(dossier())[COORDINATOR]
    later = made(dossier(), at=(b.d("2022-09-05") + timedelta(days=days)).isoformat())[COORDINATOR]
    assert later.id == monday.id
    assert made(dossier(), at="2022-09-12")[COORDINATOR].id != monday.id
    assert made(dossier())[MANAGER].id != monday.id
    assert COORDINATOR not in monday.id


def test_a_fact_recorded_since_changes_what_is_said_not_who_it_is() -> None:
    held = dossier(MeetingHeld(item="point/2022-01", on=b.d("2022-02-01")))
    assert made(held)[COORDINATOR].id == made(dossier())[COORDINATOR].id
    assert made(held)[COORDINATOR] != made(dossier())[COORDINATOR]
