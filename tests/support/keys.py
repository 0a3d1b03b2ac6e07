"""The key ring of a test's data directory; its master key lies beside, where the commands of the test look for it."""

from pathlib import Path

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.keys.opening import make_ring
from echeancier.adapters.settings import Settings
from echeancier.adapters.stores.custody import Custodian
from echeancier.engine.client import connect
from echeancier.engine.codec import codec_of
from echeancier.engine.embedded import NAMESPACE
from echeancier.engine.gateway import Conventions


def settings_of(directory: Path) -> Settings:
    """Settings that no environment decides."""
    return Settings.model_construct(data=directory, master_key_file=Path(f"{directory}.key"))


def ring_of(directory: Path) -> KeyRing:
    """The ring, made the first time."""
    ring = make_ring(settings_of(directory), lambda _: None)
    assert ring is not None
    return ring


async def door_of(directory: Path, address: str) -> Conventions:
    """The door of a program that runs on a directory, with its keys, as its own commands have it."""
    ring = ring_of(directory)
    client = await connect(address, namespace=NAMESPACE, codec=codec_of(ring))
    return Conventions(client, custody=Custodian(ring, directory))
