"""Putting a paper on file and giving it back: sealed with its convention's key, named by its hash, purged with the file.

The bytes are put first, the fact is told next: a machine that stops between the two leaves bytes that nothing names, which go
with the file. What is told twice is one paper.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from echeancier.adapters.pieces.formats import MEDIA, format_of
from echeancier.domain.characters import visible
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.pieces import PieceAttached
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.refusal import Refusal, refusal
from echeancier.domain.ports import DocumentStore
from echeancier.domain.recording import admit, parse_fact
from echeancier.domain.recording.pieces import LARGEST_PIECE, pieces_of

_LONGEST_NAME: Final = 120


def piece_from(content: bytes, name: str, *, what: str, title: str, on: date | str, about: str = "") -> PieceAttached:
    """Return the fact of a file that is brought.

    Args:
        content: its bytes.
        name: as it was given.
        what: what sort of paper it is.
        title: what it is called; the name of the file where nothing is said.
        on: the day it bears, as a date or as it was typed.
        about: the key of the deadline that it proves.

    Raises:
        Refusal: it is empty, too large, nothing that is taken, or its title or its day is none.
    """
    if not content:
        raise refusal("ce fichier est vide : en choisir un autre.", "this file is empty: choose another one.")
    if len(content) > LARGEST_PIECE:
        most = LARGEST_PIECE // 1_000_000
        raise refusal(
            f"ce fichier fait plus de {most} Mo : le numériser moins finement, ou le partager en deux pièces.",
            f"this file has more than {most} MB: scan it less finely, or split it in two.",
        )
    found = format_of(content, name)
    if found.why is not None:
        raise Refusal(found.why)
    plain = file_name(name, found.ending)
    called = title.strip() or plain.rpartition(".")[0]
    digest = hashlib.sha256(content).hexdigest()
    fact = parse_fact(
        {
            "kind": "piece-attached", "on": on, "what": what, "title": called, "about": about, "name": plain,
            "size": len(content), "sha256": digest,
        }
    )  # fmt: skip
    assert isinstance(fact, PieceAttached)  # noqa: S101 - of that kind
    return fact


def file_name(given: str, ending: str) -> str:
    """Return a name that any system takes, with the ending of what the file is."""
    bare = re.sub(rf"\.{ending}$", "", re.split(r"[/\\]", visible(given))[-1].strip(), flags=re.IGNORECASE)
    kept = " ".join(re.sub(r"[^\w .()’'-]", " ", bare).split()).strip(" .")[:_LONGEST_NAME]
    return f"{kept or 'piece'}.{ending}"


def put(
    store: DocumentStore, dossier: Dossier, piece: PieceAttached, content: bytes, *, by: str, now: datetime
) -> None:
    """Keep the bytes of a paper that the door takes.

    Args:
        store: the documents.
        dossier: of the convention, as it stands.
        piece: what `piece_from` returned for these bytes.
        content: the bytes.
        by: the role that brings it.
        now: aware instant.

    Raises:
        Refusal: the door does not take it; nothing is kept.
    """
    admit(dossier, piece, now, by)
    store.put_once(_place(dossier.convention.reference, piece), content)


def request_of(dossier: Dossier, piece: PieceAttached) -> str:
    """Return what makes a paper that is told twice at once one: the same file, on the file as it stood."""
    return f"piece-{piece.sha256}-{len(dossier.facts)}"


def given_back(store: DocumentStore, reference: str, piece: PieceAttached) -> bytes | None:
    """Return the bytes of a paper, None where they are not here or no more what was given.

    Raises:
        KeyGoneError: the key of its convention is gone.
    """
    content = store.get(_place(reference, piece)) if piece.sha256 else None
    return content if content is not None and hashlib.sha256(content).hexdigest() == piece.sha256 else None


def piece_of(facts: Iterable[Recorded], sha256: str) -> PieceAttached | None:
    """Return the paper of a hash, None where the file has none such."""
    return next((one for _, one in pieces_of(facts) if one.sha256 and one.sha256 == sha256), None)


def media_of(piece: PieceAttached) -> str:
    """Return what a paper is served as."""
    return MEDIA.get(piece.name.rpartition(".")[2], "application/octet-stream")


def _place(reference: str, piece: PieceAttached) -> str:
    return f"{reference}/pieces/{piece.sha256}"
