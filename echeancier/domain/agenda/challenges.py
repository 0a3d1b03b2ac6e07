"""The delays that others have against a deliberation, and against the convention: to the judge, or by a gracious appeal."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from echeancier.domain.agenda.adoption import which
from echeancier.domain.agenda.items import Item, Nature, State
from echeancier.domain.agenda.procedure import Found
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.delays import add_months, franc_months
from echeancier.domain.dates.proof import LAW, ONE_DAY, Gives, Proof, given, kept, note, plus, without_words, worked
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.declared import Pair
from echeancier.domain.facts.act import PREFECT
from echeancier.domain.facts.signing import ContractPublicised
from echeancier.domain.model import Text
from echeancier.domain.standing.appeals import MONTHS, Appeal, is_in_time, open_until, refused_by_silence
from echeancier.domain.standing.deliberations import Deliberation
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Clause

LAW_RECOURSE = Clause(
    id="CJA-R421-1",
    article="CJA, art. R.421-1",
    says="deux mois francs pour saisir le juge",
    says_en="two clear months to apply to the court",
)
LAW_DEFERRAL = Clause(
    id="CGCT-L2131-6",
    article="CGCT, art. L.2131-6",
    says="le préfet a deux mois francs à compter de la transmission",
    says_en="the prefect has two clear months from transmission",
)
LAW_CONTRACT = Clause(
    id="CE-358994",
    article="CE, Ass., 4 avril 2014, n° 358994 (Tarn-et-Garonne)",
    says="les tiers ont deux mois à compter d’une publicité appropriée du contrat",
    says_en="third parties have two months from appropriate publicity of the contract",
)


def challenges(s: Situation) -> Found:
    """Yield the delays that others have against each act, and against the convention once its signature is public."""
    for act in s.deliberations:
        yield from _of_an_act(s, act)
    if s.convention.act:
        publicity = s.last(ContractPublicised)
        title = "Recours des tiers contre la convention signée", "Third parties’ challenge of the signed convention"
        yield _challenge(
            s,
            Delayed("contract", title, LAW_CONTRACT, "publicité de la signature"),
            None if publicity is None else publicity.on,
        )


def _of_an_act(s: Situation, act: Deliberation) -> Found:
    title = "Recours des tiers contre la délibération", "Third parties’ challenge of the council act"
    third_parties = Delayed("third-parties", title, LAW_RECOURSE, "publication", act)
    yield _challenge(s, third_parties, act.published_on)
    title = "Recours des membres de l’assemblée", "Challenge by members of the assembly"
    yield _challenge(s, Delayed("councillors", title, LAW_RECOURSE, "séance", act), act.adopted_on)
    against = tuple(one for one in act.appeals if act.adopted_on is None or one.lodged_on >= act.adopted_on)
    of_the_prefect = next((one for one in against if one.appellant == PREFECT), None)
    title = "Déféré préfectoral", "Referral by the prefect"
    yield _challenge(
        s, Delayed("prefect", title, LAW_DEFERRAL, "transmission", act, of_the_prefect), act.transmitted_on
    )
    for appeal in against:
        if appeal is not of_the_prefect:
            title = (
                f"Recours contre la délibération, après le recours gracieux de « {appeal.appellant} »",
                f"Challenge of the council act, after the gracious appeal of “{appeal.appellant}”",
            )
            whose = replace(third_parties, who=f"third-parties/{appeal.appellant}", title=title, appeal=appeal)
            yield _challenge(s, whose, act.published_on)


@dataclass(frozen=True)
class Delayed:
    """A delay that somebody has.

    Attributes:
        who: has it.
        origin: what starts it, in French.
        act: against which act; None against the convention.
        appeal: the gracious appeal that interrupts it, None without one.
    """

    who: str
    title: Pair
    law: Clause
    origin: str
    act: Deliberation | None = None
    appeal: Appeal | None = None


def _challenge(s: Situation, of: Delayed, start: date | None) -> Item:
    last, proof = (None, (note(f"{of.origin} non enregistrée"),)) if start is None else _last_day(s, start, of.origin)
    waits = False
    if start is not None and of.appeal is not None:
        last, proof = _after_appeal(s, start, of.appeal, proof)
        waits = last is None
    whose, (fr, en) = "" if of.act is None else which(s, of.act), of.title
    return Item(
        series="recourse", occurrence=of.act.name if of.act else "", step=of.who,
        nature=Nature.RIGHT_OF_OTHERS, settled_by=None, kind="recourse",
        title=Text(fr=f"{fr}{whose}", en=f"{en}{whose}"), clause=of.law,
        owed_by=s.convention.together, owed_to=s.convention.together,
        opens_on=start, legal_last_day=last, rule="franc_months", proof=proof,
        certainty=Certainty.CONTESTED if waits or _month_end(start) else Certainty.CERTAIN,
        state=_recourse_state(s, start, last),
    )  # fmt: skip


def _last_day(s: Situation, start: date, origin: str, source: str = "recorded") -> tuple[date, Proof]:
    last = franc_months(start, 2, s.calendar)
    return last, (
        given(start, source, f"{origin} le {{}}"),
        *_two_clear_months(start, last, " ; délai franc, reporté au premier jour ouvré → {}", "legal"),
        note(f" (présumé purgé {s.policy.recourse_margin_days} jours plus tard)"),
    )


def _two_clear_months(start: date, last: date, says: str, gives: Gives = "") -> Proof:
    raw = add_months(start, MONTHS)
    morrow = raw + timedelta(days=1)
    return (
        plus(start, Delay(months=MONTHS), LAW, raw),
        plus(raw, ONE_DAY, LAW, morrow, ""),
        worked("next_open", morrow, last, says, gives),
    )


def _after_appeal(s: Situation, start: date, appeal: Appeal, proof: Proof) -> tuple[date | None, Proof]:
    """The delay of whoever lodged an appeal; never closed by silence, whose day is said beside (CJA R.421-3, 1°)."""
    if not is_in_time(start, appeal, s.calendar):
        late = given(appeal.lodged_on, appeal.fact, " ; recours gracieux du {}, reçu trop tard pour rouvrir ce délai")
        return open_until(start, appeal, s.calendar), (*proof, late)
    if appeal.answered_on is not None:
        last, counted = _last_day(s, appeal.answered_on, " ; refus exprès notifié", appeal.answer)
        return last, (given(appeal.lodged_on, appeal.fact, "recours gracieux du {}"), *counted)
    refused = refused_by_silence(appeal)
    other = franc_months(refused, MONTHS, s.calendar)
    return None, (
        given(
            appeal.lodged_on,
            appeal.fact,
            "recours gracieux du {} : délai interrompu, ouvert jusqu’à une réponse expresse",
        ),
        plus(
            appeal.lodged_on,
            Delay(months=MONTHS),
            LAW,
            refused,
            " ; autre lecture, refusé par deux mois de silence le {}",
        ),
        *without_words(_two_clear_months(refused, other, "")),
        kept(other, " : jusqu’au {}"),
    )


def _month_end(start: date | None) -> bool:
    """Whether the delay is clamped to a shorter month: some authors then stop a day earlier."""
    return start is not None and add_months(start, 2).day != start.day


def _recourse_state(s: Situation, start: date | None, last: date | None) -> State:
    if start is None:
        return State.WAITING
    if last is None or s.today <= last + timedelta(days=s.policy.recourse_margin_days):
        return State.RUNNING
    return State.ELAPSED
