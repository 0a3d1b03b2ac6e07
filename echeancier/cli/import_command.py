"""``echeancier import``: a sheet of existing conventions, checked as a whole; started all together when asked to."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from echeancier.cli.output import remark, say_line, write_json
from echeancier.cli.register import By, Json
from echeancier.domain.dates.words import figures

Sheet = Annotated[
    Path | None, typer.Argument(metavar="TABLEAU", help="Un classeur .xlsx, ou un CSV.", show_default=False)
]
Start = Annotated[bool, typer.Option("--start", help="Commence tout ; sans cela, rien n’est enregistré.")]
Template = Annotated[
    Path | None,
    typer.Option("--template", metavar="FICHIER", help="Écrit le tableau à remplir, et s’arrête."),
]
Remarks = Annotated[
    Path | None,
    typer.Option("--remarks", metavar="FICHIER", help="Écrit le même tableau, avec une colonne de remarques."),
]


def import_sheet(
    file: Sheet = None,
    *,
    start: Start = False,
    template: Template = None,
    remarks: Remarks = None,
    by: By = None,
    as_json: Json = False,
) -> int:
    """Vérifie un tableau de conventions existantes, ligne par ligne, et montre ce qui commencerait.

    Avec --start, tout commence ou rien\u00a0: une seule ligne à corriger retient les autres. Interrompu, relancer la même
    commande finit le travail sans rien doubler.
    """
    if template is not None:
        from echeancier.adapters.imports.template import template as made  # noqa: PLC0415 - the library is slow to load

        template.write_bytes(made())
        say_line(f"Le tableau à remplir est dans {template}.")
        return 0
    if file is None:
        raise typer.BadParameter("donner le tableau à importer, ou --template FICHIER pour en obtenir un vide.")
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file} ne peut pas être lu ({error.strerror}).") from None
    return _imported(raw, file.name, remarks, start=start, by=by, as_json=as_json)


def _imported(raw: bytes, name: str, remarks: Path | None, *, start: bool, by: str | None, as_json: bool) -> int:
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a template needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load
    from echeancier.desk.imports.importing import Checked, Report, check, start_all, with_remarks  # noqa: PLC0415
    from echeancier.domain.terms.policy import DEFAULT_POLICY  # noqa: PLC0415
    from echeancier.engine.gateway import Conventions, utc_now  # noqa: PLC0415

    settings = load_settings()
    author = by or settings.by

    async def carried_out(door: Conventions) -> Report:
        report = await check(raw, name, door, utc_now(), policy=DEFAULT_POLICY, by=author)
        if not start or not report.can_start:
            return report

        def told(row: Checked) -> None:
            if not as_json:
                remark(
                    f"{row.row.reference} : " + ("commencée" if row.standing == "started" else row.detail or "déjà là")
                )

        return await asyncio.shield(start_all(report, door, author, told))

    report = ask(settings, carried_out)
    if remarks is not None:
        remarks.write_bytes(with_remarks(raw, report))
        remark(f"Le tableau avec ses remarques est dans {remarks}.")
    if as_json:
        write_json(_json(report))
    else:
        _say(report)
    return 2 if report.wrong else 1 if report.count("failed") else 0


def _say(report: object) -> None:
    from echeancier.desk.imports.importing import Report  # noqa: PLC0415 - as above

    assert isinstance(report, Report)  # noqa: S101 - the caller's
    for wrong in report.wrong:
        remark(f"ligne {wrong.row}" + (f", {wrong.column}" if wrong.column else "") + f" : {wrong.words}")
    if report.wrong:
        say_line(f"Rien n’est enregistré : {len(report.wrong)} à corriger, sur {len(report.rows)} lignes.")
        return
    for row in report.rows:
        days = " ; ".join(f"{figures(day)} {title}" for day, title in row.next)
        if row.standing == "new":
            say_line(f"ligne {row.row.number} : {row.row.reference} commencerait" + (f" – {days}" if days else ""))
            for one in row.questions:
                say_line(f"    question : {one}")
    if report.renewal_unsaid and not (report.count("started") or report.count("failed")):
        say_line(
            f"« Reconduction » est vide pour {report.renewal_unsaid} d’entre elles, qui s’arrêteraient à leur dernier jour : "
            "écrire « tacite » si le papier le prévoit, « aucune » sinon."
        )
    started, there, failed, new = (report.count(s) for s in ("started", "there", "failed", "new"))
    if started or failed:
        say_line(f"{started} commencées, {there} déjà là, {failed} non commencées.")
        if failed:
            say_line("Relancer la même commande finira le travail, sans rien doubler.")
    else:
        say_line(f"{new} à commencer, {there} déjà là." + (" Avec --start, elles commencent." if new else ""))


def _json(report: object) -> dict[str, object]:
    from echeancier.desk.imports.importing import Report  # noqa: PLC0415 - as above

    assert isinstance(report, Report)  # noqa: S101 - the caller's
    return {
        "rows": [
            {
                "row": row.row.number,
                "reference": row.row.reference,
                "standing": row.standing,
                "next": [{"day": day.isoformat(), "title": title} for day, title in row.next],
                "questions": list(row.questions),
                "wrong": [{"column": wrong.column, "words": wrong.words} for wrong in row.wrong],
                "detail": row.detail,
            }
            for row in report.rows
        ],
        "ignored_columns": list(report.ignored),
    }
