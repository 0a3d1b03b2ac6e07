"""``echeancier letter … --validate MARQUE``: a person says that the letter read may leave, in these words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from echeancier.cli.roles import role
from echeancier.domain.agenda.agenda import situation
from echeancier.domain.errors import EcheancierError

if TYPE_CHECKING:
    from echeancier.domain.facts.letter_fields import LetterFields, LetterKind
    from echeancier.domain.letters.content import LetterContent
    from echeancier.engine.gateway import Conventions

MARK_SHOWN = 12
"""Characters of a mark that a person copies."""


@dataclass(frozen=True)
class Validated:
    """A letter that was validated.

    Attributes:
        at: the date of its final file.
        by: the role that validated it.
        fact_id: of the validation.
    """

    content: "LetterContent"
    at: datetime
    by: str
    fact_id: str


def refuse_beside_a_validation(
    facts: Path | None, as_of: date | None, batch: Path | None, validated_by: str, to: list[str]
) -> None:
    """Refuse options that make no sense beside ``--validate``.

    Raises:
        EcheancierError: a file's facts, another day, a batch, another word for who validates, or several recipients.
    """
    if facts is not None or as_of is not None or batch is not None or validated_by:
        raise EcheancierError(
            "--validate valide la lettre d’une convention enregistrée, telle qu’elle s’écrit maintenant : sans --facts, "
            "--as-of, --zip ni --validated-by."
        )
    if len(to) > 1:
        raise EcheancierError("Chaque lettre se valide à part : --validate va avec un seul --to.")


def validated(named: str, kind: "LetterKind", about: str, fields: "LetterFields", mark: str) -> Validated:
    """Validate a letter of a running convention.

    Args:
        named: the convention's reference.
        kind: which letter.
        about: what it is about; may be left out where only one thing fits.
        fields: what was added, as for the draft that was read.
        mark: the mark shown with that draft, its first characters at least.

    Raises:
        EcheancierError: the convention is a file, or the door refuses (the text changed since it was read, …).
        EngineError: nothing runs, or nothing answers.
    """
    if named.endswith(".toml") or Path(named).is_file():
        raise EcheancierError(
            "Une lettre se valide dans le dossier d’une convention enregistrée : donner sa référence, non un fichier."
        )
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a file needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load
    from echeancier.domain.facts.letters import LetterValidated, added_to  # noqa: PLC0415 - with it
    from echeancier.domain.letters.content import letter_for  # noqa: PLC0415 - with it
    from echeancier.domain.letters.progress import content_mark  # noqa: PLC0415 - with it

    settings = load_settings()

    async def recorded(door: "Conventions") -> Validated:
        dossier = await door.dossier(named)
        now = datetime.now(ZoneInfo(dossier.convention.place.time_zone))
        content = letter_for(situation(dossier.convention, tuple(dossier.facts), now), kind, about, fields)
        whole = content_mark(content)
        # What a person copied is the beginning of the mark; any other beginning is left for the door to refuse.
        read = whole if len(mark) >= MARK_SHOWN and whole.startswith(mark) else mark[:64]
        by = role(dossier.convention, None, settings.by)
        fact = LetterValidated.model_validate(
            {"on": now.date(), "letter": kind, "about": content.about, "mark": read, **added_to(fields)}
        )
        kept = await door.record(named, fact, by)
        return Validated(content, datetime.combine(now.date(), time(12), tzinfo=UTC), by, kept.fact_id)

    return ask(settings, recorded)
