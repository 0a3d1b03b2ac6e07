"""A convention that nobody has signed yet is rehearsed as if its birth went well."""

from datetime import date

from echeancier.domain.facts.catalogue import day_of
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.rehearsal.beginning import assumed_birth
from tests.domain import builders as b

TODAY = date(2026, 3, 2)


def _kinds(records: tuple[Recorded, ...]) -> list[str]:
    return [r.fact.kind for r in records]


def test_the_vote_is_assumed_before_a_fixed_effect_and_the_signatures_after_it() -> None:
    convention, _ = b.sqf()
    born = assumed_birth(convention, (), TODAY)
    assert _kinds(born) == ["act-adopted", "act-published", "act-transmitted", "signed", "signed"]
    assert day_of(born[0].fact) == date(2020, 11, 17)
    assert [day_of(r.fact) for r in born] == sorted(day_of(r.fact) for r in born)


def test_what_is_known_is_kept_and_only_the_rest_assumed_after_it() -> None:
    convention, records = b.sqf()
    known = tuple(r for r in records if r.fact.kind.startswith("act-"))
    born = assumed_birth(convention, known, TODAY)
    assert _kinds(born) == ["signed", "signed"]
    assert all(r.recorded_at > k.recorded_at for r in born for k in known)


def test_without_a_fixed_effect_the_birth_is_of_today() -> None:
    convention, _ = b.sqf()
    at_signature = convention.model_copy(
        update={"effect": convention.effect.model_copy(update={"rule": "last-signature", "on": None})}
    )
    assert day_of(assumed_birth(at_signature, (), TODAY)[0].fact) == TODAY
