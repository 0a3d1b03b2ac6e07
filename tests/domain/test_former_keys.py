"""A key that is no longer written is refused, and the refusal says what is written now."""

from typing import Any

import pytest
from pydantic import ValidationError

from echeancier.domain.terms import clauses, duties, renewal, term
from echeancier.domain.terms.fields import WithFormerKeys

BLOCKS = [
    block for module in (duties, clauses, term, renewal) for block in vars(module).values()
    if isinstance(block, type) and issubclass(block, WithFormerKeys) and block.FORMER
]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "key"),
    [(block, key) for block in BLOCKS for key in block.FORMER],
    ids=lambda x: getattr(x, "__name__", x),
)
def test_a_former_key_is_refused_with_the_new_saying(block: type[WithFormerKeys], key: str) -> None:
    given: dict[str, Any] = {key: 1}
    with pytest.raises(ValidationError) as refused:
        block.model_validate(given)
    assert f"« {key} » ne s’écrit plus ainsi : {block.FORMER[key]}" in str(refused.value)
    assert key not in {field.alias or name for name, field in block.model_fields.items()}


def test_the_blocks_that_have_changed_are_known() -> None:
    assert len(BLOCKS) == 11
