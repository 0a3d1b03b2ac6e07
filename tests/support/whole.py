"""Whole conventions drawn at random, and what happens to them: every kind of term, renewal, notice, duty and fact.

What is drawn here is a paper somebody could type and a plot that could happen; the real door then says what it takes. Days and
lengths of the paper lie near the day it begins, so that the door takes most of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.dates.delay import Delay, DelayPlace, refusals
from echeancier.domain.dates.first_term import first_term
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.recording import Refusal, admit, check_start, parse_fact
from echeancier.domain.standing.money import papers_awaited
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.owing import ALL, BOTH
from echeancier.domain.terms.term import TermEnd
from tests.domain.builders import BLANK, at, convention, duty, end_duty, meeting_duty

BEGINS: Final = st.one_of(
    st.dates(date(2019, 2, 1), date(2024, 12, 31)),
    st.sampled_from(
        [
            date(2020, 2, 29),
            date(2021, 1, 31),
            date(2022, 1, 1),
            date(2022, 8, 31),
            date(2022, 9, 1),
            date(2023, 10, 31),
        ]
    ),
)
"""The day around which everything is drawn; often one whose number not every month has."""

_CITED: Final = {"clauses": ["A1"]}
_SIDES: Final = st.sampled_from(["town", "agency"])
_OFTEN: Final = st.sampled_from([True, True, True, False])
_SELDOM: Final = st.sampled_from([False, False, False, True])


def _some(draw: st.DrawFn, name: str, value: Callable[[], object]) -> dict[str, Any]:
    """A field that is there three times out of four."""
    return {name: value()} if draw(_OFTEN) else {}


def _rarely(draw: st.DrawFn, name: str, value: Callable[[], object]) -> dict[str, Any]:
    """A field that is there one time out of four."""
    return {name: value()} if draw(_SELDOM) else {}


# -- delays -----------------------------------------------------------------------------------------------------------------

_MOST: Final = {
    "hours": 100, "open_hours": 40, "days": 120, "clear_days": 45, "open_days": 45, "ouvrable_days": 45, "weeks": 15, "months": 9,
    "years": 1,
}  # fmt: skip
_NUMBERS: Final = {unit: st.one_of(st.integers(0, 2), st.integers(0, most)) for unit, most in _MOST.items()}
"""Often very few: where nothing but closed days is left, days fall together."""
_IN_DAYS: Final = ("days", "clear_days", "open_days", "ouvrable_days", "weeks", "months", "months", "years", "compound")
_QUALIFIED: Final[dict[str, dict[str, object]]] = {
    "": {},
    "month-end": {"month_end": "then"},
    "month-end-first": {"month_end": "first"},
    "next-day": {"from": "next-day"},
    "next-month": {"from": "next-month"},
    "at-least": {"bound": "at_least"},
    "at-most": {"bound": "at_most"},
    "exact": {"bound": "exact"},
}
_PLAIN: Final = ("", "", "month-end", "month-end-first", "next-day", "next-month", "named")
_ANY: Final = (*_PLAIN, "", "at-least", "at-most")
_OF_NOTICE: Final = ("", "", "exact", "at-least", "at-most", "next-day", "next-month")


@st.composite
def delays(
    draw: st.DrawFn, place: DelayPlace, said: tuple[str, ...] = ("",), units: tuple[str, ...] = _IN_DAYS
) -> dict[str, object]:
    """Draw a delay that means something at a place."""
    unit, how = draw(st.sampled_from(units)), draw(st.sampled_from(said))
    if how == "named":
        return draw(st.sampled_from([{"days": 8, "named": "huitaine"}, {"days": 15, "named": "quinzaine"}]))
    if unit == "compound":
        length: dict[str, object] = {"months": draw(st.integers(1, 4)), "days": draw(st.integers(0, 25))}
    else:
        length = {unit: draw(_NUMBERS[unit])}
    whole = {**length, **_QUALIFIED[how]}
    return length if next(refusals(Delay.model_validate(whole), place), None) else whole


def _after(draw: st.DrawFn) -> dict[str, object]:
    return draw(delays(DelayPlace.AFTER, _PLAIN))


@st.composite
def _thresholds(draw: st.DrawFn) -> dict[str, object]:
    unit = draw(st.sampled_from(["days", "open_days", "ouvrable_days", "weeks", "months", "years"]))
    since = draw(st.sampled_from([None, "state", "event"]))
    return {unit: draw(_NUMBERS[unit]), "more_than": True, "since": since}


# -- the term, its effect, its renewal -----------------------------------------------------------------------------------------

_LENGTHS: Final = st.one_of(
    st.fixed_dictionaries({"months": st.integers(1, 36)}),
    st.fixed_dictionaries({"years": st.integers(1, 3)}),
    st.fixed_dictionaries({"weeks": st.integers(1, 156)}),
    st.fixed_dictionaries({"days": st.integers(1, 1100)}),
    st.fixed_dictionaries({"civil_years": st.integers(1, 3)}),
    st.fixed_dictionaries({"school_years": st.integers(1, 3)}),
)
_TERMS: Final = (
    *("length",) * 6, "printed", "both", "unlimited", "event", "earlier_of", "later_of", "within", "with", "within-length",
    "asked",
)  # fmt: skip
_OF_ITS_OWN: Final = (*("length",) * 5, "printed", "both", "within-length", "asked")
"""The terms that may renew themselves."""
PERIODS: Final = st.one_of(
    st.fixed_dictionaries({"months": st.integers(1, 36)}),
    st.fixed_dictionaries({"years": st.integers(1, 3)}),
    st.fixed_dictionaries({"civil_years": st.integers(1, 2)}),
    st.fixed_dictionaries({"school_years": st.integers(1, 2)}),
)
"""How long a term is renewed for."""


def _length_of(said: dict[str, Any]) -> Any:
    return TermEnd.model_validate(said).length


def _two_ends(draw: st.DrawFn, begins: date) -> list[dict[str, Any]]:
    printed = {"ends_on": begins + timedelta(days=draw(st.integers(60, 1100)))}
    ends = [draw(_LENGTHS), printed, {"event": "works-received"}]
    left_out = draw(st.integers(0, 2))
    pair = [end for n, end in enumerate(ends) if n != left_out]
    return pair if draw(_OFTEN) else [{"event": "mandate-over"}, pair[-1]]


_SAID_AT_ONCE: Final[dict[str, dict[str, Any]]] = {
    "event": {"event": "works-received"},
    "unlimited": {"unlimited": True},
    "within": {"within_parent": True},
    "with": {"with_parent": True},
    "asked": {"question": "which-term"},
}


def _term(draw: st.DrawFn, how: str, begins: date) -> dict[str, Any]:
    match how:
        case "printed":
            found: dict[str, Any] = {"ends_on": begins + timedelta(days=draw(st.integers(30, 1100)))}
        case "both":
            length = draw(st.one_of(st.builds(lambda n: {"months": n}, st.integers(1, 36)), st.just({"years": 2})))
            apart = timedelta(days=draw(st.sampled_from([0, 0, -1, 1])))
            found = {**length, "ends_on": first_term(begins, _length_of(length)) + apart}
        case "earlier_of" | "later_of":
            found = {how: _two_ends(draw, begins)}
        case "length" | "within-length":
            found = draw(_LENGTHS)
        case _:
            found = dict(_SAID_AT_ONCE[how])
    if how == "within-length":
        found["within_parent"] = True
    if "school_years" in found:
        found |= _some(draw, "school_year_ends", lambda: draw(st.sampled_from(["07-05", "08-31"])))
    return {**found, **_CITED}


def _effect(draw: st.DrawFn, begins: date, *, hangs: bool) -> dict[str, Any]:
    rule = draw(
        st.sampled_from(["fixed", "fixed", "fixed", "last-signature", "last-signature", "next", "event", "asked"])
    )
    if rule in ("fixed", "asked"):
        when = {"on": begins} if rule == "fixed" else {"question": "which-effect"}
        return {"rule": "fixed", **when, **_CITED}
    found: dict[str, Any] = {"rule": "event", "event": "notified"} if rule == "event" else {"rule": "last-signature"}
    if rule != "last-signature":
        found |= _some(draw, "from", lambda: draw(st.sampled_from(["next-day", "next-month"])))
        found |= _rarely(draw, "not_before", lambda: begins)
    if hangs:
        found |= _rarely(draw, "not_before_parent_signature", lambda: True)
    return {**found, **_CITED}


def _cap(draw: st.DrawFn, term: dict[str, Any], begins: date) -> dict[str, Any]:
    """A cap that the first term seldom goes beyond, in months, in years or on a day."""
    units: dict[str, Any] = {
        unit: term[unit] for unit in ("months", "years", "weeks", "days", "civil_years", "school_years") if unit in term
    }
    last = first_term(begins, _length_of(units)) if units else term.get("ends_on", begins + timedelta(days=600))
    more, how = draw(st.integers(0, 60)), draw(st.sampled_from(["months", "years", "day"]))
    months = (last.year - begins.year) * 12 + last.month - begins.month + 1 + more
    if how == "day":
        return {"cap_on": last + timedelta(days=31 * more)}
    return {"cap": {"months": months} if how == "months" else {"years": -(-months // 12)}}


def _tacit(draw: st.DrawFn, term: dict[str, Any], begins: date) -> dict[str, Any]:
    found = {"how": "tacit", **_CITED, **_some(draw, "period", lambda: draw(PERIODS))}
    found |= _rarely(draw, "times", lambda: draw(st.integers(1, 4)))
    return found | (_cap(draw, term, begins) if draw(st.booleans()) else {})


def _renewal(draw: st.DrawFn, term: dict[str, Any], begins: date, how: str) -> dict[str, Any]:
    if how == "tacit":
        return _tacit(draw, term, begins)
    found: dict[str, Any] = {"how": how}
    if how == "express":
        found |= _some(draw, "period", lambda: draw(PERIODS)) | _rarely(draw, "times", lambda: draw(st.integers(1, 3)))
        found |= _some(draw, "deadline", lambda: draw(delays(DelayPlace.BEFORE_END, ("", "at-least"), _IN_DAYS[:-2])))
        if "period" in found and draw(_SELDOM):
            found |= {"done_by": "one", "who": draw(_SIDES)}
        found |= _rarely(draw, "needs", lambda: ["report"])
    if how == "none":
        found |= _rarely(draw, "nothing_follows", lambda: True)
    return found | (_cap(draw, term, begins) if draw(_SELDOM) and "unlimited" not in term else {})


# -- ways out ---------------------------------------------------------------------------------------------------------------

_STARTS: Final = st.sampled_from(["sending", "receipt", "first-presentation", "letter-date", "unstated"])
_UNTILS: Final = st.sampled_from(
    ["any-day", "any-day", "anniversary", "civil-year-end", "school-year-end", "period-end", "month-end", "day"]
)
_DAYS_OF_YEAR: Final = st.sampled_from(["02-29", "05-15", "06-30", "08-31", "10-31", "12-31"])


def _way_out(draw: st.DrawFn, name: str, until: str, term: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": name, "who": draw(st.sampled_from([["town", "agency"], ["either"], ["town"], ["agency"]])),
        "starts": draw(_STARTS), "until": until, "form": draw(st.sampled_from(["lrar", "lr", "unstated"])),
        "reasons": draw(st.sampled_from(["any", "any", "motivated"])), **_CITED,
    }  # fmt: skip
    if until != "any-day" and draw(_SELDOM):
        found["last_day"] = draw(_DAYS_OF_YEAR)
    else:
        found["length"] = draw(delays(DelayPlace.NOTICE, _OF_NOTICE))
    if until == "day":
        found["on"] = draw(_DAYS_OF_YEAR)
    if until == "school-year-end" and (draw(st.booleans()) or "school_year_ends" in term):
        found["on"] = draw(st.sampled_from(["07-05", "08-31"]))
    if until == "period-end":
        found["period"] = draw(st.sampled_from([1, 3, 4, 6, 12]))
    found |= _rarely(draw, "after_years", lambda: draw(st.integers(1, 2)))
    match draw(st.integers(0, 7)):
        case 0:
            found["within"] = {"event": "rise", "delay": _after(draw)}
        case 1:
            found["requires"] = {"event": "closed", "threshold": draw(_thresholds())}
    return found


def _ways_out(draw: st.DrawFn, term: dict[str, Any], *, tacit: bool) -> list[dict[str, Any]]:
    names = ["leave", "leave-too"][: draw(st.integers(0, 2))]
    found = [_way_out(draw, name, draw(_UNTILS), term) for name in names]
    if tacit and draw(_OFTEN):
        found.append(_way_out(draw, "denial", "term", term))
    return found


# -- duties -----------------------------------------------------------------------------------------------------------------

RHYTHMS: Final = st.builds(
    lambda every, count, year, at_least, said: {
        "every_months": every,
        "count": count,
        "year": year,
        "at_least": at_least,
        **said,
    },
    st.sampled_from([1, 2, 3, 6, 12, 18]),
    st.sampled_from([1, 1, 2, 3]),
    st.sampled_from(["contract", "contract", "civil", "school"]),
    st.booleans(),
    st.sampled_from([{}, {}, {"prorata": "days"}]),
)
YEARLY_DAYS: Final = st.builds(
    lambda on, said, covers: {"on": on, "covers": covers, **said},
    st.sampled_from(["01-01", "02-29", "03-31", "05-15", "10-15", "12-31"]),
    st.sampled_from([{}, {"limit": "excluded"}, {"rolls": "next"}, {"rolls": "previous"}]),
    st.sampled_from(["previous", "current", "next"]),
)
PERIOD_DAYS: Final = st.builds(
    lambda every, due, year, days, day: {
        "every_months": every,
        "due": due,
        "year": year,
        **({} if days.get("days", 0) > 31 * every else days),
        **day,
    },
    st.sampled_from([1, 2, 3, 6, 12]),
    st.sampled_from(["advance", "arrears"]),
    st.sampled_from(["contract", "civil"]),
    st.sampled_from([{}, {"days": 1}, {"days": 10}, {"days": 45}]),
    st.sampled_from([{}, {}, {}, {"day": "first"}, {"day": "last"}]),
)
CALENDAR_WAYS: Final = st.one_of(
    YEARLY_DAYS,
    st.just({"on": ["03-10", "09-10"]}),
    st.builds(
        lambda day, every, said: {"day": day, "every_months": every, **said},
        st.integers(1, 31),
        st.sampled_from([1, 2, 3]),
        st.sampled_from([{}, {"limit": "excluded"}, {"next_month": True}, {"year": "civil"}]),
    ),
    st.builds(lambda day: {"day": day, "except_months": [7, 8]}, st.integers(1, 31)),
    st.builds(
        lambda day, every: {**day, "every_weeks": every},
        st.sampled_from([{}, *({"weekday": number} for number in range(1, 8))]),
        st.integers(1, 3),
    ),
    st.builds(
        lambda delay, closes: {"after_close": delay, "closes": closes},
        delays(DelayPlace.AFTER, ("", "next-day", "month-end")),
        st.sampled_from(["12-31", "08-31", "06-30", "02-28"]),
    ),
    st.builds(
        lambda part, nth, year: {"part": part, "nth": nth, "year": year},
        st.sampled_from(["half", "quarter", "month"]),
        st.integers(1, 2),
        st.sampled_from(["civil", "contract", "school"]),
    ),
    st.builds(
        lambda delay, of: {"before_term": delay, **of},
        delays(DelayPlace.BEFORE_END),
        st.sampled_from([{}, {"of": "each"}, {"of": "final"}]),
    ),
    PERIOD_DAYS,
)
"""Every way in which a duty comes back on days of the calendar."""
_MEETING: Final = {"place": "Mairie", "invite": ["referent", "partner"], "minutes": 60}
_AT_HOURS: Final = ("hours", "open_hours", *_IN_DAYS)


def _duties(draw: st.DrawFn) -> list[dict[str, Any]]:
    report = {"rhythm": draw(RHYTHMS), **_rarely(draw, "for_next_period", lambda: True)}
    report |= _rarely(draw, "ahead_of", lambda: "point")
    meeting: dict[str, Any] = dict(_MEETING)
    meeting |= _rarely(draw, "notice", lambda: draw(delays(DelayPlace.BEFORE_EVENT, ("", "at-least"), _IN_DAYS[:-3])))
    meeting |= _rarely(draw, "minutes_within", lambda: _after(draw))
    meeting |= _rarely(draw, "chair", lambda: draw(st.sampled_from(["manager", "partner"])))
    meeting |= _rarely(draw, "topics", lambda: ["les projets", "la suite"])
    meeting |= _rarely(draw, "indicators", lambda: ["le nombre"])
    point = {"meeting": meeting, "rhythm": draw(RHYTHMS), "kind": draw(st.sampled_from(["meeting", "committee"]))}
    point |= _rarely(draw, "prepares_renewal", lambda: True)
    found = [duty("report", **report), meeting_duty("point", **point)]
    if draw(_SELDOM):
        found.append(duty("paper", kind="document", rhythm=None, ahead_of="point"))
    if draw(_OFTEN):
        found.append(duty("each-year", rhythm=None, when=draw(CALENDAR_WAYS)))
    return found


def _said_of(name: str, **more: object) -> dict[str, Any]:
    return {
        "id": name,
        "title": f"Devoir {name}",
        "title_en": f"Duty {name}",
        "owed_by": "town",
        "owed_to": "agency",
        **_CITED,
        **more,
    }


def _event_duty(draw: st.DrawFn, name: str, event: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(["answer", "answer", "information", "destruction", "incident", "notification"]))
    found = _said_of(name, kind=kind, event=event, owed_by=draw(st.sampled_from(["town", "agency", "both"])))
    match draw(st.sampled_from(["after", "after", "after", "before", "threshold", "both", "none"])):
        case "after":
            delay = draw(delays(DelayPlace.AFTER, _ANY, _AT_HOURS))
            found["delay"] = delay
            if delay.get("bound") != "at_least":
                found |= _rarely(draw, "silence", lambda: draw(st.sampled_from(["accepts", "refuses"])))
        case "before":
            units = ("hours", *_IN_DAYS)
            found |= {
                "direction": "before",
                "delay": draw(delays(DelayPlace.BEFORE_EVENT, ("", "", "at-least", "at-most"), units)),
            }
        case "threshold":
            found["threshold"] = draw(_thresholds())
        case "both":
            found |= {"threshold": draw(_thresholds()), "delay": draw(delays(DelayPlace.AFTER, _ANY, _AT_HOURS))}
        case _:
            found["no_number"] = True
    return found | _rarely(draw, "capped_by_end_duty", lambda: "destruction")


def _one_off(draw: st.DrawFn, begins: date) -> dict[str, Any]:
    found = _said_of("once", kind="other")
    event = draw(st.sampled_from([None, "effective", "signed", "executory", "ended", "kick-off"]))
    match draw(st.sampled_from(["on", "question", "after", "after", "before"])):
        case "on":
            found["on"] = begins + timedelta(days=draw(st.integers(0, 900)))
        case "question":
            found["question"] = "which-day"
        case "after":
            found |= {"after": _after(draw), "event": event}
        case _:
            found |= {"before": draw(delays(DelayPlace.BEFORE_EVENT, ("", "at-least"))), "event": event or "ended"}
    return found


def _end_duties(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = [end_duty(after=draw(delays(DelayPlace.AFTER, _ANY, _AT_HOURS)), unless_litigation=draw(st.booleans()))]
    if draw(_SELDOM):
        kind = draw(st.sampled_from(["access-closure", "certificate", "statement", "other"]))
        found.append(
            end_duty(
                id="account", kind=kind, owed_by="agency", owed_to="town", after=draw(delays(DelayPlace.AFTER, _ANY))
            )
        )
    return found


_NEEDS: Final = st.lists(
    st.sampled_from(["answer", "report", "destruction/town", "invoices", "photos"]), min_size=1, max_size=3, unique=True
)
_STARTS_OF_MONEY: Final = st.sampled_from(
    ["last-signature", "last-signature", "statement", "request", "kick-off", "effective", "ended"]
)


def _falling(draw: st.DrawFn, begins: date) -> dict[str, Any]:
    """When a sum falls due."""
    how = draw(st.sampled_from(["starts", "starts", "on", "needs"]))
    if how == "on":
        return {"on": begins + timedelta(days=draw(st.integers(0, 366)))}
    found: dict[str, Any] = {"starts": draw(_STARTS_OF_MONEY)} if how == "starts" else {"needs": draw(_NEEDS)}
    if found.get("starts") == "last-signature":
        found |= _rarely(draw, "documents", lambda: ["OTHER"])
    found |= _rarely(draw, "not_before", lambda: begins + timedelta(days=draw(st.integers(0, 600))))
    if draw(st.booleans()):
        return found | {"delay": _after(draw)}
    return found | _some(draw, "policy_days", lambda: draw(st.sampled_from([0, 1, 2, 30])))


_SHARES: Final = st.sampled_from([("60", "40"), ("33.33", "33.33", "33.34"), ("50", "25", "12.5", "12.5")])
_AMOUNTS: Final = st.sampled_from(["1000.00", "1000.05", "1 234,50 €"])


def _payment(draw: st.DrawFn, begins: date) -> dict[str, Any]:
    """A sum paid at once, in instalments, or in equal parts on statements."""
    match draw(st.sampled_from(["once", "once", "instalments", "parts", "rent", "rent", "calendar", "votes"])):
        case "votes":
            starts = {"starts": "credits-voted", "every_year": "civil"} | _rarely(draw, "delay", lambda: _after(draw))
            under = {
                "subject_to_vote": True,
                **draw(st.sampled_from([{"when": {"on": "03-31"}}, {"starts": "request", "every_year": "civil"}])),
            }
            return _said_of("price", amount=draw(_AMOUNTS), **draw(st.sampled_from([starts, under])))
        case "rent":
            shared = _some(draw, "prorata", lambda: draw(st.sampled_from(["days", "thirtieths", "full"])))
            return _said_of("price", amount=draw(_AMOUNTS), when=draw(PERIOD_DAYS), **shared)
        case "calendar":
            said = {"when": draw(CALENDAR_WAYS.filter(lambda when: "every_weeks" not in when))}
            return _said_of("price", **said, **_rarely(draw, "parts", lambda: draw(st.integers(2, 4))))
        case "instalments":
            parts = [{"share": share, **_falling(draw, begins)} for share in draw(_SHARES)]
            return _said_of("price", instalments=parts, **_some(draw, "total", lambda: draw(_AMOUNTS)))
        case "parts":
            said = {"parts": draw(st.integers(2, 4)), "starts": draw(st.sampled_from(["statement", "request"]))}
            return _said_of("price", **said, **_some(draw, "total", lambda: draw(_AMOUNTS)))
    return _said_of("price", **_some(draw, "amount", lambda: draw(_AMOUNTS)), **_falling(draw, begins))


# -- what may happen to it, written in it --------------------------------------------------------------------------------------


def _automatic_end(draw: st.DrawFn) -> dict[str, Any]:
    found: dict[str, Any] = {"id": "dissolution", "event": "dissolved", **_CITED}
    return found | _some(draw, "after", lambda: _after(draw)) | _rarely(draw, "unless", lambda: "saved")


def _suspension(draw: st.DrawFn, term: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"id": "away", "on_departure": draw(st.booleans()), **_CITED}
    found |= _some(draw, "absence", lambda: draw(_thresholds()))
    suspends = found["on_departure"] or "absence" in found
    if suspends and "unlimited" not in term and "with_parent" not in term:
        found["extends"] = draw(st.booleans())
    return found


def _breach(draw: st.DrawFn) -> dict[str, Any]:
    def step(does: str, who: str, **more: object) -> dict[str, Any]:
        return {"does": does, "who": who, **_CITED, **more}

    answer = {"delay": _after(draw), "starts": draw(st.sampled_from(["sending", "receipt", "information", "letter"]))}
    last = {"delay": _after(draw), "starts": "answer"} if draw(st.booleans()) else {}
    steps = [
        step("inform-reasons", "town"), step("comment", "agency", **answer), step("decide", "town"),
        step("formal-notice", "town", form="lrar"), step("cure", "agency", **answer), step("ends", "town", **last),
    ]  # fmt: skip
    first, against = draw(st.sampled_from([0, 3, 6])), ["agency"]
    if draw(_SELDOM):
        steps, against = [{**one, "who": "either"} for one in steps], ["other"]
    return {"id": "fault", "against": against, "grounds": "manquement", "steps": steps[first:], **_CITED}


def _questions(terms: dict[str, Any]) -> list[dict[str, Any]]:
    asked = [
        terms["effect"].get("question"),
        terms["term"].get("question"),
        *(o.get("question") for o in terms["one_off"]),
    ]
    answers = {"which-term": "months"}
    return [{**BLANK, "id": name, "answer": answers.get(name, "date")} for name in asked if name is not None]


PLACES: Final[st.SearchStrategy[dict[str, Any]]] = st.sampled_from(
    [
        {"zone": "FR"},
        {"zone": "FR"},
        {"zone": "ALSACE-MOSELLE", "good_friday": True},
        {"zone": "FR", "closed": [date(2022, 5, 27), date(2023, 5, 19)]},
    ]
)
_VOTE: Final = {"party": "town", "body": "conseil municipal", **_CITED}
_ACTS: Final = st.sampled_from(
    [
        [_VOTE],
        [_VOTE],
        [_VOTE],
        [{**_VOTE, "id": "first"}],
        [{**_VOTE, "id": "first"}, {**_VOTE, "party": "agency", "id": "second"}],
    ]
)
"""The votes that a convention waits for: one, one that has a name, or one of each side."""
_HOUSE: Final = {"hours": ["09:00", "17:00"]}
_RENEWALS: Final = st.sampled_from(["none", "none", "express", "express", "tacit", "tacit", "with-parent"])


@st.composite
def papers(draw: st.DrawFn, begins: date, *, tacit: bool = False, leaves: bool = False) -> Convention:
    """Draw the terms of a convention that begins around a day; most of them, the door takes.

    Args:
        draw: of Hypothesis.
        begins: the day.
        tacit: it renews itself.
        leaves: of three parties, any may leave on any day by the clause « out », and the others go on.
    """
    how = draw(st.sampled_from(_OF_ITS_OWN if tacit else _TERMS))
    hangs = how.startswith("with") or draw(_SELDOM)
    term = _term(draw, how, begins)
    renewed = "tacit" if tacit else draw(_RENEWALS)
    if how not in _OF_ITS_OWN and (renewed == "tacit" or how == "unlimited"):
        renewed = "none"
    terms: dict[str, Any] = {
        "place": {**draw(PLACES), **_HOUSE},
        "effect": _effect(draw, begins, hangs=hangs),
        "term": term,
        "renewal": _renewal(draw, term, begins, renewed if hangs or renewed != "with-parent" else "none"),
        "termination": _ways_out(draw, term, tacit=renewed == "tacit"),
        "duty": _duties(draw),
        "event_duty": [_event_duty(draw, "answer", "asked")],
        "one_off": [_one_off(draw, begins)] if draw(st.booleans()) else [],
        "end_duty": _end_duties(draw),
    }
    if draw(_SELDOM):
        terms["event_duty"].append(
            _event_duty(draw, "told", draw(st.sampled_from(["asked", "suspended", "terminated-for-breach"])))
        )
    terms |= _some(draw, "act", lambda: draw(_ACTS))
    terms |= _rarely(draw, "automatic_end", lambda: [_automatic_end(draw)])
    terms |= _rarely(draw, "suspension", lambda: _suspension(draw, term))
    terms |= _rarely(draw, "breach", lambda: [_breach(draw)])
    terms |= _rarely(draw, "dispute", lambda: {"delay": _after(draw), **_CITED})
    terms |= _rarely(draw, "payment", lambda: [_payment(draw, begins)])
    terms |= _rarely(draw, "signing", lambda: {"order": ["agency", "town"], **_CITED})
    terms |= _rarely(draw, "window", lambda: [_window(draw)])
    survives = {"id": "secret", "text": "Secret", "text_en": "Secrecy", **_CITED}
    terms |= _rarely(draw, "gate", lambda: [_gate(draw)])
    terms |= _rarely(draw, "survival", lambda: [{**survives, "during": _after(draw)}])
    if hangs:
        terms["parent"] = _parent(draw)
    if leaves:
        terms["termination"].append(_out(draw))
    whole = ALL if leaves or draw(_SELDOM) else BOTH
    _shared_out(draw, terms, whole)
    return convention(**terms, **(_third() if whole == ALL else {}), question=_questions(terms))


def _gate(draw: st.DrawFn) -> dict[str, Any]:
    """Something that waits for something else: what comes back behind an event, or an act refused without another."""
    opens, needs = draw(st.sampled_from([("report", "agreed"), ("point", "report"), ("moved", "agreed")]))
    without = draw(st.sampled_from(["warned", "refused"]))
    return {"id": "gate", "title": "Commencer", "opens": [opens], "needs": [needs], "without": without, **_CITED}


def _out(draw: st.DrawFn) -> dict[str, Any]:
    said = {"starts": draw(_STARTS), "length": draw(delays(DelayPlace.NOTICE, _OF_NOTICE)), "on_exit": draw(_GO_ON)}
    return {"id": "out", "who": ["town", "agency", "office"], **said, **_CITED}


_GO_ON: Final = st.sampled_from(["continues", None])


def _third() -> dict[str, Any]:
    """Three parties instead of two."""
    plain = convention().model_dump(exclude_unset=True, include={"parties", "roles"})
    plain["parties"]["office"] = {"name": "Office d’essai", "kind": "association"}
    plain["roles"]["desk"] = {"party": "office", "function": "Fonction desk", "address": "guichet@office.example"}
    return plain


def _shared_out(draw: st.DrawFn, terms: dict[str, Any], whole: str) -> None:
    """Say of each thing whom it is owed by, in the words that so many parties have; some are owed by each of them."""
    for name in ("duty", "event_duty", "one_off", "end_duty", "window", "payment"):
        for one in terms.get(name, ()):
            one |= {side: whole for side in ("owed_by", "owed_to") if one[side] == BOTH}
            apart = name != "payment" and one.get("kind") not in ("meeting", "committee")
            if apart and draw(_SELDOM):
                one |= {"owed_by": "each", "owed_to": whole}
    for rule in terms["termination"] if whole == ALL else ():
        if rule["id"] == "out":
            continue
        rule["who"] += ["office"] if rule["who"] != ["either"] and draw(st.booleans()) else []
        rule.update(_some(draw, "on_exit", lambda: draw(st.sampled_from(["continues", "continues", "ends"]))))


def _window(draw: st.DrawFn) -> dict[str, Any]:
    until = draw(st.sampled_from(["civil-year-end", "anniversary"]))
    return _said_of("annex", delay=draw(delays(DelayPlace.BEFORE_END)), until=until)


def _parent(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "reference": "PARENT", "cited_as": "la mère", "contradictory": draw(_SELDOM),
        "on_parent_end": draw(st.sampled_from(["ends", "capped", "own-date", "unstated"])),
        "on_parent_extended": draw(st.sampled_from(["may-renew", "follows-cap", "unstated"])), **_CITED,
    }  # fmt: skip


# -- what happens -----------------------------------------------------------------------------------------------------------

Told = Callable[[Dossier, date, int], dict[str, object] | None]
"""From the dossier, the day and a number, a fact as it is typed; None where there is nothing to tell of."""

_EVENTS: Final = (
    "asked", "asked", "asked", "notified", "works-received", "mandate-over", "rise", "closed", "dissolved", "saved", "kick-off",
    "credits-voted",
    "agent-absent", "agent-back", "agent-left", "dispute-raised",
)  # fmt: skip
_READINGS: Final = (
    ("renewal-cap-inside", "last-one-shortened"), ("renewal-cap-inside", "last-one-not-renewed"),
    ("renewal-times-or-cap", "times-rule"), ("renewal-times-or-cap", "cap-rules"),
    ("on-exit/leave", "continues"), ("on-exit/leave", "ends"),
    ("term-day-or-length", "day-rules"), ("term-day-or-length", "length-rules"),
)  # fmt: skip


def _event(dossier: Dossier, on: date, n: int) -> dict[str, object]:
    name = _EVENTS[n % len(_EVENTS)]
    hours = any(one.in_hours for one in dossier.convention.event_duty if one.event == name)
    moment = {"at": at(on, n % 10, n % 60)} if hours else {}
    year = {"label": f"{on.year + n % 2}"} if name == "credits-voted" else {}
    return {"event": name, **year, **moment}


def _received(dossier: Dossier, on: date, n: int) -> dict[str, object] | None:  # noqa: ARG001 - told of any dossier
    """A paper that the payment waits for, or a statement, of a period or of none."""
    awaited = [
        name for one in dossier.convention.payment for name in papers_awaited(one, dossier.convention.titles_of_owed)
    ]
    if not awaited:
        return None
    what = awaited[n % len(awaited)]
    (price,) = (one for one in dossier.convention.payment if one.id == "price")
    period = f"{1 + n % 4}" if len(price.sums) > 1 else f"{2020 + n % 4}"
    return {"what": what, **({"about": period} if what == "price" and n % 5 else {})}


def _posted(dossier: Dossier, on: date, n: int) -> dict[str, object] | None:
    rules = dossier.convention.termination
    if not rules:
        return None
    rule = rules[n % len(rules)]
    wanted = {"effect_wanted": on + timedelta(days=n)} if n % 3 == 0 else {}
    may = rule.who if rule.who != ("either",) else tuple(dossier.convention.parties)
    return {"rule": rule.id, "by": may[n % len(may)], "reasons": "un motif", **wanted}


def _of_the_last_letter(dossier: Dossier, on: date, n: int) -> dict[str, object] | None:  # noqa: ARG001 - the day is the door's to judge
    posted = [(record.id, record.fact.by) for record in dossier.facts if isinstance(record.fact, LetterPosted)]
    if not posted:
        return None
    letter, by = posted[-1]
    others = [party for party in dossier.convention.parties if party != by]
    return {
        "letter": letter,
        "outcome": ("refused", "unclaimed", "unknown-address")[n % 3],
        "party": others[n % len(others)] if len(others) > 1 or n % 2 else None,
    }


def _answered(dossier: Dossier, on: date, n: int) -> dict[str, object] | None:
    asked = [question.id for question in agenda(dossier.convention, tuple(dossier.facts), at(on)).questions]
    blanks: dict[str, dict[str, object]] = {
        "renewal-period": {"months": 1 + n % 24}, "rhythm/paper": {"months": 1 + n % 12}, "which-term": {"months": 1 + n % 36},
        "which-effect": {"day": on + timedelta(days=n % 90 - 30)}, "which-day": {"day": on + timedelta(days=n)},
        "parent-end": {"day": on + timedelta(days=n)},
    }  # fmt: skip
    known = [{"question": name, **blanks[name]} for name in asked if name in blanks]
    known += [{"question": name, "day": on - timedelta(days=n % 90)} for name in asked if name.startswith("credits/")]
    known += [{"question": name, "reading": reading} for name, reading in _READINGS if name in asked]
    return known[n % len(known)] if known else None


def _amended(dossier: Dossier, on: date, n: int) -> dict[str, object]:  # noqa: ARG001 - told of any dossier
    later = {"effect": on + timedelta(days=n // 2)} if n % 3 == 0 else {}
    return {"ends_on": on + timedelta(days=n + 1), **later}


def _settling(settled_by: str, **more: object) -> Told:
    """What settles one of the things that the agenda of that day shows."""

    def told(dossier: Dossier, on: date, n: int) -> dict[str, object] | None:
        shown = agenda(dossier.convention, tuple(dossier.facts), at(on)).items
        open_ones = [item.key for item in shown if item.settled_by == settled_by and item.done_on is None]
        return {"item": open_ones[n % min(4, len(open_ones))], **more} if open_ones else None

    return told


def _arranged(dossier: Dossier, on: date, n: int) -> dict[str, object] | None:
    found = _settling("meeting-held")(dossier, on, n)
    return None if found is None else {**found, "starts_at": at(on + timedelta(days=n % 60), 14)}


def _plain(**said: object) -> Told:
    return lambda dossier, on, n: dict(said)  # noqa: ARG005 - told of any dossier


def _chosen(name: str, *values: object, **more: object) -> Told:
    return lambda dossier, on, n: {name: values[n % len(values)], **more}  # noqa: ARG005 - told of any dossier


def _step_of_a_breach(dossier: Dossier, on: date, n: int) -> dict[str, object]:  # noqa: ARG001 - the day is the door's to judge
    steps, parties = ("inform-reasons", "comment", "decide", "formal-notice", "cure"), tuple(dossier.convention.parties)
    either = any(one.against == ("other",) for one in dossier.convention.breach)
    said = {"against": parties[n % len(parties)], "who": parties[(n + 1) % len(parties)]} if either else {}
    return {"breach": "fault", "step": steps[n % len(steps)], **said}


def _parent_ends(dossier: Dossier, on: date, n: int) -> dict[str, object]:  # noqa: ARG001 - told of any dossier
    return {"why": ("term", "extended", "terminated")[n % 3], "on": on + timedelta(days=n if n % 3 < 2 else 0)}


PLOTS: Final[dict[str, Told]] = {
    "event": _event,
    "received": _received,
    "letter-posted": _posted,
    "letter-presented": _of_the_last_letter,
    "letter-delivered": _of_the_last_letter,
    "letter-returned": _of_the_last_letter,
    "notice-withdrawn": _of_the_last_letter,
    "question-answered": _answered,
    "amended": _amended,
    "renewed": _plain(),
    "renewal-decided": _chosen("decision", "renew", "amend", "new-convention", "let-lapse"),
    "resumed": _plain(),
    "done": _settling("done"),
    "meeting-held": _settling("meeting-held"),
    "meeting-arranged": _arranged,
    "meeting-minutes": _settling("meeting-minutes"),
    "certificate-received": _settling("certificate-received"),
    "litigation-opened": _plain(),
    "litigation-closed": _plain(),
    "hold-reviewed": _chosen("outcome", "kept", "lifted"),
    "parent-signed": _plain(),
    "parent-ends": _parent_ends,
    "breach-step": _step_of_a_breach,
    "breach-closed": _chosen("outcome", "cured", "withdrawn", "maintained", breach="fault"),
    "signature-circulated": _plain(),
    "appeal-lodged": _chosen("appellant", "prefect", "neighbour", "tenant"),
    "appeal-answered": _chosen("appellant", None, None, "prefect", "neighbour"),
}
"""What may happen, by its kind."""

_OFTEN_TOLD: Final = (
    "event",
    "event",
    "event",
    "received",
    "letter-posted",
    "letter-delivered",
    "question-answered",
    "amended",
    "done",
)


@dataclass(frozen=True)
class Happening:
    """Something of a kind that happens some days after the convention begins; the number decides the rest."""

    kind: str
    after: int
    n: int


HAPPENINGS: Final = st.builds(
    Happening, st.sampled_from((*PLOTS, *_OFTEN_TOLD)), st.integers(-30, 1400), st.integers(0, 600)
)


@st.composite
def plots(draw: st.DrawFn, least: int = 2, most: int = 9) -> tuple[Happening, ...]:
    """Draw what happens: act and signatures, five times out of six, then anything, oldest first."""
    later = draw(st.lists(HAPPENINGS, min_size=least, max_size=most))
    if draw(st.integers(0, 5)) == 0:
        return tuple(sorted(later, key=lambda one: one.after))
    signed, voted, second = draw(st.integers(-60, 30)), draw(st.integers(3, 40)), draw(st.integers(0, 20))
    birth = (
        Happening("act-adopted", signed - voted, 0), Happening("act-published", signed - voted + 1, 0),
        Happening("act-transmitted", signed - voted + 2, 0), Happening("act-adopted", signed - voted, 1),
        Happening("act-published", signed - voted + 2, 1), Happening("act-transmitted", signed - voted + 1, 1),
        Happening("signed", signed, 1),
        Happening("signed", signed + second, 0), Happening("signed", signed + second, 2),
    )  # fmt: skip
    return (*birth, *sorted(later, key=lambda one: one.after))


def _signs(terms: Convention, n: int) -> dict[str, object] | None:
    parties = tuple(terms.parties)
    return {"party": parties[n]} if n < len(parties) else None


def _of_an_act(dossier: Dossier, n: int) -> dict[str, object]:
    """Which act, where there are several: a number says which."""
    acts = dossier.convention.act
    return {"act": acts[n % len(acts)].id} if len(acts) > 1 else {}


def _fact(dossier: Dossier, begins: date, one: Happening) -> Fact | None:
    on = begins + timedelta(days=one.after)
    told = PLOTS.get(one.kind)
    if told is None:
        of_whom = _signs(dossier.convention, one.n) if one.kind == "signed" else _of_an_act(dossier, one.n)
        said: dict[str, object] | None = of_whom
    else:
        said = told(dossier, on, one.n)
    if said is None:
        return None
    if one.kind in ("letter-presented", "letter-delivered", "notice-withdrawn"):
        said.pop("outcome")
    if one.kind == "notice-withdrawn":
        said.pop("party")
    day = {} if one.kind == "meeting-arranged" else {"on": on}
    return parse_fact({"kind": one.kind, **day, **said})


# -- through the door -------------------------------------------------------------------------------------------------------


def _registered(begins: date) -> datetime:
    return at(begins - timedelta(days=120))


def is_taken(terms: Convention, registered_at: datetime) -> bool:
    """Whether the door registers a convention."""
    try:
        check_start(terms, registered_at)
    except Refusal:
        return False
    return True


@dataclass
class Life:
    """A convention and what the door took of what happened to it.

    Attributes:
        begins: the day around which it was drawn.
        records: what was recorded.
        refused: how many facts the door did not take.
    """

    convention: Convention
    begins: date
    dossier: Dossier
    refused: int = 0

    @property
    def records(self) -> tuple[Recorded, ...]:
        """Everything that was recorded."""
        return tuple(self.dossier.facts)

    def told_by(self, now: datetime) -> tuple[Recorded, ...]:
        """Return what was recorded by an instant."""
        return tuple(record for record in self.dossier.facts if record.recorded_at <= now)

    def tell(self, fact: Fact, told_at: datetime) -> None:
        """Bring a fact to the door."""
        try:
            self.dossier.facts.append(admit(self.dossier, fact, told_at, "coordinator"))
        except Refusal:
            self.refused += 1


def lived(terms: Convention, begins: date, plot: Iterable[Happening], registered_at: datetime | None = None) -> Life:
    """Bring what happens to the door, each fact told on its own day, or when the convention is registered if that is later."""
    registered = registered_at or _registered(begins)
    dossier = Dossier(convention=terms, registered_at=registered, registered_by="coordinator")
    life = Life(terms, begins, dossier)
    for n, one in enumerate(plot):
        fact = _fact(dossier, begins, one)
        if fact is not None:
            life.tell(fact, max(at(begins + timedelta(days=one.after)), registered) + timedelta(minutes=n))
    return life


# -- what the door takes ----------------------------------------------------------------------------------------------------


@st.composite
def lives(draw: st.DrawFn, *, tacit: bool = False, least: int = 2, most: int = 9) -> Life:
    """Draw a convention that the door registers, and a life of it, each fact told on its own day."""
    begins = draw(BEGINS)
    terms = draw(papers(begins, tacit=tacit).filter(lambda terms: is_taken(terms, _registered(begins))))
    return lived(terms, begins, draw(plots(least, most)))
