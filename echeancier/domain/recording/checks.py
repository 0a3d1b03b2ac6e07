"""What a fact passes at the door, in order: the dossier, the day, its own kind, then the whole agenda."""

from datetime import date, datetime

from echeancier.domain.facts.breach import BreachClosed
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.refusal import en, fr, refusal
from echeancier.domain.recording import (  # noqa: F401 - reading them registers their checks
    accounts,
    acknowledgement,
    act,
    breach,
    duties,
    end,
    events,
    letters,
    litigation,
    mail,
    meetings,
    money,
    parent,
    people,
    personal_data,
    pieces,
    questions,
    signing,
)
from echeancier.domain.recording.check_context import CHECKS, CheckContext, agenda_or_refusal, situation_at

_YEARS = 50
"""Far beyond any convention known to us (the longest runs three years) and its file."""


def check_open(dossier: Dossier) -> None:
    """Check that a dossier still takes facts.

    Raises:
        Refusal: it was withdrawn or closed.
    """
    if dossier.withdrawn is not None:
        raise refusal(
            f"cette convention a été enregistrée par erreur et retirée ({dossier.withdrawn.why}) : rien ne "
            f"s’y ajoute plus. "
            "Enregistrer la bonne convention sous une autre référence.",
            f"this convention was registered by mistake and withdrawn ({dossier.withdrawn.why}): nothing is "
            f"added to it. "
            "Register the right one under another reference.",
        )
    if dossier.closed_at is not None:
        day = dossier.closed_at.date()
        raise refusal(
            f"le dossier est clos depuis le {fr(day)} : rien ne s’y ajoute plus. Une suite s’enregistre "
            f"comme une nouvelle "
            "convention.",
            f"the file has been closed since {en(day)}: nothing is added to it. What follows is registered "
            f"as a new "
            "convention.",
        )


def check_among(
    dossier: Dossier,
    others: tuple[Recorded, ...],
    records: tuple[Recorded, ...],
    fact: Fact,
    at: datetime,
) -> None:
    """Check a fact against the others, then the whole with it.

    Args:
        dossier: whose terms apply; its own facts are not looked at.
        others: the records without the fact.
        records: the records with it.
        fact: what is brought to the door.
        at: aware instant of recording.

    Raises:
        Refusal: why, and what would be accepted.
    """
    check_open(dossier)
    case = CheckContext(situation_at(dossier, others, at), tuple(dossier.outbox))
    _this_century(case, fact)
    _not_ahead(case, fact)
    try:
        CHECKS[type(fact)](case, fact)
    except (ValueError, OverflowError) as error:
        raise refusal(
            f"ces dates ne se calculent pas ensemble : {error}. Vérifier les dates du fait.",
            f"these dates cannot be computed together: {error}. Check the dates of the fact.",
        ) from error
    after = situation_at(dossier, records, at)
    if fact.IS_OF_THE_ACT:
        signing.check_signatures_stay_regular(situation_at(dossier, tuple(dossier.facts), at), after)
    agenda_or_refusal(after)


def _this_century(case: CheckContext, fact: Fact) -> None:
    """Refuse a year that can only be a slip: the agenda would fill with centuries of items."""
    for value in fact.model_dump().values():
        if isinstance(value, date) and abs(value.year - case.today.year) > _YEARS:
            raise refusal(
                f"l’année {value.year} est à plus de {_YEARS} ans d’aujourd’hui ; vérifier la date.",
                f"the year {value.year} is more than {_YEARS} years from today; check the date.",
            )


def _not_ahead(case: CheckContext, fact: Fact) -> None:
    """A fact has happened; only what is planned or announced, and a last day in force, may lie ahead."""
    if fact.MAY_LIE_AHEAD:
        return
    if isinstance(fact, BreachClosed) and fact.outcome == "maintained":
        return
    if isinstance(fact, Happened) and events.may_be_ahead(case, fact):
        return
    if (day := day_of(fact)) > case.today:
        raise refusal(
            f"le {fr(day)} n’est pas encore venu (aujourd’hui : {fr(case.today)}) : un fait s’enregistre "
            f"une fois arrivé.",
            f"{en(day)} has not come yet (today: {en(case.today)}): a fact is recorded once it has happened.",
        )
