"""A letter ready to be laid out.

Who writes to whom, how it is sent, what it says in words, who signs; and what each kind of letter is called.
"""

import re
from typing import Annotated, Final, Literal

from pydantic import Field

from echeancier.domain.facts.letter_fields import LetterKind
from echeancier.domain.model import Frozen, Text


class Cited(Frozen):
    """A clause as a letter cites it: where it stands, and its substance, quoting only the words that decide."""

    article: str
    says: str


class TerminationSays(Frozen):
    """We end the convention.

    Attributes:
        notice: the length, as in « d’un mois »; empty without one.
        start: what starts it where the text says so, as in « l’envoi de la présente lettre ».
        effect: ``day`` (one last day), ``range`` (between two), ``due-date`` or ``due-dates`` (annual), ``latest``
            (a ceiling).
        first, last: the last day in force, or the two ends of its range.
        duties: what remains due after the end.
    """

    kind: Literal["termination"] = "termination"
    notice: str
    start: str
    effect: Literal["day", "range", "due-date", "due-dates", "latest"]
    first: str
    last: str
    reasons: tuple[str, ...]
    duties: tuple[str, ...]


class FormalNoticeSays(Frozen):
    """We call on the other side to do what it owes.

    Attributes:
        due: the day it was due, empty when the text gives none.
        within: the time given by the clause, as in « d’un mois à compter de la réception de la présente lettre ».
        deadline: the day given, when the clause gives no time.
        suspends: the clause suspends at once.
        consequences: what the convention provides for otherwise.
    """

    kind: Literal["formal-notice"] = "formal-notice"
    what: str
    due: str
    reasons: tuple[str, ...]
    within: str
    deadline: str
    suspends: bool
    consequences: tuple[Cited, ...]


class TerminationReasonsSays(Frozen):
    """We mean to end the convention for a breach, and say why before deciding."""

    kind: Literal["termination-reasons"] = "termination-reasons"
    grounds: str
    reasons: tuple[str, ...]
    within: str


class CommentsSays(Frozen):
    """We answer the reasons we were given."""

    kind: Literal["comments"] = "comments"
    letter_day: str
    reasons: tuple[str, ...]


Event = Literal["left", "absent", "refused"]


class AccountManagerSays(Frozen):
    """The manager of accounts left, has been away too long, or was refused.

    Attributes:
        absence: how long, as in « soit plus de trois mois »; empty after a departure.
    """

    kind: Literal["account-manager"] = "account-manager"
    name: str
    event: Event
    since: str
    absence: str
    last_day: str
    agreed_by: str
    proposed: str
    access_closed: str


class RequestSays(Frozen):
    """We ask for what is missing.

    Attributes:
        due: the day it was due, empty when the text gives none or it is not over.
        asked_about: the question of the paper, when a missing piece is asked for.
    """

    kind: Literal["request"] = "request"
    what: str
    due: str
    late: bool
    asked_about: str
    deadline: str
    reasons: tuple[str, ...]


class DestructionSays(Frozen):
    """We certify that data were destroyed."""

    kind: Literal["destruction"] = "destruction"
    what: str
    done_on: str
    last_day: str
    ended_on: str
    means: str
    reasons: tuple[str, ...]


class IncidentSays(Frozen):
    """We tell the other side of a data breach, or of a complaint."""

    kind: Literal["incident"] = "incident"
    what: str
    found_at: str
    told_by: str
    known: tuple[str, ...]
    measures: tuple[str, ...]
    pending: tuple[str, ...]
    contact: str


class RenewalSays(Frozen):
    """The end comes: what happens next must be decided together, or nothing will come next.

    Attributes:
        lapses: it was decided to let the convention lapse.
    """

    kind: Literal["renewal"] = "renewal"
    ends_on: str
    way: Literal["new-convention", "replaced", "amendment", "same-terms", "with-parent"]
    steps: tuple[tuple[str, str], ...]
    deadline: str
    lapses: bool = False


class AmicableSays(Frozen):
    """A dispute: we open the amicable phase."""

    kind: Literal["amicable"] = "amicable"
    reasons: tuple[str, ...]
    raised: str
    months: str
    last_day: str
    court: str


Says = (
    TerminationSays | FormalNoticeSays | TerminationReasonsSays | CommentsSays | AccountManagerSays | RequestSays
    | DestructionSays | IncidentSays | RenewalSays | AmicableSays
)  # fmt: skip
"""What any letter says."""


Sending = Literal["lrar", "lr", "plain"]


class Head(Frozen):
    """Who writes, from where, and how to reach them.

    Attributes:
        lines: our address as on an envelope.
        service: the service that carries the convention.
        followed_by: the function that runs it; ``mail`` its address.
        party: our institution as a sentence names it, as in « la commune de … ».
    """

    lines: tuple[str, ...]
    service: str
    followed_by: str
    mail: str
    party: str


class Signature(Frozen):
    """Who signs: a quality, never a name. With a delegation, the quality of whoever holds it."""

    quality: str
    delegation: str


class LetterContent(Frozen):
    """Everything a letter says.

    Attributes:
        about: the key of the item, clause or question it is about.
        reference: ours, the same on every letter about a convention.
        recipient: the address that shows in the window.
        place, dated: of the signature; ``dated`` empty leaves a blank.
        sending: how it leaves.
        convention: as a sentence names it; ``partner`` likewise.
        cited: the clauses it relies on.
        remarks: for whoever validates it; never printed.
    """

    kind: LetterKind
    about: str
    reference: str
    head: Head
    recipient: tuple[str, ...]
    place: str
    dated: str
    sending: Sending
    tracking: str
    subject: str
    convention: str
    number: str
    partner: str
    cited: tuple[Cited, ...]
    says: Annotated[Says, Field(discriminator="kind")]
    signature: Signature
    enclosures: tuple[str, ...]
    copies: tuple[str, ...]
    remarks: tuple[str, ...]


NAMES: Final[dict[LetterKind, Text]] = {
    "termination": Text(fr="lettre de résiliation", en="termination letter"),
    "formal-notice": Text(fr="mise en demeure", en="formal notice"),
    "termination-reasons": Text(fr="motifs d’une résiliation envisagée", en="reasons of a termination meant"),
    "comments": Text(fr="observations sur des motifs reçus", en="comments on reasons received"),
    "account-manager": Text(fr="lettre sur le gestionnaire de comptes", en="letter about the account manager"),
    "request": Text(fr="demande ou relance", en="request or reminder"),
    "destruction": Text(fr="attestation de destruction", en="certificate of destruction"),
    "incident": Text(fr="notification d’un incident", en="notice of an incident"),
    "renewal": Text(fr="lettre sur la suite à donner au terme", en="letter about what follows the term"),
    "amicable": Text(fr="recherche d’un accord amiable", en="search for an amicable settlement"),
}
"""Each letter in a few words, as the middle of a sentence takes it."""

FIELDS: Final[dict[str, Text]] = {
    "dated": Text(fr="Date de la lettre", en="Date of the letter"),
    "posted": Text(fr="Jour d’envoi prévu", en="Day of posting meant"),
    "effect": Text(fr="Dernier jour en vigueur voulu", en="Last day in force wanted"),
    "deadline": Text(fr="Jour laissé à l’autre partie", en="Day given to the other side"),
    "done_on": Text(fr="Fait le", en="Done on"),
    "reasons": Text(fr="Motifs, griefs ou objet", en="Reasons or subject"),
    "known": Text(fr="Ce qui est connu", en="What is known"),
    "measures": Text(fr="Mesures prises", en="Measures taken"),
    "pending": Text(fr="Ce qui reste à établir", en="What is still to be found out"),
    "means": Text(fr="Moyen de la destruction", en="How data were destroyed"),
    "proposed": Text(fr="Fonction proposée", en="Function proposed"),
    "to": Text(fr="Destinataire", en="Addressee"),
    "tracking": Text(fr="Numéro du recommandé", en="Number of the registered letter"),
    "place": Text(fr="Lieu de signature", en="Place of signature"),
    "delegation": Text(fr="Signataire par délégation (qualité)", en="Signed by delegation (quality)"),
    "enclosures": Text(fr="Pièces jointes", en="Enclosed"),
    "copies": Text(fr="Copies", en="Copies to"),
}
"""What a person may add, as a form names it."""

OF_EACH: Final[dict[LetterKind, tuple[str, ...]]] = {
    "termination": ("posted", "effect", "reasons"),
    "formal-notice": ("deadline", "reasons"),
    "termination-reasons": ("reasons",),
    "comments": ("reasons",),
    "account-manager": ("proposed",),
    "request": ("deadline", "reasons"),
    "destruction": ("done_on", "means", "known"),
    "incident": ("known", "measures", "pending"),
    "renewal": ("deadline",),
    "amicable": ("reasons",),
}
"""The fields that each letter uses, beside those that every letter has."""

OF_ALL: Final = ("dated", "to", "tracking", "place", "delegation", "enclosures", "copies")
"""The fields that every letter has."""

_OPTION = re.compile(r"(?:(avec) )?--([a-z][a-z-]*)")


def without_options(words: str, language: str = "fr") -> str:
    """Return a refusal that names options of the command line as the form names its fields."""

    def named(found: re.Match[str]) -> str:
        field = FIELDS.get({"enclosure": "enclosures", "copy": "copies"}.get(found[2], found[2].replace("-", "_")))
        if field is None:
            return found[0]
        label = f"« {field.in_language(language)} »"
        return f"dans le champ {label}" if found[1] else label

    return _OPTION.sub(named, words)
