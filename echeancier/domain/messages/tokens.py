"""The token of a link: who may say what about what, until when, signed. No name, no address, no item can be read in it.

Bytes, then base64url: version (1), key id (4), act (1), expiry in seconds since 1970 (4), revision (2), mark of the
person (8), mark of the item (6), the convention's reference, HMAC-SHA256 of all that cut to 128 bits (RFC 2104 §5).
Threats and choices: ``docs/adr/0007-links.md``.
"""

import base64
import binascii
import hashlib
import hmac
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from echeancier.domain.errors import EcheancierError
from echeancier.domain.messages.acts import CODES, Act
from echeancier.domain.model import REFERENCE

SECRET_BYTES: Final = 32
_VERSION: Final = 1
_HEAD: Final = struct.Struct(">B4sBIH8s6s")
_MAC_BYTES: Final = 16
_ACTS: Final[dict[int, Act]] = {code: act for act, code in CODES.items()}
_REFERENCE: Final = re.compile(REFERENCE.encode())
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{58,136}")


class ForgedLinkError(EcheancierError):
    """The token is not one of ours, was altered, or was signed by a key that is no longer known."""


@dataclass(frozen=True)
class LinkKey:
    """A secret that signs links, and in another way return addresses; its id, derived from it, stands in every token it signed.

    Raises:
        ValueError: the secret is not `SECRET_BYTES` long.
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES:
            raise ValueError(f"une clé de lien a {SECRET_BYTES} octets")

    @property
    def id(self) -> str:
        """Eight hexadecimal digits."""
        return self._mac(b"id", b"")[:4].hex()

    def _mac(self, what: bytes, content: bytes) -> bytes:
        return hmac.digest(self.secret, what + b"\x00" + content, hashlib.sha256)

    def signature(self, body: bytes) -> bytes:
        """Return the signature of a token's body."""
        return self._mac(b"link", body)[:_MAC_BYTES]

    def return_mark(self, mark: str) -> str:
        """Return what proves that a return address is one of ours: 16 hexadecimal digits."""
        return self._mac(b"return", mark.encode())[:8].hex()

    def person(self, reference: str, role: str, address: str) -> bytes:
        """Return the mark of a role and its mailbox; nobody without the key can try addresses against it."""
        words = f"{reference}\x1f{role}\x1f{address.casefold()}"
        return self._mac(b"who", words.encode())[:8]


@dataclass(frozen=True)
class Claim:
    """What a token says.

    Attributes:
        reference: of the convention.
        sequence: the revision of the meeting that is answered; 0 for what is no meeting.
        who: mark of the role and mailbox it was sent to (`LinkKey.person`).
        item: mark of the item it is about (`item_mark`).
        key_id: of the key that signed it.
    """

    reference: str
    act: Act
    expires_at: datetime
    sequence: int
    who: bytes
    item: bytes
    key_id: str

    def is_for(self, key: LinkKey, role: str, address: str) -> bool:
        """Whether it was sent to that role at that address."""
        return hmac.compare_digest(self.who, key.person(self.reference, role, address))

    def is_about(self, item: str) -> bool:
        """Whether it concerns the item of that key."""
        return self.item == item_mark(item)

    def saying(self, act: Act) -> "Claim":
        """Return what the same person may say otherwise of the same thing."""
        return replace(self, act=act)


def item_mark(item: str) -> bytes:
    """Return the mark of an item's key."""
    return hashlib.sha256(b"item\x00" + item.encode()).digest()[:6]


def written(claim: Claim, key: LinkKey) -> str:
    """Return the token of a claim; the same claim and key always give the same token.

    Raises:
        ValueError: the claim names another key, or holds a number no token can carry.
    """
    if claim.key_id != key.id:
        raise ValueError("ce lien porte une autre clé")
    seconds = int(claim.expires_at.timestamp())
    try:
        head = _HEAD.pack(
            _VERSION,
            bytes.fromhex(key.id),
            CODES[claim.act],
            seconds,
            claim.sequence,
            claim.who,
            claim.item,
        )
    except struct.error as error:
        raise ValueError(f"ce lien ne peut pas s’écrire\u00a0: {error}") from error
    body = head + claim.reference.encode("ascii")
    return base64.urlsafe_b64encode(body + key.signature(body)).rstrip(b"=").decode()


def read(token: str, keys: Mapping[str, LinkKey]) -> tuple[Claim, LinkKey]:
    """Return what a token says, and the key that signed it; whether it has expired is for the caller to see.

    Args:
        token: as it stands in the address.
        keys: every key still trusted, by id.

    Raises:
        ForgedLinkError: nothing in it can be believed.
    """
    raw = _bytes_of(token)
    body, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    version, key_id, code, seconds, sequence, who, item = _HEAD.unpack_from(body)
    key = keys.get(key_id.hex())
    if version != _VERSION or key is None or not hmac.compare_digest(mac, key.signature(body)):
        raise ForgedLinkError("lien inconnu")
    reference = body[_HEAD.size :]
    if code not in _ACTS or not _REFERENCE.fullmatch(reference):
        raise ForgedLinkError("lien inconnu")
    claim = Claim(
        reference=reference.decode("ascii"),
        act=_ACTS[code],
        expires_at=datetime.fromtimestamp(seconds, UTC),
        sequence=sequence,
        who=who,
        item=item,
        key_id=key.id,
    )
    return claim, key


def _bytes_of(token: str) -> bytes:
    """The bytes of a token written in the one way we write it: no padding, no stray bit, nothing else."""
    if not _TOKEN.fullmatch(token):
        raise ForgedLinkError("lien inconnu")
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except binascii.Error as error:
        raise ForgedLinkError("lien inconnu") from error
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != token:
        raise ForgedLinkError("lien inconnu")
    return raw
