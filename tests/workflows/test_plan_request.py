"""What the plan activity is asked travels packed: every convention we know comes out as it went in."""

import pytest

from activities.plan import PlanRequest
from tests.desk.fakes import NOW, example


@pytest.mark.parametrize(
    "name",
    ["sqf-p", "sqf-o", "mtz-p", "mtz-o", "mtz-a", "mtz-f", "bri-p", "bri-o", "ida-o", "tcm-p", "tcm-d"],
)
def test_a_dossier_is_unpacked_as_it_was_packed(name: str) -> None:
    dossier = example(name)
    sent = PlanRequest.model_validate_json(PlanRequest.of(dossier, NOW).model_dump_json())
    assert sent.dossier == dossier
