"""The council's act: published, transmitted, executory, then open to challenge for two clear months."""

import re
from datetime import date, timedelta

from domain import facts as f
from domain.convention import Clause
from domain.delays import add_months, franc_months
from domain.items import Certainty, Item, State, Warning
from domain.model import Text
from domain.procedures.shape import Found, state_of
from domain.situation import Situation
from domain.words import figures

LAW_EXECUTORY = Clause(
    id="CGCT-L2131-1",
    article="CGCT, art. L.2131-1 (EPCI : L.5211-3)",
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
    yield _challenge(
        s, "prefect", s.transmitted_on, law=LAW_DEFERRAL, origin="transmission",
        title=Text(fr="Déféré préfectoral", en="Referral by the prefect"),
    )  # fmt: skip
    publicity = s.last(f.ContractPublicised)
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
        ("publication", s.published_on, Text(fr="Publier la délibération", en="Publish the council act")),
        ("transmission", s.transmitted_on, _TRANSMIT),
    )  # fmt: skip
    for name, done, title in steps:
        safe = (
            s.calendar.prev_workable(s.adopted_on + timedelta(days=s.policy.transmission_days))
            if s.adopted_on
            else None
        )
        trace = (
            f"voté le {figures(s.adopted_on)} + {s.policy.transmission_days} jours"
            if s.adopted_on
            else "vote non enregistré"
        )
        yield Item(
            key=f"act/{name}", kind="act", title=title, clause=LAW_EXECUTORY, owed_by=owner, owed_to=owner,
            opens_on=s.adopted_on, safe_day=safe, anchor=s.adopted_on, rule="transmission_policy", trace=trace,
            certainty=Certainty.POLICY,
            state=state_of(s, opens_on=s.adopted_on, last_day=safe, done_on=done), done_on=done,
            responsible=(s.convention.coordinator,),
        )  # fmt: skip


def _challenge(s: Situation, who: str, start: date | None, *, law: Clause, title: Text, origin: str) -> Item:
    last, trace = (None, f"{origin} non enregistrée") if start is None else _last_day(s, start, origin)
    if who in ("third-parties", "prefect") and start is not None:
        last, trace = _after_appeal(s, who, last, trace)
    return Item(
        key=f"recourse/{who}", kind="recourse", title=title, clause=law, owed_by="both", owed_to="both",
        opens_on=start, legal_last_day=last, rule="franc_months", trace=trace,
        certainty=Certainty.CONTESTED if _month_end(start) else Certainty.CERTAIN,
        state=_recourse_state(s, start, last),
    )  # fmt: skip


def _last_day(s: Situation, start: date, origin: str) -> tuple[date, str]:
    last = franc_months(start, 2, s.calendar)
    raw = add_months(start, 2)
    return last, (
        f"{origin} le {figures(start)} + 2 mois → {figures(raw)} ; délai franc, reporté au premier jour ouvré "
        f"→ {figures(last)} (présumé purgé {s.policy.recourse_margin_days} jours plus tard)"
    )


def _after_appeal(s: Situation, who: str, last: date | None, trace: str) -> tuple[date | None, str]:
    """A gracious appeal lodged in time interrupts the delay; only an express answer starts a new one (CJA R.421-3)."""
    by = "prefect" if who == "prefect" else "third-party"
    lodged = [
        fact.on for _, fact in s.of(f.AppealLodged) if fact.by == by and (last is None or fact.on <= last)
    ]
    if not lodged:
        return last, trace
    answered = [fact.on for _, fact in s.of(f.AppealAnswered) if fact.on >= lodged[-1]]
    if not answered:
        return (
            None,
            f"recours gracieux du {figures(lodged[-1])} : délai interrompu, ouvert jusqu’à une réponse expresse",
        )
    return _last_day(s, answered[-1], "refus exprès notifié")


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
    written = {_day(*found) for found in _WRITTEN_DAY.findall(act.number)} - {None}
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


def _day(year: str, _: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    except ValueError:
        return None
