"""What every test shares: no network beyond this machine, property tests whose verdict does not change."""

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

from tests.support.long import how_many
from tests.support.network import only_this_machine

pytest_plugins = ("tests.support.hung", "tests.support.pauses")

# A verdict must not depend on the load of the machine: no deadline, and no complaint about slow drawing.
# Here every run draws other examples, so that each newcomer tries something new; in CI they are always the same, so that
# a red build can be made red again. Whatever was ever found wrong stands as an explicit @example: both try it.
_SAME = settings(
    max_examples=how_many(500), deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("here", _SAME)
settings.register_profile("ci", _SAME, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


# What a shell starts in the background is born deaf to Ctrl-C, and so would be the programs that tests start and interrupt.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_outside_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python sockets reach this machine only; the engine's native client is pointed there by its tests."""
    only_this_machine(monkeypatch)
