"""An event that starts a delay; the names of those that procedures read, beside what an ``[[event_duty]]`` waits for."""

from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AwareDatetime

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import AnyFact
from echeancier.domain.facts.description import KindWords, Note, kind_words
from echeancier.domain.model import OneLine, Slug
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.money import CREDITS_REFUSED, CREDITS_VOTED


class Happened(AnyFact):
    """An event that starts a delay: a delivery received, an account manager who left, a breach discovered.

    ``at`` is the instant, when the delay is in hours; with its offset, because a local time can exist twice. ``party``
    is whose event it is (who found the breach, who was asked), us when left out.
    """

    kind: Literal["event"] = "event"
    COUNTS_ONCE_TOLD: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Événement", "Event"),
        says=("un événement qu’une clause attend est arrivé", "an event that a clause waits for happened"),
        on=("jour de l’événement", "day of the event"),
    )
    event: Annotated[
        Slug,
        field_words(
            "l’événement, comme data-delivered", "the event, as in data-delivered", label=("Événement", "Event")
        ),
    ]
    on: date
    party: Annotated[
        Slug | None,
        field_words(
            "à qui il est arrivé (qui a trouvé la violation, reçu la demande) ; nous, si rien n’est dit",
            "to whom it happened (who found the breach, was asked); us unless said",
            label=("Partie", "Party"),
        ),
    ] = None
    at: Annotated[
        AwareDatetime | None,
        field_words(
            "l’heure et son décalage, si le délai se compte en heures",
            "the hour and its offset, where the delay is in hours",
            label=("Heure, si le délai se compte en heures", "Hour, where the delay is in hours"),
        ),
    ] = None
    label: Annotated[
        OneLine,
        field_words(
            "ce qui distingue cette fois des autres", "what tells this time from others", label=("Libellé", "Label")
        ),
    ] = ""
    note: Note = ""


DISPUTE_RAISED: Final = "dispute-raised"
AGENT_ABSENT: Final = "agent-absent"
AGENT_BACK: Final = "agent-back"
AGENT_LEFT: Final = "agent-left"
DOCUMENT_SIGNED: Final = "document-signed"
COUNCIL_CONVENED: Final = "council-convened"
MANAGER_PROPOSED: Final = "account-manager-proposed"
MANAGER_AGREED: Final = "account-manager-agreed"
MANAGER_REFUSED: Final = "account-manager-refused"
MANAGER_LEFT: Final = "account-manager-left"

SUSPENDED: Final = "suspended"
"""Derived: the day a suspension begins; never recorded."""
TERMINATED_FOR_BREACH: Final = "terminated-for-breach"
"""Derived: the last day in force after a breach was maintained; never recorded."""

OF_THE_CONVENTION: Final = ("effective", "signed", "executory", "ended")
"""Events of a convention's own life: nobody records them, they follow from its dates."""

DERIVED: Final = frozenset({SUSPENDED, TERMINATED_FOR_BREACH})


def events_read(convention: Convention) -> tuple[str, ...]:
    """Return the events that some block of the convention reads by name, the event duties left out."""
    found: list[str] = []
    if convention.act:
        found.append(COUNCIL_CONVENED)
    found += [one for one in (convention.effect.event, *convention.term.events) if one is not None]
    for rule in convention.termination:
        found += [block.event for block in (rule.within, rule.requires) if block is not None]
    for end in convention.automatic_end:
        found += [end.event] if end.unless is None else [end.event, end.unless]
    if any(one.hangs_on_vote for one in convention.payment):
        found += [CREDITS_VOTED, CREDITS_REFUSED]
    for gate in convention.gate:
        found += [one for one in (*gate.opens, *gate.needs) if one not in convention.titles_of_duties]
    if convention.dispute is not None:
        found.append(DISPUTE_RAISED)
    if convention.suspension is not None:
        found += [AGENT_ABSENT, AGENT_BACK, AGENT_LEFT]
    if convention.account_manager is not None:
        found += [MANAGER_PROPOSED, MANAGER_AGREED, MANAGER_REFUSED, MANAGER_LEFT]
    return tuple(found)
