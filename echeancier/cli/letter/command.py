"""``echeancier letter``: a letter ready to be read again, signed and posted by a person."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from echeancier.cli.file_or_running import AsOf, FileOrReference, situation_of
from echeancier.cli.letter.fields import option, with_fields
from echeancier.cli.letter.validation import MARK_SHOWN, refuse_beside_a_validation, validated
from echeancier.cli.options import FactsFile
from echeancier.cli.output import remark, say_line
from echeancier.cli.writing import write_file
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.letter_fields import LetterFields, LetterKind

if TYPE_CHECKING:
    from echeancier.adapters.papers.letters_pdf import EnvelopeWindow
    from echeancier.adapters.papers.typst_pdf import Pdf
    from echeancier.domain.letters.content import LetterContent


KindArgument = Annotated[LetterKind, typer.Argument(metavar="LETTRE", help="Quelle lettre (docs/letters.md).")]
About = Annotated[
    str, typer.Option("--about", metavar="CLÉ", help="De quoi : clé d’agenda, id de clause, question/ID.")
]
Output = Annotated[Path | None, typer.Option("--output", metavar="X.pdf", help="Où écrire la lettre.")]
Zip = Annotated[
    Path | None,
    typer.Option(
        "--zip", metavar="X.zip", help="Un lot pour la poste : une lettre par --to, et leurs adresses en CSV."
    ),
]
ValidatedBy = Annotated[
    str,
    typer.Option("--validated-by", metavar="FONCTION", help="Qui l’a validée ; sans cela, elle porte « PROJET »."),
]
Validate = Annotated[
    str,
    typer.Option(
        "--validate",
        metavar="MARQUE",
        help="Valide la lettre d’une convention enregistrée : la marque affichée avec le projet relu.",
    ),
]
WindowOption = Annotated[
    str,
    typer.Option("--window", metavar="G,H[,L,H]", help="La fenêtre de l’enveloppe, en mm ; 110,55,85,33 par défaut."),
]


@with_fields
def letter(
    named: FileOrReference,
    kind: KindArgument,
    *,
    facts: FactsFile = None,
    about: About = "",
    output: Output = None,
    batch: Zip = None,
    as_of: AsOf = None,
    validated_by: ValidatedBy = "",
    validate: Validate = "",
    window: WindowOption = "",
    to: Annotated[list[str], option("to")] = [],  # noqa: B006 - typer reads the default, nothing changes it
    **added: Any,
) -> None:
    """Écrit une lettre en PDF/A\u00a0: tirée de la convention et de ses faits, à relire, signer et poster.

    Ce qu’il faut vérifier avant de signer est dit à part. Si quelque chose manque, la lettre est refusée.
    """
    from echeancier.adapters.papers.letters_pdf import letter_pdf  # noqa: PLC0415 - typst is heavy
    from echeancier.adapters.papers.letters_zip import letters_zip  # noqa: PLC0415 - with it
    from echeancier.domain.letters.content import letter_for  # noqa: PLC0415 - with it

    if validate:
        refuse_beside_a_validation(facts, as_of, batch, validated_by, to)
    else:
        _refuse_where_it_goes(output, batch, to, added["tracking"])
    fields = LetterFields.model_validate(added)
    where = _window(window)
    if validate:
        fields = fields.model_copy(update={"to": to[0] if to else ""})
        done = validated(named, kind, about, fields, validate)
        if output is not None:
            write_file(output, letter_pdf(done.content, at=done.at, validated_by=done.by, window=where).content)
        say_line(f"{named} : la lettre « {done.content.subject} » est validée ({done.fact_id}) ; il reste à la poster.")
        return
    s = situation_of(named, facts, as_of)
    written: list[tuple[LetterContent, Pdf]] = []
    for one in to or [""]:
        content = letter_for(s, kind, about, fields.model_copy(update={"to": one}))
        written.append((content, letter_pdf(content, at=s.now, validated_by=validated_by, window=where)))
    if output is not None:
        write_file(output, written[0][1].content)
    elif batch is not None:
        write_file(batch, letters_zip(written))
    for content, pdf in written:
        _tell(content, pdf, draft=not validated_by)
    say_line(f"Écrit : {output or batch}")


def _refuse_where_it_goes(output: Path | None, batch: Path | None, to: list[str], tracking: str) -> None:
    if (output is None) == (batch is None):
        raise EcheancierError("Donner --output X.pdf (une lettre) ou --zip X.zip (un lot), l’un ou l’autre.")
    if output is not None and len(to) > 1:
        raise EcheancierError("Plusieurs --to font plusieurs lettres : donner --zip X.zip.")
    if tracking and len(to) > 1:
        raise EcheancierError("Un numéro de recommandé ne vaut que pour une lettre : --tracking va avec un seul --to.")


def _tell(content: "LetterContent", pdf: "Pdf", *, draft: bool) -> None:
    from echeancier.domain.letters.progress import content_mark  # noqa: PLC0415 - with the letters

    state = "PROJET, à valider" if draft else "validée"
    say_line(f"{content.subject} → {', '.join(content.recipient[:2])} ({state})")
    say_line(f"  modèle {pdf.template}, SHA-256 {pdf.sha256}")
    say_line(f"  marque du texte : {content_mark(content)[:MARK_SHOWN]}")
    for words in content.remarks:
        remark(f"  À vérifier : {words}")


def _window(given_words: str) -> "EnvelopeWindow":
    from echeancier.adapters.papers.letters_pdf import EnvelopeWindow  # noqa: PLC0415 - typst is heavy

    if not given_words:
        return EnvelopeWindow()
    try:
        numbers = [float(part) for part in given_words.split(",")]
        return EnvelopeWindow(*numbers)
    except (ValueError, TypeError) as problem:
        raise EcheancierError(
            f"--window : « {given_words} » n’est pas gauche,haut[,largeur,hauteur] en mm, comme 110,55,85,33."
        ) from problem
