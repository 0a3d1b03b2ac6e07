"""The council's act.

Convened in clear days, voted, published, transmitted, executory, open to challenge; and how long what was voted
lasts.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from echeancier.domain.agenda.items import Item, Nature, State, Warning
from echeancier.domain.agenda.procedure import Found, opening, state_of
from echeancier.domain.dates.delay import Days, Delay, before_event
from echeancier.domain.dates.delays import (
    add_months,
    clear_days_before,
    franc_months,
    renewal_plan,
    term_last_day,
)
from echeancier.domain.dates.first_term import TermLength
from echeancier.domain.dates.proof import (
    EFFECT,
    LAW,
    ONE_DAY,
    POLICY,
    VOTE,
    Gives,
    Operand,
    Proof,
    Step,
    by_our_choice,
    cited,
    counted_back,
    day_given,
    given,
    kept,
    note,
    plus,
    without_words,
    worked,
)
from echeancier.domain.dates.proof import months as in_months
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts import events as e
from echeancier.domain.facts.act import PREFECT
from echeancier.domain.facts.signing import ContractPublicised
from echeancier.domain.model import Text
from echeancier.domain.standing.appeals import MONTHS, Appeal, is_in_time, open_until, refused_by_silence
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Clause

LAW_EXECUTORY = Clause(
    id="CGCT-L2131-1",
    article="CGCT, art. L.2131-1 (EPCI : L.5211-3 ; département : L.3131-1 ; région : L.4141-1)",
    says="un acte est exécutoire une fois publié et transmis au préfet",
    says_en="an act is executory once published and transmitted to the prefect",
)
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


def council_act(s: Situation) -> Found:
    """Yield what must be done with the act and the delays others have against it."""
    if s.convention.act is None:
        return
    yield from _make_executory(s)
    yield _challenge(
        s, "third-parties", s.published_on, law=LAW_RECOURSE, origin="publication",
        title=Text(fr="Recours des tiers contre la délibération", en="Third parties’ challenge of the council act"),
    )  # fmt: skip
    yield _challenge(
        s, "councillors", s.adopted_on, law=LAW_RECOURSE, origin="séance",
        title=Text(fr="Recours des membres de l’assemblée", en="Challenge by members of the assembly"),
    )  # fmt: skip
    against = tuple(one for one in s.appeals if s.adopted_on is None or one.lodged_on >= s.adopted_on)
    of_the_prefect = next((one for one in against if one.appellant == PREFECT), None)
    yield _challenge(
        s, "prefect", s.transmitted_on, law=LAW_DEFERRAL, origin="transmission", appeal=of_the_prefect,
        title=Text(fr="Déféré préfectoral", en="Referral by the prefect"),
    )  # fmt: skip
    for appeal in against:
        if appeal is not of_the_prefect:
            yield _challenge(
                s, "third-parties", s.published_on, law=LAW_RECOURSE, origin="publication", appeal=appeal,
                title=Text(
                    fr=f"Recours contre la délibération, après le recours gracieux de « {appeal.appellant} »",
                    en=f"Challenge of the council act, after the gracious appeal of “{appeal.appellant}”",
                ),
            )  # fmt: skip
    publicity = s.last(ContractPublicised)
    yield _challenge(
        s, "contract", publicity.on if publicity else None, law=LAW_CONTRACT, origin="publicité de la signature",
        title=Text(
            fr="Recours des tiers contre la convention signée", en="Third parties’ challenge of the signed convention"
        ),
    )  # fmt: skip
    yield from _number_against_session(s)


_TRANSMIT = Text(fr="Transmettre la délibération au préfet", en="Transmit the act to the prefect")


def _make_executory(s: Situation) -> Found:
    owner = s.convention.act.party if s.convention.act else ""
    steps = (
        ("publication", "act-published", s.published_on, Text(fr="Publier la délibération", en="Publish the council act")),
        ("transmission", "act-transmitted", s.transmitted_on, _TRANSMIT),
    )  # fmt: skip
    proof: Proof = (note("vote non enregistré"),)
    if s.adopted_on is not None:
        voted = given(s.adopted_on, VOTE, "voté le {}")
        proof = voted, *by_our_choice(s.adopted_on, s.policy.transmission_days, s.calendar)
    safe = day_given(proof, "safe")
    for name, fact, done, title in steps:
        yield Item(
            series="act", occurrence=name, settled_by=fact, kind="act", title=title,
            clause=LAW_EXECUTORY, owed_by=owner, owed_to=owner,
            opens_on=s.adopted_on, safe_day=safe, anchor=s.adopted_on, rule="transmission_policy",
            proof=proof,
            certainty=Certainty.POLICY,
            state=state_of(s, opens_on=s.adopted_on, last_day=safe, done_on=done), done_on=done,
            responsible=(s.convention.coordinator,),
        )  # fmt: skip


def _challenge(
    s: Situation, who: str, start: date | None, *, law: Clause, title: Text, origin: str, appeal: Appeal | None = None
) -> Item:
    last, proof = (None, (note(f"{origin} non enregistrée"),)) if start is None else _last_day(s, start, origin)
    waits = False
    if start is not None and appeal is not None:
        last, proof = _after_appeal(s, start, appeal, proof)
        waits = last is None
    return Item(
        series="recourse", occurrence=who, step=appeal.appellant if appeal and appeal.appellant != PREFECT else "",
        nature=Nature.RIGHT_OF_OTHERS, settled_by=None, kind="recourse",
        title=title, clause=law, owed_by=s.convention.together, owed_to=s.convention.together,
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


_WRITTEN_DAY = re.compile(r"(?<!\d)(\d{4}|\d{2})([./_-])(\d{2})\2(\d{2})\2\d+(?!\d)")
"""A day, then a number of its own, all apart: 2021.04.14.8. « 2021-04-12 » may be the twelfth act of April, « 2026-118 » the
hundred and eighteenth of the year: nothing is guessed from them."""


def _number_against_session(s: Situation) -> Found:
    """A number such as 2021.04.14.8 contains a date; when it is not the session's, somebody must look."""
    act = s.convention.act
    if act is None or s.adopted_on is None:
        return
    written = {day for found in _WRITTEN_DAY.findall(act.number) for day in _days_written(s.adopted_on, *found)}
    if written and s.adopted_on not in written:
        yield Warning(
            id="act-number-contradicts-session",
            text=Text(
                fr=f"Le numéro de la délibération ({act.number}) ne correspond pas à la séance du "
                f"{figures(s.adopted_on)} : vérifier lequel des deux est juste.",
                en=f"The number of the council act ({act.number}) does not match the session of {s.adopted_on}: check "
                "which is right.",
            ),
            clause=s.clause(act.clauses) if act.clauses else None,
        )


def _days_written(session: date, first: str, _: str, month: str, last: str) -> Iterator[date]:
    """Every day that three numbers may be; two figures first may be a year, a day or the code of a subject.

    Only one of the year of the session shows that they are a day at all.
    """
    short = len(first) == 2
    for year, day in ((2000 + int(first), last), (2000 + int(last), first)) if short else ((int(first), last),):
        with suppress(ValueError):
            found = date(year, int(month), int(day))
            if not short or found.year == session.year:
                yield found


LAW_CONVOCATION = Clause(
    id="CGCT-L2121-12",
    article="CGCT, art. L.2121-12 (moins de 3 500 habitants : L.2121-11 ; EPCI : L.5211-1)",
    says="cinq jours francs avant la séance, trois dans une commune de moins de 3 500 habitants",
    says_en="five clear days before the session, three in a commune of under 3,500 inhabitants",
)
LAW_CONVOCATION_MOSELLE = Clause(
    id="CGCT-L2541-2",
    article="CGCT, art. L.2541-2 (Bas-Rhin, Haut-Rhin, Moselle)",
    says="« trois jours au moins » avant la séance",
    says_en="“at least three days” before the session",
)
LAW_CONVOCATION_ABOVE = Clause(
    id="CGCT-L3121-19",
    article="CGCT, art. L.3121-19 (région : L.4132-18)",
    says="le rapport est adressé « douze jours au moins » avant la réunion",
    says_en="the report is sent “at least twelve days” before the meeting",
)


@dataclass(frozen=True)
class Latest:
    """The last day to convene a session: by the text, and to be safe. They differ in reading where it is contested."""

    legal: date
    safe: date
    days: int
    contested: bool


def latest_convocation(s: Situation, session: date) -> Latest:
    """Return the last day to convene a session.

    Clear days: neither the convocation nor the session counts, and a closed day extends nothing (CE, 13 Oct. 1993,
    d'André). « Trois jours au moins » in Alsace-Moselle, « douze » for a department or a region, may or may not be clear: the
    safe day takes them as clear.
    """
    act, law = s.convention.act, law_of(s)
    at_least = 12 if law is LAW_CONVOCATION_ABOVE else 3 if law is LAW_CONVOCATION_MOSELLE else None
    if at_least is not None:
        days = before_event(session, Delay(days=at_least), s.calendar)
        assert days.legal is not None  # noqa: S101 - counted back, there always is one
        assert days.safe is not None  # noqa: S101 - the same
        return Latest(days.legal, days.safe, at_least, contested=True)
    number = 3 if act is not None and act.inhabitants_under_3500 else 5
    legal = clear_days_before(session, number)
    return Latest(legal, s.calendar.prev_workable(legal), number, contested=False)


def law_of(s: Situation) -> Clause:
    """Return the article that counts: by the body that votes, and where its acts are done."""
    act = s.convention.act
    if act is not None and s.convention.parties[act.party].kind in ("departement", "region"):
        return LAW_CONVOCATION_ABOVE
    return LAW_CONVOCATION_MOSELLE if s.convention.place.zone == "ALSACE-MOSELLE" else LAW_CONVOCATION


def convocation(s: Situation) -> Found:
    """Yield what is wrong in the convocation of the session that voted, and in the act's identifier."""
    if s.convention.act is None or s.adopted_on is None:
        return
    yield from _too_late(s, s.adopted_on)
    yield from _identifier(s, s.adopted_on)


def convocation_step(
    s: Situation, session: date, series: str, occurrence: str, *, title: Text, done: date | None
) -> Item:
    """Return the item to convene a session planned on a day."""
    latest = latest_convocation(s, session)
    opens = opening(latest.safe, s.policy.leads_for("renewal").notice)
    law = law_of(s)
    clear = "jours, pris par prudence pour francs" if latest.contested else "jours francs"
    return Item(
        series=series, occurrence=occurrence, step="convocation", kind="renewal", title=title, clause=law,
        owed_by=s.convention.act.party if s.convention.act else s.convention.us,
        owed_to=s.convention.together, opens_on=opens, legal_last_day=latest.legal, safe_day=latest.safe,
        rule="convocation_at_least" if latest.contested else "clear_days_before",
        proof=_clear_days(latest, session, clear),
        certainty=Certainty.POLICY, state=state_of(s, opens_on=opens, last_day=latest.legal, done_on=done), done_on=done,
        responsible=(s.convention.coordinator,),
    )  # fmt: skip


def _clear_days(latest: Latest, session: date, clear: str) -> Proof:
    """So many days between the convocation and the session, neither of them counted."""
    delay = Delay(days=latest.days) if latest.contested else Delay(clear_days=latest.days)
    first, *between, moved = counted_back(session, delay, Days(latest.legal, latest.safe), LAW)
    said = given(session, POLICY, f"{latest.days} {clear} avant le vote prévu le {{}} → ")
    if latest.contested or latest.safe == latest.legal:
        return said, first, *between, moved._replace(says="{} au plus tard")
    return said, first._replace(says="{} au plus tard"), *between, moved._replace(says=" ; jour non ouvré → {}")


def _too_late(s: Situation, session: date) -> Found:
    convened = [x.on for _, x in s.of_event(e.COUNCIL_CONVENED) if x.on <= session]
    if not convened:
        return
    day, latest = max(convened), latest_convocation(s, session)
    clear = clear_days_before(session, latest.days)
    if day <= clear:
        return
    doubtful = latest.contested and day <= latest.legal
    yield Warning(
        id="council-convened-late",
        text=Text(
            fr=f"Assemblée convoquée le {figures(day)} pour une séance du {figures(session)} : {latest.days} jours francs "
            f"demandaient le {figures(clear)} au plus tard. "
            + (
                "« Au moins » tant de jours : francs ou non, c’est contesté."
                if doubtful
                else "La délibération est fragile."
            ),
            en=f"Assembly convened on {day} for a session of {session}: {latest.days} clear days meant {clear} at the latest. "
            + (
                "Whether “at least” so many days are clear is contested."
                if doubtful
                else "The council act is open to challenge."
            ),
        ),
        clause=law_of(s),
        permanent=True,
    )


def _identifier(s: Situation, session: date) -> Found:
    """The identifier printed by the prefecture's platform carries the day of the act: 038-SIREN-20210412-number-DE."""
    act = s.convention.act
    parts = act.transmission_id.split("-") if act is not None else []
    stamp = next((part for part in parts if len(part) == len("20210412") and part.isdigit()), None)
    if act is None or stamp is None or stamp == f"{session:%Y%m%d}":
        return
    yield Warning(
        id="transmission-id-contradicts-session",
        text=Text(
            fr=f"L’identifiant de télétransmission ({act.transmission_id}) porte un autre jour que la séance du "
            f"{figures(session)} : "
            "vérifier lequel des deux est juste.",
            en=f"The transmission identifier ({act.transmission_id}) carries another day than the session of "
            f"{session}: check which is right.",
        ),
        clause=s.clause(act.clauses) if act.clauses else None,
    )


WHOLE_TERM = "three-years"


def authority(s: Situation) -> Found:
    """Yield one new vote for each time that the authority voted runs out before the term.

    Contested: authorising the signature may have approved the whole text. The prudent reading runs until the question
    of the paper is answered; a question answered the other way takes these items away.
    """
    act, end = s.convention.act, s.natural_end
    if act is None or act.authorises_months is None or s.effect_on is None or end is None or authority_is_whole(s):
        return
    if s.convention.effect.rule != "fixed":  # an annex signed later: its parent's file asks for the same vote
        return
    settled = s.reading(act.clauses, ("one-year", WHOLE_TERM), "one-year").settled
    times = 1
    while (runs_out := term_last_day(s.effect_on, act.authorises_months * times)) < end:
        yield _new_vote(s, times, runs_out, settled=settled)
        times += 1


def authority_is_whole(s: Situation) -> bool:
    """Whether it was answered that the vote covers the whole term."""
    act = s.convention.act
    if act is None:
        return True
    reading = s.reading(act.clauses, ("one-year", WHOLE_TERM), "one-year")
    return reading.settled and reading.id == WHOLE_TERM


def _runs_out(s: Situation, times: int, runs_out: date, safe: date) -> Proof:
    act, effect = s.convention.act, s.effect_on
    assert act is not None  # noqa: S101 - the caller looked
    assert effect is not None  # noqa: S101 - the same
    voted = act.authorises_months or 0
    whole = Operand(TermLength("months", voted * times), cited(act.clauses))
    before, morrow = add_months(runs_out, -1), runs_out + timedelta(days=1)
    return (
        Step("term", (Operand(effect, EFFECT), whole), runs_out, f"{voted} mois votés par période → {{}}", "legal"),
        in_months(runs_out, -1, POLICY, before),
        worked("prev_workable", before, safe, " ; vote un mois avant"),
        plus(runs_out, ONE_DAY, LAW, morrow, ", rendu exécutoire dans la semaine, donc avant le {}"),
    )


def _new_vote(s: Situation, times: int, runs_out: date, *, settled: bool) -> Item:
    act = s.convention.act
    assert act is not None  # noqa: S101 - the caller looked
    safe = renewal_plan(runs_out, s.calendar).vote
    opens = opening(safe, s.policy.leads_for("renewal").notice)
    done = s.done_on(key_of("authority", str(runs_out.year)))
    state = state_of(s, opens_on=opens, last_day=runs_out, done_on=done)
    if s.ends_on is not None and s.ends_on <= runs_out and state is not State.DONE:
        state = State.CANCELLED
    return Item(
        series="authority", occurrence=str(runs_out.year), kind="renewal",
        title=Text(
            fr=f"Nouveau vote : l’habilitation votée s’arrête le {figures(runs_out)}",
            en=f"New vote: the authority voted runs out on {runs_out}",
        ),
        clause=s.clause(act.clauses) if act.clauses else s.clause(s.convention.term.clauses),
        owed_by=act.party, owed_to=s.convention.together,
        opens_on=opens, legal_last_day=runs_out, safe_day=safe, rule="authority_runs_out",
        proof=_runs_out(s, times, runs_out, safe),
        certainty=Certainty.CERTAIN if settled else Certainty.CONTESTED, state=state, done_on=done,
        responsible=(s.convention.coordinator,), informed=(s.convention.manager,),
    )  # fmt: skip
