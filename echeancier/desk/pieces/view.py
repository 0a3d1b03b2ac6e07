"""The papers of a convention as its page lists them: the version that counts, the former ones under it."""

from dataclasses import dataclass

from echeancier.adapters.pieces.formats import TAKEN
from echeancier.desk.facts.choices import Choice
from echeancier.domain.agenda.item_row import item_row
from echeancier.domain.dates.words import shown
from echeancier.domain.facts.pieces import PieceAttached, sorts_in_words
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.journal import function_of
from echeancier.domain.recording.pieces import LARGEST_PIECE, ROOM_OF_A_CONVENTION, pieces_of
from echeancier.domain.typography import said

_MOST_DEADLINES = 60
"""Deadlines that a paper may be said to prove, of those on the page: the nearest to today."""


@dataclass(frozen=True)
class PieceLine:
    """One version of a paper.

    Attributes:
        what: what sort it is, in words.
        proves: the deadline that it proves, in words.
        size: in words.
        by: the function that brought it, in words.
        former: the versions before it.
    """

    piece: PieceAttached
    what: str
    proves: str
    size: str
    by: str
    former: tuple["PieceLine", ...] = ()


def piece_values(ctx: Context, language: str) -> dict[str, object]:
    """Return what the papers of a page are shown with."""
    taken = sum(one.size for _, one in pieces_of(ctx.s.records))
    return {
        "pieces": piece_lines(ctx, language),
        "piece_sorts": [Choice(one, said(words, language)) for one, words in sorts_in_words().items()],
        "piece_items": _deadlines(ctx, language),
        "pieces_left": max(0, ROOM_OF_A_CONVENTION - taken) // 1_000_000,
        "largest_piece": LARGEST_PIECE // 1_000_000,
        "pieces_taken": said(TAKEN, language),
    }


def piece_lines(ctx: Context, language: str) -> tuple[PieceLine, ...]:
    """Return the papers on file, the latest first; those of one sort and one title are versions of one."""
    found: dict[tuple[str, str], list[PieceLine]] = {}
    for record, piece in pieces_of(ctx.s.records):
        found.setdefault((piece.what, piece.title.casefold()), []).append(_line(ctx, record, piece, language))
    return tuple(
        PieceLine(one.piece, one.what, one.proves, one.size, one.by, tuple(rest)) for one, *rest in found.values()
    )


def _line(ctx: Context, record: Recorded, piece: PieceAttached, language: str) -> PieceLine:
    item = ctx.agenda.item(piece.about) if piece.about else None
    proves = item_row(ctx.s, item, language).title if item is not None else ""
    return PieceLine(
        piece,
        said(sorts_in_words()[piece.what], language),
        proves,
        size_in_words(piece.size),
        function_of(ctx.dossier, record.recorded_by),
    )


def size_in_words(size: int) -> str:
    """Return a size in the unit in which a person thinks of it; empty for a paper that is kept elsewhere."""
    if size == 0:
        return ""
    return f"{size / 1_000_000:.1f}\u00a0Mo".replace(".", ",") if size >= 1_000_000 else f"{-(-size // 1000)}\u00a0ko"


def _deadlines(ctx: Context, language: str) -> list[Choice]:
    """The deadlines that a paper may prove, the nearest to today first."""
    dated = [(day, item) for item in ctx.agenda.items if (day := item.safe_day or item.legal_last_day) is not None]
    near = sorted(dated, key=lambda one: abs((one[0] - ctx.s.today).days))[:_MOST_DEADLINES]
    return [
        Choice(item.key, f"{shown(day, language)} – {item_row(ctx.s, item, language).title}")
        for day, item in sorted(near, key=lambda one: one[0])
    ]
