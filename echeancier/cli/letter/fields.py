"""The options of ``echeancier letter``: what a person adds to a letter."""

from datetime import date
from typing import Annotated

import typer

from echeancier.cli.options import day

_ISO = "AAAA-MM-JJ"


def _day_option(name: str, words: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, parser=day, metavar=_ISO, help=words)
    return option


Dated = Annotated[date | None, _day_option("--dated", "La date en tête ; sans elle, un blanc à remplir.")]
Posted = Annotated[date | None, _day_option("--posted", "Le jour d’envoi prévu, dont la fin est calculée.")]
Effect = Annotated[date | None, _day_option("--effect", "Le dernier jour en vigueur voulu.")]
Deadline = Annotated[date | None, _day_option("--deadline", "Le jour laissé à l’autre partie.")]
DoneOn = Annotated[date | None, _day_option("--done-on", "Le jour d’une destruction qui n’est pas enregistrée.")]
Reasons = Annotated[
    list[str],
    typer.Option("--reasons", metavar="TEXTE", help="Motifs, griefs, objet ; autant de fois qu’il faut."),
]
Known = Annotated[
    list[str],
    typer.Option("--known", metavar="TEXTE", help="Ce qui est connu d’un incident ; les données détruites."),
]
Measures = Annotated[list[str], typer.Option("--measures", metavar="TEXTE", help="Les mesures prises.")]
Pending = Annotated[list[str], typer.Option("--pending", metavar="TEXTE", help="Ce qui reste à établir.")]
Means = Annotated[str, typer.Option("--means", metavar="TEXTE", help="Le moyen d’une destruction.")]
Proposed = Annotated[
    str, typer.Option("--proposed", metavar="FONCTION", help="La fonction proposée pour gérer les comptes.")
]
Recipients = Annotated[
    list[str], typer.Option("--to", metavar="RÔLE", help="À qui, au lieu du destinataire que dit la clause.")
]
Tracking = Annotated[str, typer.Option("--tracking", metavar="N°", help="Le numéro du recommandé.")]
PlaceOption = Annotated[str, typer.Option("--place", metavar="VILLE", help="Le lieu de signature.")]
Delegation = Annotated[
    str, typer.Option("--delegation", metavar="QUALITÉ", help="La qualité de qui signe par délégation.")
]
Enclosures = Annotated[list[str], typer.Option("--enclosure", metavar="TEXTE", help="Une pièce jointe.")]
Copies = Annotated[list[str], typer.Option("--copy", metavar="TEXTE", help="Qui reçoit une copie.")]
