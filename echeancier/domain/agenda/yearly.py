"""What is owed on a day of each year: « le bilan de l’année, au plus tard le 31 mars »."""

from collections.abc import Iterator
from datetime import date, timedelta

from echeancier.domain.agenda.items import Item, Warning
from echeancier.domain.agenda.procedure import Found, opening, roles_of
from echeancier.domain.agenda.recurring import kept_time
from echeancier.domain.dates.calendar import day_of_year
from echeancier.domain.dates.delay import over_on
from echeancier.domain.dates.delays import Period, add_months
from echeancier.domain.dates.proof import Proof, cited, eve, given, kept, note, worked
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import Duty, YearlyDay

_ABOUT = {"previous": -1, "current": 0, "next": 1}
"""How many years from that of the day to the one it is about."""


def yearly(s: Situation) -> Found:
    """Yield, for each duty on a day of the year, one item per year that the convention covers, named after that year."""
    if s.effect_on is None:
        return
    for duty in s.convention.duty:
        if duty.when is None:
            continue
        yield from _before_the_effect(s, duty, duty.when, s.effect_on)
        for about, day in _days(s, duty.when, s.effect_on):
            for share in s.convention.shares(duty):
                yield _item(s, share, duty.when, about, day)


def _last_year(s: Situation, effect: date) -> date:
    """The last day of the years owed: until when it binds, or while that is unknown, a year ahead of today."""
    ahead = add_months(max(s.today, effect), 12)
    known = s.bound_until or s.ends_at_most
    return known if known is not None else ahead


def _days(s: Situation, when: YearlyDay, effect: date) -> Iterator[tuple[int, date]]:
    """Yield (year it is about, the day of the text): each year covered, even in part; what is about the past outlives the end."""
    last, shift = _last_year(s, effect), _ABOUT[when.covers]
    for about in range(effect.year, last.year + 1):
        day = day_of_year(about - shift, *_month_and_day(when))
        if _legal_day(s, when, day) >= effect and (shift < 0 or day <= last):
            yield about, day


def _month_and_day(when: YearlyDay) -> tuple[int, int]:
    return int(when.on[:2]), int(when.on[3:])


def _before_the_effect(s: Situation, duty: Duty, when: YearlyDay, effect: date) -> Found:
    """Warn, until the next one, of a day over before the convention took effect in its first year: nothing is owed for it.

    What is about the next year always came due before the first one covered: nobody is surprised.
    """
    day, following = (day_of_year(effect.year + more, *_month_and_day(when)) for more in (0, 1))
    legal = _legal_day(s, when, day)
    if when.covers != "current" or legal >= effect or s.today > following:
        return
    yield Warning(
        id=f"due-before-effect/{duty.id}",
        text=Text(
            fr=f"« {duty.title} », pour {effect.year} : dû le {figures(legal)}, avant la prise d’effet ({figures(effect)}) ; "
            "rien n’est compté pour cette fois. Si le texte le veut quand même, l’écrire à part (une seule fois).",
            en=f"“{duty.title_en}”, about {effect.year}: due on {legal}, before the effect ({effect}); nothing is counted for "
            "that time. If the text wants it all the same, write it apart (once).",
        ),
        clause=s.clause(duty.clauses),
    )


def _legal_day(s: Situation, when: YearlyDay, day: date) -> date:
    if when.limit == "excluded":
        return day - timedelta(days=1)
    return {"next": s.calendar.next_open, "previous": s.calendar.prev_open}[when.rolls](day) if when.rolls else day


def _item(s: Situation, duty: Duty, when: YearlyDay, about: int, day: date) -> Item:
    legal, effect = _legal_day(s, when, day), s.effect_on or day
    safe = s.calendar.prev_workable(legal)
    if safe < effect:
        safe = legal  # nobody works from the effect to that day: the last one, be it closed
    begins = min(max(one for one in (effect, s.operational_from, date(day.year, 1, 1)) if one is not None), safe)
    ours = s.convention.is_ours(duty.owed_by)
    over = over_on(legal, s.calendar.next_open(legal) + timedelta(days=1), ours=ours) - timedelta(days=1)
    window = Period(about, begins, over, safe, truncated=False)
    state, done, meeting_at = kept_time(s, duty, window, begins, key_of(duty.id, str(about), duty.whose))
    opens = max(opening(safe, s.policy.leads_for(duty.kind).notice), effect)
    return Item(
        series=duty.id, occurrence=str(about), step=duty.whose, kind=duty.kind,
        settled_by="meeting-held" if duty.traits.is_meeting else "done",
        title=Text(fr=f"{duty.title} ({about})", en=f"{duty.title_en} ({about})"), clause=s.clause(duty.clauses),
        owed_by=duty.owed_by, owed_to=duty.owed_to, holds_open=when.covers == "previous",
        opens_on=min(opens, safe), legal_last_day=legal, safe_day=safe, rule="yearly_day",
        proof=_proof(s, duty, when, about, day, safe),
        certainty=Certainty.CERTAIN if when.limit == "included" else Certainty.CONTESTED,
        state=state, done_on=done, meeting_at=meeting_at,
        responsible=roles_of(s, duty.owed_by, duty.responsible),
        informed=tuple(dict.fromkeys((*duty.informed, s.convention.coordinator))),
    )  # fmt: skip


def _proof(s: Situation, duty: Duty, when: YearlyDay, about: int, day: date, safe: date) -> Proof:  # noqa: PLR0917
    source, legal, which = cited(duty.clauses), _legal_day(s, when, day), note(f", pour l’année {about}")
    by = " ; à faire au plus tard le {}, jour ouvré" if safe != legal else ""
    sums = worked("prev_workable", legal, s.calendar.prev_workable(legal), gives=""), kept(safe, by, "safe")
    if when.limit == "excluded":
        other = kept(day, " ; l’autre lecture, ce jour compris : le {}")
        return given(day, source, "chaque année, avant le {}"), which, eve(day, " → {}", "legal"), *sums, other
    if legal == day:
        return given(day, source, "chaque année, au plus tard le {}", "legal"), which, *sums
    rolled = worked(
        "next_open" if when.rolls == "next" else "prev_open", day, legal, " ; le texte le reporte au {}", "legal"
    )
    return given(day, source, "chaque année, au plus tard le {}"), which, rolled, *sums
