"""What each letter says, as the template that words it receives it. Days are already in words."""

from typing import Literal

from domain.model import Frozen


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
