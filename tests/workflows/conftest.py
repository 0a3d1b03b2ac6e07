"""What the workflow tests share."""

from pathlib import Path

import pytest

_LATE_CANCEL = "ignore:Cannot find activity to cancel:UserWarning"
"""The SDK warns when a plan has just ended that an evicted workflow would cancel. Harmless; but an error raised there, as
every warning is in these tests, stops the whole worker. Without any cache each task ends in an eviction."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings(_LATE_CANCEL))
