"""The payload codec: what the engine keeps of a convention is sealed with that convention's key, for one place only."""

import logging
import zlib
from collections.abc import Sequence
from typing import Self

from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    ActivitySerializationContext,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
)

from echeancier.domain.running.keys import HOUSE, KeyGoneError, Sealed, Vault, mails_of, owner_of_key
from echeancier.engine.refused import StrangeError, marker
from workflows.ids import day_of_mail, place_of, reference_of

ENCODING = b"binary/encrypted"
KEY_ID = "encryption-key-id"
"""Metadata names that Temporal's own samples use, so that its tools recognise them."""

PLACE = "sealed-for"
"""Metadata that says where a payload belongs; it is sealed with it, and only opens again there."""

_log = logging.getLogger(__name__)


def codec_of(vault: Vault | None) -> "ConventionCodec | None":
    """Return the codec of a vault, None without one."""
    return None if vault is None else ConventionCodec(vault)


class ConventionCodec(PayloadCodec, WithSerializationContext):
    """Seals payloads with the key of the convention they belong to and for its place, as the SDK's context tells.

    A place is a workflow (« convention-SQF-P »), or what one kind of activity is asked and answers there
    (« convention-SQF-P/plan »). Whoever speaks to the engine may send anything: what is not sealed, or was sealed for
    another place, never reaches a workflow as if it had been said to it. It is compressed first: a dossier of ten years
    repeats itself, and the engine refuses a payload beyond 2 MB. What belongs to a workflow that is no convention is sealed
    with the house's key, except what the activities of the mail of a day are asked and answer, which names conventions and
    people: with the key of that day.

    Args:
        vault: the keys.
        place, owner: set by `with_context`; without them nothing is said about where a payload must belong.
        plain: let through what is not sealed: a history recorded without keys, and nothing else.
    """

    def __init__(
        self, vault: Vault, owner: str | None = None, place: str | None = None, *, plain: bool = False
    ) -> None:
        self._vault = vault
        self._owner = owner
        self._place = place
        self._plain = plain

    def with_context(self, context: SerializationContext) -> Self:
        """Return the codec of one workflow or of one of its activities."""
        workflow_id: str = getattr(context, "workflow_id", None) or ""
        place, owner = place_of(workflow_id), reference_of(workflow_id) or HOUSE
        if isinstance(context, ActivitySerializationContext):
            place = f"{place}/{context.activity_type}"
            day = day_of_mail(workflow_id)
            owner = owner if day is None else mails_of(day)
        return type(self)(self._vault, owner, place, plain=self._plain)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Seal."""
        return [self._sealed(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open; what cannot be is returned as a mark of refusal (`engine.refused`), which nobody can take for a content.

        An error here fails the task of the workflow, for ever: nothing that a stranger sends may raise one.

        Raises:
            KeyGoneError: the owner has no key here at all. It was lost and may come back: the workflow waits for it.
        """
        return [self._opened_or_refused(payload) for payload in payloads]

    def _opened_or_refused(self, payload: Payload) -> Payload:
        try:
            return self.opened(payload)
        except (KeyGoneError, StrangeError) as error:
            if isinstance(error, KeyGoneError) and not self._vault.holds(self._owner or HOUSE):
                raise
            _log.warning("a payload for %s is refused: %s", self._place, error)
            return marker(error)

    def _sealed(self, payload: Payload) -> Payload:
        content = zlib.compress(payload.SerializeToString())
        place = self._place or ""
        found = self._vault.seal(self._owner or HOUSE, content, _about(place))
        return Payload(
            metadata={"encoding": ENCODING, KEY_ID: found.key.encode(), PLACE: place.encode()},
            data=found.content,
        )

    def opened(self, payload: Payload) -> Payload:
        """Open one payload.

        Raises:
            StrangeError: it is not sealed, or says itself that it was sealed for another place.
            KeyGoneError: the key was destroyed or is not here, or these are not the bytes that were sealed.
        """
        if payload.metadata.get("encoding") != ENCODING:
            if self._plain:
                return payload
            raise StrangeError("Un contenu n’est pas scellé : il ne vient pas d’Échéancier.")
        key = payload.metadata.get(KEY_ID, b"").decode("utf-8", "replace")
        place = payload.metadata.get(PLACE, b"").decode("utf-8", "replace")
        if self._place is not None and place != self._place:
            raise StrangeError(f"Un contenu scellé pour « {place} » a été envoyé à « {self._place} ».")
        if self._owner is not None and owner_of_key(key) not in {self._owner, HOUSE}:
            raise StrangeError(f"Un contenu de « {owner_of_key(key)} » est rangé chez « {self._owner} ».")
        return Payload.FromString(zlib.decompress(self._vault.open(Sealed(key, payload.data), _about(place))))


def _about(place: str) -> str:
    """What a payload is sealed as: a document cannot be passed off as one, nor one place's as another's."""
    return f"payload/{place}"
