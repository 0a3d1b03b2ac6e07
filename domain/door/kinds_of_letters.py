"""The facts of a letter, in words: validated by a person, posted, presented, delivered, come back, given up."""

from domain.door.help import FieldHelp, KindHelp, Sort, choices_of, dated, field
from domain.facts import LetterPosted, LetterReturned, LetterValidated

_LETTER = field(
    "letter",
    "text",
    "le numéro du fait letter-posted, comme f12",
    "the id of the letter-posted fact, as in f12",
    must=True,
)

_ADDED: tuple[tuple[str, Sort, str, str], ...] = (
    ("dated", "day", "la date en tête de la lettre", "the date at the head of the letter"),
    ("posted", "day", "le jour d’envoi prévu, dont la fin est calculée", "the day of posting meant"),
    ("effect", "day", "le dernier jour en vigueur voulu", "the last day in force wanted"),
    ("deadline", "day", "le jour laissé à l’autre partie", "the day given to the other side"),
    ("done_on", "day", "le jour où la chose a été faite", "the day the thing was done"),
    ("reasons", "text", "motifs, griefs ou objet, un par ligne", "reasons or subject, one per line"),
    ("known", "text", "ce qui est connu, un point par ligne", "what is known, one point per line"),
    ("measures", "text", "les mesures prises, une par ligne", "the measures taken, one per line"),
    ("pending", "text", "ce qui reste à établir, un point par ligne", "what is still to be found out"),
    ("means", "text", "le moyen d’une destruction", "how data were destroyed"),
    ("proposed", "text", "la fonction proposée, jamais un nom", "the function proposed, never a name"),
    ("to", "text", "le rôle ou la partie à qui l’on écrit", "the role or party written to"),
    ("tracking", "text", "le numéro du recommandé", "the number of the registered letter"),
    ("place", "text", "le lieu de signature", "where it is signed"),
    (
        "delegation",
        "text",
        "la qualité de qui signe par délégation",
        "the quality of whoever signs by delegation",
    ),
    ("enclosures", "text", "les pièces jointes, une par ligne", "what is enclosed, one per line"),
    ("copies", "text", "qui reçoit une copie, un par ligne", "who receives a copy, one per line"),
)


def _added() -> tuple[FieldHelp, ...]:
    return tuple(field(name, sort, fr, en) for name, sort, fr, en in _ADDED)


LETTERS: tuple[KindHelp, ...] = (
    dated(
        "letter-validated",
        "une personne a relu et validé une lettre",
        "a person read a letter again and validated it",
        "jour de la validation",
        "day of the validation",
        field(
            "letter",
            "choice",
            "quelle lettre",
            "which letter",
            must=True,
            choices=choices_of(LetterValidated, "letter"),
        ),
        field(
            "about",
            "text",
            "de quoi elle parle : clé d’agenda, id de clause ou question/ID",
            "what it is about: an agenda key, the id of a clause or question/ID",
            must=True,
        ),
        field("mark", "text", "la marque du texte relu", "the mark of the text that was read", must=True),
        *_added(),
    ),
    dated(
        "letter-posted",
        "une lettre recommandée a été postée",
        "a registered letter was posted",
        "jour du dépôt (cachet de la poste)",
        "day of posting (postmark)",
        field(
            "letter",
            "choice",
            "quelle lettre ; une résiliation si rien n’est dit",
            "which letter; a termination when nothing is said",
            choices=choices_of(LetterPosted, "letter"),
        ),
        field(
            "rule",
            "name",
            "d’une résiliation : la clause utilisée",
            "of a termination: the clause used",
        ),
        field(
            "about",
            "text",
            "d’une autre lettre : de quoi elle parle, comme manager-left-told/f12",
            "of another letter: what it is about, as in manager-left-told/f12",
        ),
        field("by", "name", "la partie qui écrit", "the party that writes", must=True),
        field(
            "form",
            "choice",
            "la forme de l’envoi",
            "the form of the letter",
            choices=choices_of(LetterPosted, "form"),
        ),
        field(
            "reasons", "text", "les motifs, si la clause les veut", "the reasons, where the clause wants them"
        ),
        field(
            "effect_wanted",
            "day",
            "le dernier jour écrit dans la lettre",
            "the last day written in the letter",
        ),
        field("tracking", "text", "le numéro de suivi", "the tracking number"),
    ),
    dated(
        "letter-presented",
        "la lettre a été présentée pour la première fois",
        "the letter was first presented",
        "jour de la présentation",
        "day of presentation",
        _LETTER,
    ),
    dated(
        "letter-delivered",
        "le destinataire a reçu la lettre",
        "the addressee received the letter",
        "jour de l’avis de réception",
        "day of the receipt",
        _LETTER,
    ),
    dated(
        "letter-returned",
        "la lettre est revenue",
        "the letter came back",
        "jour du retour",
        "day it came back",
        _LETTER,
        field(
            "outcome",
            "choice",
            "pourquoi elle revient",
            "why it came back",
            must=True,
            choices=choices_of(LetterReturned, "outcome"),
        ),
    ),
    dated(
        "notice-withdrawn",
        "les parties renoncent d’un commun accord à la résiliation",
        "both sides give the notice up",
        "jour de l’accord",
        "day they agreed",
        _LETTER,
    ),
)
"""In the order in which they happen."""
