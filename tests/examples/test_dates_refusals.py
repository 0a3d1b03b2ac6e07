"""What the door refuses because a clause of the examples forbids it."""

import pytest

from echeancier.domain.facts.catalogue import day_of
from echeancier.domain.facts.kinds import FACT
from echeancier.domain.recording import Refusal, admit
from tests.domain.builders import at
from tests.examples.oracle import Row, dossier, rows


@pytest.mark.parametrize("row", rows("refused"))
def test_a_fact_that_a_clause_forbids_is_refused_with_its_reason(row: Row) -> None:
    fact = FACT.validate_python(row["refused"], strict=False)
    with pytest.raises(Refusal) as refused:
        admit(dossier(row), fact, at(row.get("at", str(day_of(fact)))), "coordinator")
    assert row["words"] in str(refused.value).replace("\u00a0", " ")
