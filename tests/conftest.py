"""What every test shares: no network beyond this machine, property tests whose verdict does not change."""

import os

import pytest
from hypothesis import settings

from tests.support.network import only_this_machine

# No deadline: the machine is shared and a verdict must not depend on its load.
# In CI the examples are always the same, so that a red build can be made red again.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def _no_outside_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python sockets reach this machine only; the engine's native client is pointed there by its tests."""
    only_this_machine(monkeypatch)
