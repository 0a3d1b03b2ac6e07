"""How often somebody reads a digest, and on which mornings."""

from datetime import date

import pytest

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.digest_day import DigestHours, days_of, morning_of
from echeancier.domain.overview.digest_readers import readers_today
from echeancier.domain.terms.fields import DigestEvery
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain import builders as b
from tests.workflows.terms import terms

FRANCE, HOURS = days_of(()), DigestHours()
COORDINATOR, PARTNER = b.ADDRESSES["coordinator"], b.ADDRESSES["partner"]


def context(day: str, roles: dict[str, str] | None = None, **changes: object) -> Context:
    known = {name: role.model_dump() for name, role in terms().roles.items()}
    for name, every in (roles or {}).items():
        known[name]["digest"] = every
    dossier = Dossier(
        convention=terms(roles=known, **changes), registered_at=b.at("2021-12-20"), registered_by="coordinator"
    )
    return Context(dossier, b.at(day, 8), DEFAULT_POLICY)


def reads(
    address: str, day: str, roles: dict[str, str] | None = None, hours: DigestHours = HOURS, **changes: object
) -> bool:
    ctx = context(day, roles, **changes)
    return reading([ctx], address, hours)


def reading(
    contexts: list[Context], address: str, hours: DigestHours = HOURS, *extra: str, since: date | None = None
) -> bool:
    found = readers_today(contexts, contexts[0].now, hours, extra, since=since)
    return address.casefold() in {one.address.casefold() for one in found}


@pytest.mark.parametrize(
    ("every", "day", "morning"),
    [
        ("weekly", "2026-03-30", "2026-03-30"),  # a Monday
        ("weekly", "2026-04-04", "2026-03-30"),
        ("weekly", "2026-04-06", "2026-03-30"),  # Easter Monday: nothing leaves
        ("weekly", "2026-04-07", "2026-04-07"),
        ("daily", "2026-04-06", "2026-04-03"),
        ("daily", "2026-04-07", "2026-04-07"),
        ("monthly", "2026-05-01", "2026-04-01"),  # the first of May, a Friday
        ("monthly", "2026-05-04", "2026-05-04"),
        ("monthly", "2026-05-29", "2026-05-04"),
    ],
)
def test_the_mornings_are_worked_days(every: DigestEvery, day: str, morning: str) -> None:
    assert morning_of(every, b.d(day), HOURS, FRANCE) == b.d(morning)


def test_never_has_no_morning_and_another_day_of_the_week_may_be_chosen() -> None:
    assert morning_of("none", b.d("2026-03-30"), HOURS, FRANCE) is None
    assert morning_of("weekly", b.d("2026-03-30"), DigestHours(day="friday"), FRANCE) == b.d("2026-03-27")


def test_our_side_reads_each_week_and_partners_the_first_worked_morning_of_the_month() -> None:
    assert [reads(COORDINATOR, day) for day in ("2022-09-05", "2022-09-06", "2022-10-03")] == [True, False, True]
    assert [reads(PARTNER, day) for day in ("2022-09-01", "2022-09-05", "2022-10-03")] == [True, False, True]
    assert not reads("personne@ailleurs.example", "2022-09-05")


def test_the_role_chooses_before_its_convention_and_the_convention_before_the_installation() -> None:
    tuesday = "2022-09-06"
    assert reads(COORDINATOR, tuesday, {"coordinator": "daily"}, digest="none")
    assert reads(COORDINATOR, tuesday, digest="daily")
    assert not reads(COORDINATOR, "2022-09-05", digest="none")
    assert reads(COORDINATOR, tuesday, hours=DigestHours(ours="daily"))
    assert not reads(PARTNER, "2022-09-01", hours=DigestHours(partners="none"))
    assert not reads(PARTNER, "2022-09-01", {"partner": "none"})


def test_an_installation_that_wants_none_has_none() -> None:
    assert not reads(COORDINATOR, "2022-09-05", {"coordinator": "daily"}, hours=DigestHours(wanted=False))


def test_of_several_choices_the_most_frequent_counts() -> None:
    tuesday = context("2022-09-06")
    other = context("2022-09-06", {"coordinator": "daily"}, reference="TEST-2")
    assert not reading([tuesday], COORDINATOR)
    assert reading([tuesday, other], COORDINATOR)


@pytest.mark.parametrize(
    ("since", "reads_it"), [(date(2022, 9, 2), True), (date(2022, 9, 5), False)], ids=["robot stopped", "round made"]
)
def test_a_morning_that_no_round_saw_is_made_up_for(since: date, reads_it: bool) -> None:
    tuesday = context("2022-09-06")
    assert reading([tuesday], COORDINATOR, since=since) is reads_it


def test_a_mailbox_of_the_settings_reads_each_week() -> None:
    monday = context("2022-09-05")
    assert reading([monday], "Accueil@ville.example", HOURS, "accueil@ville.example")
