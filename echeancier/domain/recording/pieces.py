"""Papers at the door: what they prove is known, the same one is not put there twice, all of them keep within their room."""

from collections.abc import Iterable
from typing import Final

from echeancier.domain.facts.pieces import PieceAttached
from echeancier.domain.facts.recorded import Recorded, in_force
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.recording.check_context import CheckContext, check

LARGEST_PIECE: Final = 20_000_000
"""Bytes of one file: a scan of forty pages takes a quarter of it."""

ROOM_OF_A_CONVENTION: Final = 200_000_000
"""Bytes of all the files of a convention, versions included."""


def pieces_of(facts: Iterable[Recorded]) -> tuple[tuple[Recorded, PieceAttached], ...]:
    """Return the papers on file, the latest told first; those taken back are none."""
    return tuple((r, r.fact) for r in reversed(in_force(tuple(facts))) if isinstance(r.fact, PieceAttached))


@check
def check_piece(case: CheckContext, fact: PieceAttached) -> None:
    """Refuse a paper that proves an unknown deadline, is there already, or takes more room than there is."""
    if fact.about:
        case.item(fact.about)
    there = pieces_of(case.s.records)
    twin = next((r for r, one in there if fact.sha256 and one.sha256 == fact.sha256), None)
    if twin is not None:
        raise refusal(
            "ce fichier est déjà au dossier, octet pour octet. Pour changer son intitulé, rectifier le fait qui l’a joint.",
            "this file is there already, byte for byte. To change its title, correct the fact that attached it.",
        )
    if fact.size > LARGEST_PIECE:
        raise refusal(
            f"ce fichier fait {fact.size // 1_000_000} Mo, il en faut {LARGEST_PIECE // 1_000_000} au plus : le numériser moins "
            "finement, ou le partager en deux pièces.",
            f"this file has {fact.size // 1_000_000} MB, {LARGEST_PIECE // 1_000_000} are taken at most: scan it less finely, or "
            "split it in two.",
        )
    left = ROOM_OF_A_CONVENTION - sum(one.size for _, one in there)
    if fact.size > left:
        raise refusal(
            f"il reste {max(0, left) // 1_000_000} Mo pour les pièces de cette convention : ce fichier n’y tient pas.",
            f"{max(0, left) // 1_000_000} MB are left for the papers of this convention: this file has no room.",
        )
