"""Who is bound by a convention, and the functions (never the persons) that are written to."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Final, Literal, NamedTuple

from pydantic import AfterValidator, StringConstraints

from echeancier.domain.declared import Pair, field_words
from echeancier.domain.model import Day, Frozen, Named, OneLine
from echeancier.domain.terms.fields import BlockWords, CitedIfAny, DigestChoice, PartyKey, RoleKey, block_words
from echeancier.domain.text import checked_address


def _as_mail_is_sent(value: str) -> str:
    try:
        return checked_address(value)
    except ValueError as error:
        reason = str(error).partition("\u00a0: ")[2]
        raise ValueError(
            f"« {value} » n’est pas une adresse électronique : {reason} ; on attend fonction@domaine.example"
        ) from None


Address = Annotated[str, StringConstraints(max_length=254), AfterValidator(_as_mail_is_sent)]
"""Where mail goes, by the one rule of whoever writes the message: what is taken here can be written and sent."""

POSTAL_LINES = 6
POSTAL_COLUMNS = 38


def _as_on_an_envelope(lines: tuple[str, ...]) -> tuple[str, ...]:
    if not lines:
        return lines
    if not 2 <= len(lines) <= POSTAL_LINES:
        raise ValueError(f"une adresse postale a de 2 à {POSTAL_LINES} lignes, destinataire compris ; ici {len(lines)}")
    for line in lines:
        if not line.strip() or len(line) > POSTAL_COLUMNS or not line.isprintable():
            raise ValueError(
                f"« {line} » : une ligne d’adresse postale a de 1 à {POSTAL_COLUMNS} caractères, sans saut de ligne"
            )
    if lines[-1] != lines[-1].upper():
        raise ValueError(f"« {lines[-1]} » : la dernière ligne d’une adresse postale s’écrit en capitales")
    return lines


Postal = Annotated[tuple[str, ...], AfterValidator(_as_on_an_envelope)]
"""An address as it stands on an envelope, who receives it included: up to 6 lines of 38 characters, the last one in
capitals (La Poste's recommendations); empty when it is not known."""

PostalAddress = Annotated[
    Postal,
    field_words(
        "Adresse postale, comme sur l’enveloppe",
        "Postal address, as on the envelope",
        hint=(
            "De 2 à 6 lignes de 38 caractères, la dernière en capitales ; les lettres en ont besoin.",
            "2 to 6 lines of 38 characters, the last in capitals; letters need it.",
        ),
        folded=True,
    ),
]
"""The same, in the words of a form."""


class Renaming(Frozen):
    """An institution that changed its name on a day (Pôle emploi became France Travail on 2024-01-01)."""

    WORDS: ClassVar[BlockWords] = block_words(
        called=("Nom ultérieur", "Later name"), adding=("Ajouter un nom ultérieur", "Add a later name")
    )
    on: Annotated[Day, field_words("À partir du", "From")]
    name: Annotated[Named, field_words("Nom", "Name")]


PartyKind = Literal[
    "commune", "epci", "departement", "region", "etat", "caf", "operator", "association", "company", "individual-role", "other"
]  # fmt: skip


class PartyTraits(NamedTuple):
    """What is true of every party of a kind.

    Attributes:
        called: its words, French then English.
        assembly: what votes there, in French; only a local authority has one.
        is_above_communes: its assembly is convened twelve days at least before it sits (CGCT L.3121-19, L.4132-18).
        runs_the_tool: the accounts are open on its tool: it agrees to who manages them, the other side names them.
    """

    called: Pair
    assembly: str = ""
    is_above_communes: bool = False
    runs_the_tool: bool = False

    @property
    def is_local_authority(self) -> bool:
        """Whether its acts are executory only once published and transmitted (CGCT L.2131-1, L.5211-3, L.3131-1, L.4141-1)."""
        return bool(self.assembly)


PARTY_KINDS: Final[Mapping[PartyKind, PartyTraits]] = {
    "commune": PartyTraits(("commune", "commune"), "conseil municipal"),
    "epci": PartyTraits(("intercommunalité", "intercommunal body"), "conseil communautaire"),
    "departement": PartyTraits(("département", "department"), "conseil départemental", is_above_communes=True),
    "region": PartyTraits(("région", "region"), "conseil régional", is_above_communes=True),
    "etat": PartyTraits(("État", "the State")),
    "caf": PartyTraits(("caisse d’allocations familiales", "family allowance fund")),
    "operator": PartyTraits(("opérateur", "operator"), runs_the_tool=True),
    "association": PartyTraits(("association", "association")),
    "company": PartyTraits(("entreprise", "company")),
    "individual-role": PartyTraits(("personne, désignée par sa fonction", "a person, named by their function")),
    "other": PartyTraits(("autre", "other")),
}


class Party(Frozen):
    """One side of the convention.

    Attributes:
        name: the institution's name as the paper gives it.
        kind: what sort of body it is; a local authority needs an executory act before it signs.
        signs_as: the quality of the person who signs, as in « le maire ».
        renamed: later names, each from its day; history keeps the old one.
        clauses: where the paper names the party: quoted when its signature is asked for.
        postal: where its letters go, as on an envelope.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Partie", "Party"), adding=("Ajouter une partie", "Add a party"))
    name: Annotated[Named, field_words("Nom", "Name")]
    kind: Annotated[
        PartyKind,
        field_words(
            "Nature",
            "Kind",
            values={name: kind.called for name, kind in PARTY_KINDS.items()},
        ),
    ]
    signs_as: Annotated[OneLine, field_words("Qualité de qui signe", "Capacity of whoever signs", folded=True)] = ""
    renamed: Annotated[tuple[Renaming, ...], field_words("Noms ultérieurs", "Later names", folded=True)] = ()
    clauses: CitedIfAny = ()
    postal: PostalAddress = ()

    @property
    def is_local_authority(self) -> bool:
        """Whether its acts are executory only once published and transmitted."""
        return self.traits.is_local_authority

    @property
    def traits(self) -> PartyTraits:
        """What is true of every party of its kind."""
        return PARTY_KINDS[self.kind]

    def name_on(self, day: date) -> str:
        """Return the institution's name on ``day``."""
        return next((r.name for r in reversed(self.renamed) if r.on <= day), self.name)


class Role(Frozen):
    """A function that receives mail: a person's post, a service, a shared mailbox. Never a person's name.

    Attributes:
        party: the key of the party it works for.
        function: the name of the function, in the language of the contact.
        address: where its mail goes.
        language: the language of its mail.
        substitute: the key of the role that receives its mail while it is away.
        postal: where its letters go, when that is not the address of its party.
        digest: how often it reads a digest; None: as its convention says, else as the installation does.
    """

    WORDS: ClassVar[BlockWords] = block_words(
        called=("Fonction", "Function"), adding=("Ajouter une fonction", "Add a function")
    )
    party: Annotated[PartyKey, field_words("Partie", "Party")]
    function: Annotated[Named, field_words("Fonction (jamais un nom de personne)", "Function (never a person’s name)")]
    address: Annotated[
        Address,
        field_words(
            "Adresse électronique de la fonction",
            "Mail address of the function",
            hint=(
                "Comme coordination@commune.example ; une boîte de fonction.",
                "As coordination@commune.example; a function mailbox.",
            ),
        ),
    ]
    language: Annotated[
        Literal["fr", "en"],
        field_words(
            "Langue de ses courriels",
            "Language of its mail",
            values={"fr": ("français", "French"), "en": ("anglais", "English")},
            folded=True,
        ),
    ] = "fr"
    substitute: Annotated[
        RoleKey | None, field_words("Suppléance, en cas d’absence", "Substitute while away", folded=True)
    ] = None
    postal: PostalAddress = ()
    digest: DigestChoice = None
