"""A convention that renews itself, as seen from a day: a year from 1 March 2022, a letter received two months before its end."""

from datetime import date, datetime

from echeancier.domain.agenda.agenda import agenda, situation
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted
from echeancier.domain.messages.context import Context
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.support.door import PARIS, notice, running, small, take

CAP = {"months": 36}


def renewing(cap: dict[str, int] | None = CAP, **changes: object) -> Dossier:
    """Return the dossier of a convention that renews itself, at most three years; for ever without a cap."""
    renewal: dict[str, object] = {"how": "tacit", "period": {"months": 12}, "clauses": ["T.1"]}
    return running(small(
        effect={"rule": "fixed", "on": date(2022, 3, 1), "clauses": ["T.1"]},
        renewal=renewal if cap is None else {**renewal, "cap": cap},
        **{"termination": [notice(starts="receipt", until="term", length={"months": 2})], **changes},
    ))  # fmt: skip


def denied(dossier: Dossier) -> Dossier:
    """Record the letter that stops it at the end of its first period."""
    posted = LetterPosted(on=date(2022, 11, 2), rule="notice", by="commune")
    take(dossier, posted)
    return take(dossier, LetterDelivered(on=date(2022, 11, 4), letter=dossier.facts[-1].id))


def instant(day: str) -> datetime:
    """Return a day at ten, Paris time."""
    return datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=PARIS)


def context_of(dossier: Dossier, day: str) -> Context:
    """Return what the messages are made from, on a day."""
    return Context(dossier, instant(day), DEFAULT_POLICY)


def situation_of(dossier: Dossier, day: str) -> Situation:
    """Return where it stands, on a day."""
    return situation(dossier.convention, tuple(dossier.facts), instant(day))


def agenda_on(dossier: Dossier, day: str) -> Agenda:
    """Return its agenda, on a day."""
    return agenda(dossier.convention, tuple(dossier.facts), instant(day))
