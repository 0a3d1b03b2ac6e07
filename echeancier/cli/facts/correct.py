"""``echeancier correct``: what was told wrongly is put right; the former version is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from echeancier.adapters.files.amended_file import with_its_changes
from echeancier.adapters.files.convention_file import load_convention
from echeancier.cli.facts.answer import Kept, tell, two_words
from echeancier.cli.facts.kinds_page import FIELDS, FactCommand
from echeancier.cli.facts.typed import CommandLine, author, take_apart, values
from echeancier.cli.options import as_reference
from echeancier.cli.output import say_line, write_json
from echeancier.cli.register import Json
from echeancier.cli.roles import role
from echeancier.domain.errors import EcheancierError
from echeancier.domain.recording import KINDS, at_the_place

if TYPE_CHECKING:
    from echeancier.engine.gateway import Conventions

Line = Annotated[
    list[str] | None,
    typer.Argument(metavar="RÉFÉRENCE N° [--CHAMP VALEUR]", help="Comme : SQF-P f4 --on 2021-04-20"),
]
Cancel = Annotated[bool, typer.Option("--cancel", help="Ce fait a été enregistré par erreur : il ne compte plus.")]
Terms = Annotated[
    Path | None,
    typer.Option("--terms", metavar="FICHIER", help="Remplace des termes mal saisis (sans avenant)."),
]
Why = Annotated[str | None, typer.Option("--why", metavar="RAISON", help="Avec --terms : pourquoi.")]


app = typer.Typer(add_completion=False)


@app.command("correct", cls=FactCommand, context_settings=FIELDS)
def correct(
    line: Line = None, *, cancel: Cancel = False, terms: Terms = None, why: Why = None, as_json: Json = False
) -> None:
    """Rectifie un fait (« correct SQF-P f4 --on 2021-04-20 »), l’annule, ou rectifie des termes mal saisis.

    L’ancienne version est conservée. Un champ vidé (--minutes "") reprend sa valeur par défaut.
    """
    typed = take_apart(line or ())
    if terms is not None:
        if cancel:
            raise EcheancierError("--terms rectifie des termes, --cancel annule un fait : l’un ou l’autre.")
        _correct_terms(typed, terms, why or "", as_json=as_json)
        return
    if why is not None:  # a field of parent-ends, too
        typed = CommandLine(typed.words, {**typed.fields, "why": why})
    reference, fact_id = two_words(typed, "la référence, puis le numéro du fait (« echeancier show » les donne)")
    kept = _correct(reference, fact_id, typed, cancel=cancel)
    said = "ne compte plus" if cancel else f"est rectifié (version {kept.version})"
    words = f"{reference} : le fait {fact_id} {said} ; l’ancienne version est conservée."
    tell(reference, kept, words, as_json=as_json)


def _correct(reference: str, fact_id: str, typed: CommandLine, *, cancel: bool) -> Kept:
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    settings = load_settings()

    async def corrected(door: "Conventions") -> Kept:
        dossier = await door.dossier(reference)
        # A fact that is not there, or no more, is refused by the door, which names the others.
        kind = next((KINDS[r.fact.kind] for r in dossier.facts if r.id == fact_id), None)
        given, fields = author(kind, typed.fields)
        by = role(dossier.convention, given, settings.by)
        if cancel and fields:
            raise EcheancierError("--cancel annule le fait entier : n’y joindre aucun champ.")
        if cancel or kind is None:
            kept = await door.cancel(reference, fact_id, by)
        else:
            told = at_the_place(values(kind, fields), dossier.convention.place.time_zone)
            changes = with_its_changes(dossier, told, fact_id)
            kept = await door.correct(reference, fact_id, changes, by)
        return Kept(kept.fact_id, kept.version, by)

    return ask(settings, corrected)


def _correct_terms(typed: CommandLine, file: Path, why: str, *, as_json: bool) -> None:
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    given, others = author(None, typed.fields)
    if len(typed.words) != 1 or others:
        raise EcheancierError("Avec --terms, on attend la référence et --why, rien d’autre.")
    settings, convention, reference = load_settings(), load_convention(file), as_reference(typed.words[0])
    if convention.reference != reference:
        raise EcheancierError(
            f"{file.name} porte la référence {convention.reference}, pas {reference} : une référence ne change jamais."
        )

    async def corrected(door: "Conventions") -> None:
        by = role((await door.dossier(reference)).convention, given, settings.by)
        await door.correct_terms(convention, by, why)

    ask(settings, corrected)
    if as_json:
        write_json({"reference": reference, "terms": file.name, "why": why})
    else:
        say_line(f"{reference} : les termes sont rectifiés ; les anciens sont conservés.")
