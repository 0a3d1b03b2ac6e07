"""``echeancier pack``: the file of a steering committee."""

from pathlib import Path
from typing import Annotated

import typer

from echeancier.cli.file_or_running import AsOf, FileOrReference, situation_of
from echeancier.cli.options import FactsFile
from echeancier.cli.output import say_line
from echeancier.cli.writing import write_file

Output = Annotated[Path, typer.Option("--output", metavar="X.pdf", help="Où écrire le dossier.")]
Internal = Annotated[
    bool,
    typer.Option("--internal", help="Avec ce que nous préparons pour nous seuls (préavis, manquements, différends)."),
]


def pack(
    named: FileOrReference,
    *,
    output: Output,
    facts: FactsFile = None,
    as_of: AsOf = None,
    internal: Internal = False,
) -> None:
    """Écrit le dossier de séance d’un comité de pilotage\u00a0: à évaluer, tenu ou non, à venir, à décider.

    Il peut être remis aux deux parties\u00a0; avec --internal, il ne le peut plus.
    """
    from echeancier.adapters.papers.committee_file_pdf import pack_pdf  # noqa: PLC0415 - typst is heavy
    from echeancier.domain.letters.committee_file import pack_of  # noqa: PLC0415 - with it

    s = situation_of(named, facts, as_of)
    pdf = pack_pdf(pack_of(s, shared=not internal), at=s.now)
    write_file(output, pdf.content)
    say_line(f"Écrit : {output} (modèle {pdf.template}, SHA-256 {pdf.sha256})")
