"""Convening the council: how many clear days before the session, and whether it was done in time."""

from dataclasses import dataclass
from datetime import date

from domain import events as e
from domain.convention import Clause
from domain.delays import clear_days_before, notice_before
from domain.items import Certainty, Item, Warning
from domain.model import Text
from domain.procedures.shape import Found, opening, state_of
from domain.situation import Situation
from domain.words import figures

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
    d'André). In Alsace-Moselle, « trois jours au moins » may or may not be clear: the safe day takes them as clear.
    """
    act = s.convention.act
    if s.convention.place.zone == "ALSACE-MOSELLE":
        bounds = notice_before(session, 3, s.calendar)
        return Latest(bounds.legal, bounds.safe, 3, contested=True)
    days = 3 if act is not None and act.inhabitants_under_3500 else 5
    legal = clear_days_before(session, days)
    return Latest(legal, s.calendar.prev_workable(legal), days, contested=False)


def law_of(s: Situation) -> Clause:
    """Return the article that counts where the acts are done."""
    return LAW_CONVOCATION_MOSELLE if s.convention.place.zone == "ALSACE-MOSELLE" else LAW_CONVOCATION


def convocation(s: Situation) -> Found:
    """Yield what is wrong in the convocation of the session that voted, and in the act's identifier."""
    if s.convention.act is None or s.adopted_on is None:
        return
    yield from _too_late(s, s.adopted_on)
    yield from _identifier(s, s.adopted_on)


def convocation_step(s: Situation, session: date, key: str, *, title: Text, done: date | None) -> Item:
    """Return the item to convene a session planned on a day."""
    latest = latest_convocation(s, session)
    opens = opening(latest.safe, s.policy.leads_for("renewal").notice)
    law = law_of(s)
    clear = "jours, pris par prudence pour francs" if latest.contested else "jours francs"
    return Item(
        key=key, kind="renewal", title=title, clause=law, owed_by=s.convention.act.party if s.convention.act else s.convention.us,
        owed_to="both", opens_on=opens, legal_last_day=latest.legal, safe_day=latest.safe,
        rule="convocation_moselle" if latest.contested else "clear_days_before",
        trace=f"{latest.days} {clear} avant le vote prévu le {figures(session)} → {_until(latest)}",
        certainty=Certainty.POLICY, state=state_of(s, opens_on=opens, last_day=latest.legal, done_on=done), done_on=done,
        responsible=(s.convention.coordinator,),
    )  # fmt: skip


def _until(latest: Latest) -> str:
    if latest.contested or latest.safe == latest.legal:
        return f"{figures(latest.safe)} au plus tard"
    return f"{figures(latest.legal)} au plus tard ; jour non ouvré → {figures(latest.safe)}"


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
                "« Trois jours au moins » : francs ou non, c’est contesté."
                if doubtful
                else "La délibération est fragile."
            ),
            en=f"Assembly convened on {day} for a session of {session}: {latest.days} clear days meant {clear} at the latest. "
            + (
                "Whether the three days are clear is contested."
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
