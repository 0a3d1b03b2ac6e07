"""The facts of a paper that goes round for signature, in words; the signature itself is with the facts of the course."""

from domain.door.help import KindHelp, dated, field

SIGNING: tuple[KindHelp, ...] = (
    dated(
        "signature-circulated",
        "le texte est envoyé à la signature, une première fois ou de nouveau",
        "the paper is sent round for signature, for the first time or again",
        "jour de l’envoi",
        "day it was sent",
        field(
            "gather_by",
            "day",
            "le jour où toutes les signatures doivent être recueillies",
            "the day by which every signature is to be gathered",
        ),
        field(
            "new_text",
            "yes-no",
            "true si le texte a changé : chacun signe de nouveau",
            "true if the text changed: everybody signs again",
        ),
    ),
    dated(
        "signature-refused",
        "une partie refuse de signer",
        "a party refuses to sign",
        "jour où elle l’a fait savoir",
        "day it let it be known",
        field("party", "name", "la partie qui refuse", "the party that refuses", must=True),
        field("reason", "text", "le motif, tel qu’il est donné", "the reason, as given", must=True),
    ),
)
"""In the order in which they happen."""
