"""A test that its time limit could not stop is killed: it is named, shown where it hangs, and the run ends.

The limit of a test is an exception raised wherever the process happens to be: in an event loop, a task that only passes by may
swallow it, and what hangs goes on hanging. It would hold the run until somebody outside ends it, with no word of what was red.
"""

import asyncio
import faulthandler
import gc
import os
import threading
from collections.abc import Iterator
from typing import Final

import pytest

GRACE: Final = float(os.environ.get("ECHEANCIER_TEST_GRACE", "120"))
"""Seconds after its limit in which a test may be put away."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Ends this process when a test outlives its limit and the grace."""
    watch = threading.Timer(_limit_of(item) + GRACE, _give_up, (item,))
    watch.daemon = True
    watch.start()
    try:
        return (yield)
    finally:
        watch.cancel()


def _limit_of(item: pytest.Item) -> float:
    mark = item.get_closest_marker("timeout")
    return float(
        mark.args[0] if mark is not None else item.config.getoption("timeout") or item.config.getini("timeout")
    )


def _give_up(item: pytest.Item) -> None:
    if (capture := item.config.pluginmanager.getplugin("capturemanager")) is not None:
        capture.suspend_global_capture(in_=True)  # file descriptor 2 is the terminal again
    os.write(2, f"\n{item.nodeid}: still there {GRACE:.0f} s after its time limit\n".encode())
    faulthandler.dump_traceback(file=2)
    with os.fdopen(2, "w", closefd=False) as told:  # threads do not say what the tasks of a loop wait for
        for task in (found for found in gc.get_objects() if isinstance(found, asyncio.Task) and not found.done()):
            task.print_stack(file=told)
    os._exit(70)
