"""What can go wrong between us and the engine. Messages are shown to users, hence French."""

from __future__ import annotations


class EngineError(Exception):
    """Base of the engine's errors; `str(error)` is a sentence for the user."""


class EngineBusyError(EngineError):
    """Another living process already owns the engine of this directory."""


class EngineStartError(EngineError):
    """The engine's process could not be started, restarted or prepared."""


class EngineUnreachableError(EngineError):
    """No engine answered at the address, or none is configured."""


class NamespaceError(EngineError):
    """The namespace holds something that contradicts what we need and that we must not overwrite."""


class NoEngineError(EngineError):
    """No engine lives on this directory and none is configured."""


class NoAnswerError(EngineError):
    """The engine answered, but no worker did, or not in time."""
