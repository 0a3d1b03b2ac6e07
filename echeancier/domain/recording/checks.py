"""What a fact passes at the door, in order: the dossier, the day, its own kind, then the whole agenda."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from echeancier.domain.facts import recorded as f
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.mail import InvitationAnswered, MailUndelivered
from echeancier.domain.facts.meetings import MeetingMinutes
from echeancier.domain.facts.people import Away, PartyChanged, RoleChanged, TerritoryChanged
from echeancier.domain.facts.personal_data import AnswerExtended, CertificateReceived, HoldReviewed, IncidentAssessed
from echeancier.domain.facts.recorded import FollowedBy
from echeancier.domain.facts.refusal import en, fr, refusal
from echeancier.domain.facts.signing import SignatureCirculated, SignatureRefused
from echeancier.domain.recording import act, duties, letters, meetings, personal_data
from echeancier.domain.recording import breach as breaches
from echeancier.domain.recording import duties as events
from echeancier.domain.recording import duties as questions
from echeancier.domain.recording import end as family
from echeancier.domain.recording import end as follow_on
from echeancier.domain.recording import end as terms
from echeancier.domain.recording import letters as validation
from echeancier.domain.recording import meetings as minutes
from echeancier.domain.recording import meetings as replies
from echeancier.domain.recording import people as institutions
from echeancier.domain.recording import people as roles
from echeancier.domain.recording import signing as circulation
from echeancier.domain.recording import signing as signature
from echeancier.domain.recording.case import Case, agenda_or_refusal, situation_at

_CHECKS: dict[type[Any], Callable[[Case, Any], None]] = {
    f.ActAdopted: act.check_adopted,
    f.ActPublished: act.check_published,
    f.ActTransmitted: act.check_transmitted,
    SignatureCirculated: circulation.check_circulated,
    SignatureRefused: circulation.check_refused,
    f.Signed: signature.check_signed,
    f.ContractPublicised: signature.check_publicised,
    f.AppealLodged: act.check_appeal_lodged,
    f.AppealAnswered: act.check_appeal_answered,
    f.DutyDone: duties.check_done,
    f.MeetingArranged: meetings.check_arranged,
    f.MeetingCancelled: meetings.check_cancelled,
    f.MeetingHeld: meetings.check_held,
    f.LetterValidated: validation.check_validated,
    MeetingMinutes: minutes.check_minutes,
    f.LetterPosted: letters.check_posted,
    f.LetterPresented: letters.check_presented,
    f.LetterDelivered: letters.check_delivered,
    f.LetterReturned: letters.check_returned,
    f.NoticeWithdrawn: letters.check_withdrawn,
    f.RenewalDecided: terms.check_renewal,
    FollowedBy: follow_on.check_followed,
    f.Amended: terms.check_amended,
    f.QuestionAnswered: questions.check_answered,
    f.LitigationOpened: duties.check_litigation_opened,
    f.LitigationClosed: duties.check_litigation_closed,
    f.Happened: events.check_happened,
    f.ParentSigned: family.check_parent,
    f.ParentEnds: family.check_parent,
    f.BreachStep: breaches.check_step,
    f.BreachClosed: breaches.check_closed,
    f.Resumed: breaches.check_resumed,
    f.AccountsCounted: breaches.check_counted,
    InvitationAnswered: replies.check_answered,
    MailUndelivered: replies.check_undelivered,
    Away: roles.check_away,
    RoleChanged: roles.check_changed,
    PartyChanged: institutions.check_party,
    TerritoryChanged: institutions.check_territory,
    IncidentAssessed: personal_data.check_assessed,
    AnswerExtended: personal_data.check_extended,
    CertificateReceived: personal_data.check_certificate,
    HoldReviewed: personal_data.check_hold,
}
"""One check for each kind of fact; a test holds it complete."""

_YEARS = 50
"""Far beyond any convention known to us (the longest runs three years) and its file."""

_ACT = (f.ActAdopted, f.ActPublished, f.ActTransmitted)


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
    others: tuple[f.Recorded, ...],
    records: tuple[f.Recorded, ...],
    fact: f.Fact,
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
    case = Case(situation_at(dossier, others, at), tuple(dossier.outbox))
    _this_century(case, fact)
    _not_ahead(case, fact)
    try:
        _CHECKS[type(fact)](case, fact)
    except (ValueError, OverflowError) as error:
        raise refusal(
            f"ces dates ne se calculent pas ensemble : {error}. Vérifier les dates du fait.",
            f"these dates cannot be computed together: {error}. Check the dates of the fact.",
        ) from error
    after = situation_at(dossier, records, at)
    if isinstance(fact, _ACT):
        act.check_signatures_stay_regular(situation_at(dossier, tuple(dossier.facts), at), after)
    agenda_or_refusal(after)


def _this_century(case: Case, fact: f.Fact) -> None:
    """Refuse a year that can only be a slip: the agenda would fill with centuries of items."""
    for value in fact.model_dump().values():
        if isinstance(value, date) and abs(value.year - case.today.year) > _YEARS:
            raise refusal(
                f"l’année {value.year} est à plus de {_YEARS} ans d’aujourd’hui ; vérifier la date.",
                f"the year {value.year} is more than {_YEARS} years from today; check the date.",
            )


def _not_ahead(case: Case, fact: f.Fact) -> None:
    """A fact has happened; only what is planned or announced, and a last day in force, may lie ahead."""
    if isinstance(fact, f.MeetingArranged | f.ParentEnds | Away | RoleChanged | PartyChanged | TerritoryChanged):
        return
    if isinstance(fact, f.BreachClosed) and fact.outcome == "maintained":
        return
    if isinstance(fact, f.Happened) and events.may_be_ahead(case, fact):
        return
    if fact.on > case.today:
        raise refusal(
            f"le {fr(fact.on)} n’est pas encore venu (aujourd’hui : {fr(case.today)}) : un fait s’enregistre "
            f"une fois arrivé.",
            f"{en(fact.on)} has not come yet (today: {en(case.today)}): a fact is recorded once it has happened.",
        )
