"""``echeancier attach`` and ``pieces``: papers put on file, listed, taken out again."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from echeancier.cli.options import Reference, day
from echeancier.cli.output import say_line, write_json
from echeancier.cli.register import By, Json
from echeancier.cli.roles import role
from echeancier.cli.writing import write_file
from echeancier.domain.dates.words import in_words
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.pieces import PieceSort

if TYPE_CHECKING:
    from echeancier.adapters.stores.documents import DirectoryStore
    from echeancier.engine.gateway import Conventions

_SHOWN = 12
"""Characters of a hash that a person copies."""


What = Annotated[PieceSort, typer.Option("--what", help="Quelle pièce.")]
Title = Annotated[str, typer.Option("--title", metavar="TEXTE", help="Son intitulé ; à défaut, le nom du fichier.")]
About = Annotated[str, typer.Option("--about", metavar="CLÉ", help="L’échéance qu’elle prouve, par sa clé d’agenda.")]
On = Annotated[
    date | None, typer.Option("--on", metavar="AAAA-MM-JJ", parser=day, help="Son jour ; à défaut, aujourd’hui.")
]
Brought = Annotated[Path, typer.Argument(metavar="FICHIER", help="La pièce : PDF, image, document, tableau, texte.")]
Get = Annotated[
    str, typer.Option("--get", metavar="EMPREINTE", help="Reprend la pièce de cette empreinte (son début).")
]
Output = Annotated[
    Path | None, typer.Option("--output", metavar="FICHIER", help="Où l’écrire ; à défaut, ici, sous son nom.")
]


def attach(
    reference: Reference, file: Brought, *, what: What, title: Title = "", on: On = None, about: About = "",
    by: By = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Joint une pièce au dossier d’une convention\u00a0: chiffrée, son empreinte au journal, détruite avec le dossier.

    Le même intitulé fait une nouvelle version\u00a0; l’ancienne reste. Le contenu n’est pas examiné contre les virus.
    """
    from echeancier.adapters.pieces.keeping import piece_from, put, request_of  # noqa: PLC0415 - with the engine
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    try:
        content = file.read_bytes()
    except OSError as problem:
        raise EcheancierError(f"« {file} » ne peut pas être lu : {problem.strerror}.") from problem
    settings = load_settings()
    store = _store()

    async def attached(door: "Conventions") -> tuple[str, str]:
        dossier = await door.dossier(reference)
        author = role(dossier.convention, by, settings.by)
        now = datetime.now(ZoneInfo(dossier.convention.place.time_zone))
        piece = piece_from(content, file.name, what=what, title=title, on=on or now.date(), about=about)
        put(store, dossier, piece, content, by=author, now=now)
        recorded = await door.record(reference, piece, author, request=request_of(dossier, piece))
        return recorded.fact_id, piece.sha256

    fact, digest = ask(settings, attached)
    if as_json:
        write_json({"reference": reference, "fact": fact, "sha256": digest})
    else:
        say_line(f"{file.name} est au dossier de {reference} (empreinte {digest[:_SHOWN]}…).")


def pieces(reference: Reference, *, get: Get = "", output: Output = None, as_json: Json = False) -> None:
    """Énumère les pièces d’une convention\u00a0; en reprend une."""
    from echeancier.adapters.pieces.keeping import given_back  # noqa: PLC0415 - with the engine
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load
    from echeancier.domain.recording.pieces import pieces_of  # noqa: PLC0415 - with it

    dossier = ask(load_settings(), lambda door: door.dossier(reference))
    known = pieces_of(dossier.facts)
    if not get:
        if as_json:
            write_json([{"fact": record.id, **piece.model_dump(mode="json")} for record, piece in known])
        for _, piece in known if not as_json else ():
            where = f"{piece.name} ({piece.sha256[:_SHOWN]}…)" if piece.sha256 else "gardée ailleurs"
            say_line(f"{in_words(piece.on)} : {piece.title} – {where}")
        if not known and not as_json:
            say_line(f"Aucune pièce n’est jointe à {reference}.")
        return
    found = [piece for _, piece in known if piece.sha256 and piece.sha256.startswith(get.lower())]
    if len(found) != 1:
        raise EcheancierError(
            f"Aucune pièce de {reference} n’a une empreinte qui commence par « {get} »."
            if not found
            else f"Plusieurs pièces de {reference} ont une empreinte qui commence par « {get} » : en donner plus."
        )
    content = given_back(_store(), dossier.convention.reference, found[0])
    if content is None:
        raise EcheancierError(
            f"« {found[0].name} » n’est plus ici, ou n’est plus le fichier joint : le reprendre d’une sauvegarde."
        )
    path = output or Path(found[0].name)
    if output is None and path.exists():
        raise EcheancierError(f"« {path} » existe déjà ici : dire où écrire par --output.")
    write_file(path, content)
    say_line(f"{found[0].title} est écrite dans {path}.")


def _store() -> "DirectoryStore":
    from echeancier.adapters.keys.opening import open_ring  # noqa: PLC0415 - with the engine
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.adapters.stores.documents import DirectoryStore  # noqa: PLC0415 - with them

    settings = load_settings()
    return DirectoryStore(settings.data / "documents", open_ring(settings))
