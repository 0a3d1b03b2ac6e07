"""The key ring of a test's data directory; its master key lies beside, where the commands of the test look for it."""

from pathlib import Path

from adapters.key_ring import KeyRing
from adapters.safe import make_ring
from adapters.settings import Settings


def settings_of(directory: Path) -> Settings:
    """Settings that no environment decides."""
    return Settings.model_construct(data=directory, master_key_file=Path(f"{directory}.key"))


def ring_of(directory: Path) -> KeyRing:
    """The ring, made the first time."""
    ring = make_ring(settings_of(directory), lambda _: None)
    assert ring is not None
    return ring
