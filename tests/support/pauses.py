"""A collection of garbage must not fall into the turn of a workflow: a worker that is not ours fails it after two seconds.

A process that has tested for half an hour holds millions of objects; to look through all of them takes a busy machine longer.
What is alive when a file begins is set aside, so that a collection in the middle of a test looks only through what the file made.
"""

import gc

import pytest


class SetAside:
    """Sets aside what is alive, each time another file begins."""

    def __init__(self) -> None:
        self._file = ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Collect, and set aside what is left."""
        if item.location[0] != self._file:
            self._file = item.location[0]
            gc.collect()
            gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """Begin, in each process that tests."""
    config.pluginmanager.register(SetAside())
