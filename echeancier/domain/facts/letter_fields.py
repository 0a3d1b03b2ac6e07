"""What a person adds to a letter, which neither the convention nor its facts can know: each field once, with all its words.

The form of the desk, the options of the command line, the fact that validates a letter and its page of the docs are made from it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from pydantic import BeforeValidator, ConfigDict
from pydantic.fields import FieldInfo

from echeancier.domain.declared import FieldWords, Pair, both
from echeancier.domain.errors import EcheancierError
from echeancier.domain.model import Frozen, Text
from echeancier.domain.text import one_line

LetterKind = Literal[
    "termination", "formal-notice", "termination-reasons", "comments", "account-manager", "request", "destruction",
    "incident", "renewal", "amicable",
]  # fmt: skip
"""The letters there are; each is a class in `domain.letters`."""


class LetterRefusedError(EcheancierError):
    """A letter cannot be written as asked; the French message says what to add."""


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text typed by a person: one per line that says something."""
    return tuple(line for raw in text.splitlines() if (line := one_line(raw)))


def _clean(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def _split(value: object) -> object:
    if isinstance(value, str):
        return paragraphs_of(value)
    if isinstance(value, Iterable):
        return tuple(part for text in value for part in paragraphs_of(str(text)))
    return value


BLANK = "[à compléter]"
"""What a draft prints for what a person has still to say; a letter that holds it cannot be validated."""


def _refused(words: str) -> tuple[str, ...]:
    raise LetterRefusedError(words)


AddedSort = Literal["day", "line", "paragraphs"]


@dataclass(frozen=True, kw_only=True)
class AddedWords(FieldWords):
    """The words of a field, for the fact that keeps it and for whoever fills it in.

    Attributes:
        asked: its name in a form.
        help: what the command line says of it, in French; ``option`` its name there, ``metavar`` what stands for its value.
        every: every letter has it; the others are those that a letter asks for.
        sort: what it holds.
    """

    asked: Text
    help: str
    option: str = ""
    metavar: str = ""
    every: bool = False
    sort: AddedSort = "day"


def _words(
    says: Pair, *, asked: Pair, label: Pair | None = None, help_: str = "", option: str = "", metavar: str = "",
    every: bool = False,
) -> AddedWords:  # fmt: skip
    return AddedWords(
        says=both(*says),
        label=Text(fr=label[0], en=label[1]) if label else None,
        asked=Text(fr=asked[0], en=asked[1]),
        help=help_ or f"{says[0][:1].upper()}{says[0][1:]}.",
        option=option,
        metavar=metavar,
        every=every,
    )


_EMPTY: Final[Any] = ""  # no words, or no paragraphs
OneLineT = TypeVar("OneLineT")
ParagraphsT = TypeVar("ParagraphsT")


class Added(Frozen, Generic[OneLineT, ParagraphsT]):
    """What is added by hand, in either of two forms: as the fact keeps it, or cleaned and cut in paragraphs for a letter."""

    # fmt: off
    dated: Annotated[date | None, _words(
        ("la date en tête de la lettre", "the date at the head of the letter"),
        asked=("Date de la lettre", "Date of the letter"), help_="La date en tête ; sans elle, un blanc à remplir.",
        every=True,
    )] = None
    posted: Annotated[date | None, _words(
        ("le jour d’envoi prévu, dont la fin est calculée", "the day of posting meant"),
        asked=("Jour d’envoi prévu", "Day of posting meant"),
    )] = None
    effect: Annotated[date | None, _words(
        ("le dernier jour en vigueur voulu", "the last day in force wanted"),
        asked=("Dernier jour en vigueur voulu", "Last day in force wanted"),
    )] = None
    deadline: Annotated[date | None, _words(
        ("le jour laissé à l’autre partie", "the day given to the other side"),
        asked=("Jour laissé à l’autre partie", "Day given to the other side"),
    )] = None
    done_on: Annotated[date | None, _words(
        ("le jour où la chose a été faite", "the day the thing was done"), asked=("Fait le", "Done on"),
        help_="Le jour d’une destruction qui n’est pas enregistrée.",
    )] = None
    reasons: Annotated[ParagraphsT, _words(
        ("motifs, griefs ou objet, un par ligne", "reasons or subject, one per line"),
        asked=("Motifs, griefs ou objet", "Reasons or subject"),
        label=("Motifs, si la clause les exige", "Reasons, where the clause wants them"),
        help_="Motifs, griefs, objet ; autant de fois qu’il faut.",
    )] = _EMPTY
    known: Annotated[ParagraphsT, _words(
        ("ce qui est connu, un point par ligne", "what is known, one point per line"),
        asked=("Ce qui est connu", "What is known"), help_="Ce qui est connu d’un incident ; les données détruites.",
    )] = _EMPTY
    measures: Annotated[ParagraphsT, _words(
        ("les mesures prises, une par ligne", "the measures taken, one per line"),
        asked=("Mesures prises", "Measures taken"), help_="Les mesures prises.",
    )] = _EMPTY
    pending: Annotated[ParagraphsT, _words(
        ("ce qui reste à établir, un point par ligne", "what is still to be found out"),
        asked=("Ce qui reste à établir", "What is still to be found out"), help_="Ce qui reste à établir.",
    )] = _EMPTY
    means: Annotated[OneLineT, _words(
        ("le moyen d’une destruction", "how data were destroyed"),
        asked=("Moyen de la destruction", "How data were destroyed"),
    )] = _EMPTY
    proposed: Annotated[OneLineT, _words(
        ("la fonction proposée, jamais un nom", "the function proposed, never a name"),
        asked=("Fonction proposée", "Function proposed"), help_="La fonction proposée pour gérer les comptes.",
        metavar="FONCTION",
    )] = _EMPTY
    to: Annotated[OneLineT, _words(
        ("le rôle ou la partie à qui l’on écrit", "the role or party written to"), asked=("Destinataire", "Addressee"),
        help_="À qui, au lieu du destinataire que dit la clause.", metavar="RÔLE", every=True,
    )] = _EMPTY
    tracking: Annotated[OneLineT, _words(
        ("le numéro du recommandé", "the number of the registered letter"),
        asked=("Numéro du recommandé", "Number of the registered letter"),
        label=("Numéro de suivi", "Tracking number"), metavar="N°", every=True,
    )] = _EMPTY
    place: Annotated[OneLineT, _words(
        ("le lieu de signature", "where it is signed"), asked=("Lieu de signature", "Place of signature"),
        label=("Lieu", "Place"), metavar="VILLE", every=True,
    )] = _EMPTY
    delegation: Annotated[OneLineT, _words(
        ("la qualité de qui signe par délégation", "the quality of whoever signs by delegation"),
        asked=("Signataire par délégation (qualité)", "Signed by delegation (quality)"), metavar="QUALITÉ", every=True,
    )] = _EMPTY
    enclosures: Annotated[ParagraphsT, _words(
        ("les pièces jointes, une par ligne", "what is enclosed, one per line"), asked=("Pièces jointes", "Enclosed"),
        help_="Une pièce jointe.", option="enclosure", every=True,
    )] = _EMPTY
    copies: Annotated[ParagraphsT, _words(
        ("qui reçoit une copie, un par ligne", "who receives a copy, one per line"), asked=("Copies", "Copies to"),
        help_="Qui reçoit une copie.", option="copy", every=True,
    )] = _EMPTY
    # fmt: on


def _read(name: str, info: FieldInfo) -> AddedWords:
    """Return the words of a field with what its type and its name say."""
    words = next(one for one in info.metadata if isinstance(one, AddedWords))
    sorts: dict[Any, AddedSort] = {OneLineT: "line", ParagraphsT: "paragraphs"}
    sort = sorts.get(info.annotation, "day")
    metavar = words.metavar or ("AAAA-MM-JJ" if sort == "day" else "TEXTE")
    return replace(words, option=words.option or name.replace("_", "-"), metavar=metavar, sort=sort)


ADDED: Final = {name: _read(name, info) for name, info in Added.model_fields.items()}
"""What a person may add to a letter, by name."""
DAYS: Final = tuple(name for name, field in ADDED.items() if field.sort == "day")


class LetterFields(Added[Annotated[str, BeforeValidator(_clean)], Annotated[tuple[str, ...], BeforeValidator(_split)]]):
    """What is added, as a letter takes it: each takes what it needs and refuses when something it needs is missing.

    Attributes:
        blanks: print « [à compléter] » for what is missing instead of refusing; only for a draft to be filled in.
    """

    model_config = ConfigDict(validate_default=True)

    blanks: bool = False

    def paragraphs(self, given: tuple[str, ...], refusal: str) -> tuple[str, ...]:
        """Return paragraphs that the letter cannot do without.

        Raises:
            LetterRefusedError: there are none, and blanks are not allowed.
        """
        if given or not self.blanks:
            return given or _refused(refusal)
        return (BLANK,)

    def words(self, given: str, refusal: str) -> str:
        """Return words that the letter cannot do without; refuses like `paragraphs`."""
        return self.paragraphs((given,) if given else (), refusal)[0]


_OPTION: Final = re.compile(r"(?:(avec) )?--([a-z][a-z-]*)")


def without_options(words: str, language: str = "fr") -> str:
    """Return a refusal that names options of the command line as the form names its fields."""
    named = {one.option: one for one in ADDED.values()}

    def asked(found: re.Match[str]) -> str:
        field = named.get(found[2])
        if field is None:
            return found[0]
        label = f"« {field.asked.in_language(language)} »"
        return f"dans le champ {label}" if found[1] else label

    return _OPTION.sub(asked, words)
