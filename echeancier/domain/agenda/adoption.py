"""The council's act.

Convened in clear days, voted, published, transmitted, executory; and how long what was voted lasts.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from echeancier.domain.agenda.items import TO_DO, Item, State, Warning
from echeancier.domain.agenda.procedure import Found, opening, roles_of, state_of
from echeancier.domain.dates.delay import Days, Delay, before_event
from echeancier.domain.dates.delays import (
    add_months,
    clear_days_before,
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
    Operand,
    Proof,
    Step,
    by_our_choice,
    cited,
    counted_back,
    day_given,
    given,
    note,
    plus,
    worked,
)
from echeancier.domain.dates.proof import months as in_months
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts import events as e
from echeancier.domain.model import Text
from echeancier.domain.standing.deliberations import Deliberation
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import CouncilAct
from echeancier.domain.terms.convention import Clause

LAW_EXECUTORY = Clause(
    id="CGCT-L2131-1",
    article="CGCT, art. L.2131-1 (EPCI : L.5211-3 ; département : L.3131-1 ; région : L.4141-1)",
    says="un acte est exécutoire une fois publié et transmis au préfet",
    says_en="an act is executory once published and transmitted to the prefect",
)


def council_act(s: Situation) -> Found:
    """Yield what must be done with each act."""
    for act in s.deliberations:
        yield from _make_executory(s, act)
        yield from _number_against_session(s, act)


def which(s: Situation, act: Deliberation) -> str:
    """Return how a title tells an act from the others: whose it is; nothing where the convention waits for no other."""
    name = s.convention.parties[act.party].name_on(s.today)
    return "" if act.alone else f" ({name})"


def _make_executory(s: Situation, act: Deliberation) -> Found:
    whose = which(s, act)
    steps = (
        (
            "publication", "act-published", act.published_on,
            Text(fr=f"Publier la délibération{whose}", en=f"Publish the council act{whose}"),
        ),
        (
            "transmission", "act-transmitted", act.transmitted_on,
            Text(fr=f"Transmettre la délibération au préfet{whose}", en=f"Transmit the act to the prefect{whose}"),
        ),
    )  # fmt: skip
    proof: Proof = (note("vote non enregistré"),)
    if act.adopted_on is not None:
        voted = given(act.adopted_on, VOTE, "voté le {}")
        proof = voted, *by_our_choice(act.adopted_on, s.policy.transmission_days, s.calendar)
    safe = day_given(proof, "safe")
    ours, elsewhere = act.party == s.convention.us, s.carried_elsewhere(act)
    for name, fact, done, title in steps:
        state = state_of(s, opens_on=act.adopted_on, last_day=safe, done_on=done)
        asked_there = bool(elsewhere) and state in TO_DO
        yield Item(
            series="act", occurrence=act.name, step=name, settled_by=fact, kind="act", title=title,
            clause=LAW_EXECUTORY, owed_by=act.party, owed_to=act.party,
            opens_on=act.adopted_on, safe_day=safe, anchor=act.adopted_on, rule="transmission_policy",
            proof=proof,
            certainty=Certainty.POLICY,
            state=State.WAITING if asked_there else state, done_on=done,
            standing=Text(fr=f"demandé avec {elsewhere}", en=f"asked with {elsewhere}") if asked_there else None,
            responsible=(s.convention.coordinator,) if ours else roles_of(s, act.party, ()),
            informed=() if ours else (s.convention.coordinator,),
        )  # fmt: skip


_WRITTEN_DAY = re.compile(r"(?<!\d)(\d{4}|\d{2})([./_-])(\d{2})\2(\d{2})\2\d+(?!\d)")
"""A day, then a number of its own, all apart: 2021.04.14.8. « 2021-04-12 » may be the twelfth act of April, « 2026-118 » the
hundred and eighteenth of the year: nothing is guessed from them."""


def _number_against_session(s: Situation, one: Deliberation) -> Found:
    """A number such as 2021.04.14.8 contains a date; when it is not the session's, somebody must look."""
    act, session = one.act, one.adopted_on
    if session is None:
        return
    written = {day for found in _WRITTEN_DAY.findall(act.number) for day in _days_written(session, *found)}
    if written and session not in written:
        yield Warning(
            id=warned("act-number-contradicts-session", one),
            text=Text(
                fr=f"Le numéro de la délibération ({act.number}) ne correspond pas à la séance du "
                f"{figures(session)} : vérifier lequel des deux est juste.",
                en=f"The number of the council act ({act.number}) does not match the session of {session}: check "
                "which is right.",
            ),
            clause=s.clause(act.clauses) if act.clauses else None,
        )


def warned(name: str, act: Deliberation) -> str:
    """Return the id of a warning about an act: its own where the convention waits for several."""
    return name if act.alone else f"{name}/{act.name}"


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


def latest_convocation(s: Situation, session: date, act: CouncilAct | None) -> Latest:
    """Return the last day to convene the session that votes an act.

    Clear days: neither the convocation nor the session counts, and a closed day extends nothing (CE, 13 Oct. 1993,
    d'André). « Trois jours au moins » in Alsace-Moselle, « douze » for a department or a region, may or may not be clear: the
    safe day takes them as clear.
    """
    law = law_of(s, act)
    at_least = 12 if law is LAW_CONVOCATION_ABOVE else 3 if law is LAW_CONVOCATION_MOSELLE else None
    if at_least is not None:
        days = before_event(session, Delay(days=at_least), s.calendar)
        assert days.legal is not None  # noqa: S101 - counted back, there always is one
        assert days.safe is not None  # noqa: S101 - the same
        return Latest(days.legal, days.safe, at_least, contested=True)
    number = 3 if act is not None and act.inhabitants_under_3500 else 5
    legal = clear_days_before(session, number)
    return Latest(legal, s.calendar.prev_workable(legal), number, contested=False)


def law_of(s: Situation, act: CouncilAct | None) -> Clause:
    """Return the article that counts: by the body that votes, and where its acts are done."""
    if act is not None and s.convention.parties[act.party].traits.is_above_communes:
        return LAW_CONVOCATION_ABOVE
    return LAW_CONVOCATION_MOSELLE if s.convention.place.zone == "ALSACE-MOSELLE" else LAW_CONVOCATION


def convocation(s: Situation) -> Found:
    """Yield what is wrong in the convocation of the session that voted, and in the act's identifier."""
    for act in s.deliberations:
        if act.adopted_on is not None:
            yield from _too_late(s, act, act.adopted_on)
            yield from _identifier(s, act, act.adopted_on)


def own_act(s: Situation) -> CouncilAct | None:
    """Return the act of our own assembly, else the first one; None where none votes."""
    acts = s.convention.act
    return next((act for act in acts if act.party == s.convention.us), acts[0] if acts else None)


def convocation_step(
    s: Situation, session: date, series: str, occurrence: str, *, title: Text, done: date | None
) -> Item:
    """Return the item to convene a session planned on a day."""
    act = own_act(s)
    latest = latest_convocation(s, session, act)
    opens = opening(latest.safe, s.policy.leads_for("renewal").notice)
    law = law_of(s, act)
    clear = "jours, pris par prudence pour francs" if latest.contested else "jours francs"
    return Item(
        series=series, occurrence=occurrence, step="convocation", kind="renewal", title=title, clause=law,
        owed_by=s.convention.us if act is None else act.party,
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


def _too_late(s: Situation, act: Deliberation, session: date) -> Found:
    told = [x for _, x in s.of_event(e.COUNCIL_CONVENED) if act.alone or (x.party or s.convention.us) == act.party]
    convened = [x.on for x in told if x.on <= session]
    if not convened:
        return
    day, latest = max(convened), latest_convocation(s, session, act.act)
    clear = clear_days_before(session, latest.days)
    if day <= clear:
        return
    doubtful = latest.contested and day <= latest.legal
    yield Warning(
        id=warned("council-convened-late", act),
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
        clause=law_of(s, act.act),
        permanent=True,
    )


def _identifier(s: Situation, one: Deliberation, session: date) -> Found:
    """The identifier printed by the prefecture's platform carries the day of the act: 038-SIREN-20210412-number-DE."""
    act = one.act
    parts = act.transmission_id.split("-")
    stamp = next((part for part in parts if len(part) == len("20210412") and part.isdigit()), None)
    if stamp is None or stamp == f"{session:%Y%m%d}":
        return
    yield Warning(
        id=warned("transmission-id-contradicts-session", one),
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
    for act in s.deliberations:
        if act.act.authorises_months is not None and not authority_is_whole(s, act.act):
            yield from _new_votes(s, act, act.act.authorises_months)


def _new_votes(s: Situation, act: Deliberation, voted: int) -> Found:
    end = s.natural_end
    if s.effect_on is None or end is None:
        return
    if s.convention.effect.rule != "fixed":  # an annex signed later: its parent's file asks for the same vote
        return
    settled = s.reading(act.act.clauses, ("one-year", WHOLE_TERM), "one-year").settled
    times = 1
    while (runs_out := term_last_day(s.effect_on, voted * times)) < end:
        yield _new_vote(s, act, times, runs_out, settled=settled)
        times += 1


def authority_is_whole(s: Situation, act: CouncilAct) -> bool:
    """Whether it was answered that the vote covers the whole term."""
    reading = s.reading(act.clauses, ("one-year", WHOLE_TERM), "one-year")
    return reading.settled and reading.id == WHOLE_TERM


def _runs_out(s: Situation, act: CouncilAct, times: int, runs_out: date, safe: date) -> Proof:
    effect = s.effect_on
    assert effect is not None  # noqa: S101 - the caller looked
    voted = act.authorises_months or 0
    whole = Operand(TermLength("months", voted * times), cited(act.clauses))
    before, morrow = add_months(runs_out, -1), runs_out + timedelta(days=1)
    return (
        Step("term", (Operand(effect, EFFECT), whole), runs_out, f"{voted} mois votés par période → {{}}", "legal"),
        in_months(runs_out, -1, POLICY, before),
        worked("prev_workable", before, safe, " ; vote un mois avant"),
        plus(runs_out, ONE_DAY, LAW, morrow, ", rendu exécutoire dans la semaine, donc avant le {}"),
    )


def _new_vote(s: Situation, one: Deliberation, times: int, runs_out: date, *, settled: bool) -> Item:
    act, whose = one.act, which(s, one)
    year, step = str(runs_out.year), "" if one.alone else one.name
    safe = renewal_plan(runs_out, s.calendar).vote
    opens = opening(safe, s.policy.leads_for("renewal").notice)
    done = s.done_on(key_of("authority", year, step))
    state = state_of(s, opens_on=opens, last_day=runs_out, done_on=done)
    if s.ends_on is not None and s.ends_on <= runs_out and state is not State.DONE:
        state = State.CANCELLED
    return Item(
        series="authority", occurrence=year, step=step, kind="renewal",
        title=Text(
            fr=f"Nouveau vote : l’habilitation votée s’arrête le {figures(runs_out)}{whose}",
            en=f"New vote: the authority voted runs out on {runs_out}{whose}",
        ),
        clause=s.clause(act.clauses) if act.clauses else s.clause(s.convention.term.clauses),
        owed_by=act.party, owed_to=s.convention.together,
        opens_on=opens, legal_last_day=runs_out, safe_day=safe, rule="authority_runs_out",
        proof=_runs_out(s, act, times, runs_out, safe),
        certainty=Certainty.CERTAIN if settled else Certainty.CONTESTED, state=state, done_on=done,
        responsible=(s.convention.coordinator,), informed=(s.convention.manager,),
    )  # fmt: skip
