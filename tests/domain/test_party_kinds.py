"""The kinds of parties: whose acts must be executory before a signature, and who sits in which assembly."""

from typing import get_args

import pytest

from echeancier.domain.agenda.adoption import LAW_EXECUTORY
from echeancier.domain.terms.parties import PARTY_KINDS, PartyKind
from tests.domain.builders import convention, item, seen


def _law(kind: str) -> str:
    parties = {"town": {"name": "Partie", "kind": kind}, "agency": {"name": "Agence", "kind": "operator"}}
    terms = convention(parties=parties, act={"party": "town", "body": "assemblée"})
    return item(seen(terms, (), "2021-12-01"), "signature/town").clause.id


@pytest.mark.parametrize("kind", sorted(get_args(PartyKind)))
def test_only_a_local_authority_waits_for_its_act_to_be_executory(kind: str) -> None:
    waits = kind in {"commune", "epci", "departement", "region"}
    assert (_law(kind) == LAW_EXECUTORY.id) == waits
    assert next(t for k, t in PARTY_KINDS.items() if k == kind).is_local_authority == waits
