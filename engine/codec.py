"""The payload codec: what the engine keeps of a convention is sealed with that convention's key."""

import zlib
from collections.abc import Sequence
from typing import Self

from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec, SerializationContext, WithSerializationContext

from domain.custody import HOUSE, KeyGoneError, Sealed, Vault, owner_of_key
from workflows.ids import reference_of

ENCODING = b"binary/encrypted"
KEY_ID = "encryption-key-id"
"""Metadata names that Temporal's own samples use, so that its tools recognise them."""

PAYLOAD = "payload"
"""What a payload is sealed as: a document cannot be passed off as one."""


def codec_of(vault: Vault | None) -> "ConventionCodec | None":
    """Return the codec of a vault, None without one."""
    return None if vault is None else ConventionCodec(vault)


class ConventionCodec(PayloadCodec, WithSerializationContext):
    """Seals payloads with the key of the convention they belong to, as the SDK's context tells.

    It is compressed first: a dossier of ten years repeats itself, and the engine refuses a payload beyond 2 MB.
    What has no context, or belongs to a workflow that is no convention, is sealed with the house's key. A payload that is
    not sealed is returned as it is: it was written before encryption, or belongs to a recorded history.

    Args:
        vault: the keys.
        owner: set by `with_context`; without it nothing is said about whose the payload must be.
    """

    def __init__(self, vault: Vault, owner: str | None = None) -> None:
        self._vault = vault
        self._owner = owner

    def with_context(self, context: SerializationContext) -> Self:
        """Return the codec of one workflow or of one of its activities."""
        workflow_id: str = getattr(context, "workflow_id", None) or ""
        return type(self)(self._vault, reference_of(workflow_id) or HOUSE)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Seal."""
        return [self._sealed(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open.

        Raises:
            KeyGoneError: the key was destroyed or is not here, or the payload belongs to another convention.
        """
        return [self.opened(payload) for payload in payloads]

    def _sealed(self, payload: Payload) -> Payload:
        content = zlib.compress(payload.SerializeToString())
        found = self._vault.seal(self._owner or HOUSE, content, PAYLOAD)
        return Payload(metadata={"encoding": ENCODING, KEY_ID: found.key.encode()}, data=found.content)

    def opened(self, payload: Payload) -> Payload:
        """Open one payload; see `decode`."""
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        key = payload.metadata[KEY_ID].decode()
        if self._owner is not None and owner_of_key(key) not in {self._owner, HOUSE}:
            raise KeyGoneError(f"Un contenu de « {owner_of_key(key)} » est rangé chez « {self._owner} ».")
        content = zlib.decompress(self._vault.open(Sealed(key, payload.data), PAYLOAD))
        return Payload.FromString(content)
