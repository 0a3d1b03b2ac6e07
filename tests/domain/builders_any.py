"""Any small convention and any facts about it, for the properties that must hold of all of them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.breach import Resumed
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import Amended, RenewalDecided
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted
from echeancier.domain.facts.litigation import LitigationOpened
from echeancier.domain.facts.meetings import MeetingArranged, MeetingHeld
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.signing import Signed
from echeancier.domain.recording import Refusal, admit, check_start
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import NOTICE, at, convention, duty, end_duty, meeting_duty

BEGIN, END = date(2019, 1, 1), date(2027, 12, 31)

DAYS = st.dates(BEGIN, END)

ZONES = st.sampled_from(
    [
        {"zone": "FR"},
        {"zone": "ALSACE-MOSELLE", "good_friday": True},
        {"zone": "FR", "closed": [date(2022, 5, 27)]},
    ]
)

RHYTHMS = st.builds(
    lambda every, count, year, at_least: {
        "every_months": every,
        "count": count,
        "year": year,
        "at_least": at_least,
    },
    st.sampled_from([1, 2, 3, 6, 12]),
    st.sampled_from([1, 1, 2, 3]),
    st.sampled_from(["contract", "civil"]),
    st.booleans(),
)


AT_SIGNATURE = {"rule": "last-signature", "clauses": ["A1"]}
EFFECTS = st.one_of(st.just(AT_SIGNATURE), DAYS.map(lambda day: {"rule": "fixed", "on": day, "clauses": ["A1"]}))


@st.composite
def conventions(
    draw: st.DrawFn,
    renewal: st.SearchStrategy[dict[str, Any]] | None = None,
    effect: st.SearchStrategy[dict[str, Any]] = EFFECTS,
) -> Convention:
    """Draw a convention with recurring duties, an event, an end or renewals by itself, and ways out."""
    civic = draw(st.booleans())
    notice = {**NOTICE, "length": {"months": draw(st.integers(0, 6)), "bound": draw(_BOUNDS)}, "starts": draw(_STARTS)}
    renews = draw(RENEWALS if renewal is None else renewal)
    terms = convention(
        place=draw(ZONES),
        effect=draw(effect),
        term={**draw(_LENGTHS), "clauses": ["A1"]},
        act={"party": "town", "body": "conseil municipal", "clauses": ["A1"]} if civic else None,
        termination=[notice, *(draw(_DENIALS) if renews and draw(st.integers(0, 4)) else [])],
        renewal=renews,
        suspension=draw(_SUSPENSIONS),
        duty=[duty("report", rhythm=draw(RHYTHMS)), meeting_duty("point", rhythm=draw(RHYTHMS))],
        event_duty=[
            {
                "id": "answer",
                "title": "Répondre",
                "title_en": "Answer",
                "kind": "answer",
                "event": "asked",
                "delay": draw(_DELAYS),
                "owed_by": "town",
                "owed_to": "agency",
                "clauses": ["A1"],
            }
        ],
        end_duty=[end_duty(after={"months": draw(st.integers(0, 3))})],
    )
    return _accepted(terms)


def _accepted(terms: Convention) -> Convention:
    """Return the terms without what makes the door refuse them: a cap below the term, a notice longer than it."""
    uncapped = {"renewal": terms.renewal.model_copy(update={"cap": None, "cap_on": None})}
    for less in ({}, uncapped, {**uncapped, "termination": ()}):
        try:
            check_start(found := terms.model_copy(update=less), at("2021-01-04"))
        except Refusal:
            continue
        return found
    raise AssertionError("refused whatever is left out")


_LENGTHS = st.one_of(
    st.fixed_dictionaries({"months": st.integers(1, 36)}),
    st.fixed_dictionaries({"years": st.integers(1, 3)}),
    st.fixed_dictionaries({"weeks": st.integers(1, 156)}),
    st.fixed_dictionaries({"days": st.integers(1, 1100)}),
    st.fixed_dictionaries({"civil_years": st.integers(1, 3)}),
    st.fixed_dictionaries({"school_years": st.integers(1, 3)}),
)
PERIODS = st.one_of(
    st.none(),
    st.fixed_dictionaries({"months": st.integers(1, 36)}),
    st.fixed_dictionaries({"years": st.integers(1, 3)}),
    st.fixed_dictionaries({"civil_years": st.integers(1, 2)}),
    st.fixed_dictionaries({"school_years": st.integers(1, 2)}),
)
"""How long a term renews itself for, where the text says it."""
TACIT = st.builds(
    lambda period, times, cap: {"how": "tacit", "period": period, "times": times, **cap, "clauses": ["A1"]},
    PERIODS,
    st.none() | st.integers(1, 4),
    st.one_of(
        st.just({}),
        st.fixed_dictionaries({"cap": st.fixed_dictionaries({"months": st.integers(1, 90)})}),
        st.fixed_dictionaries({"cap": st.fixed_dictionaries({"years": st.integers(1, 8)})}),
        st.fixed_dictionaries({"cap_on": st.dates(date(2019, 1, 1), date(2031, 12, 31))}),
    ),
)
"""Renewals by itself: with or without a number of times or a cap, which may fall inside a period, or before the first end."""
RENEWALS = st.one_of(st.just({}), TACIT)
_LENGTHS_OF_NOTICE = st.one_of(
    st.fixed_dictionaries({"months": st.integers(0, 18), "bound": st.sampled_from(["exact", "at_least", "at_most"])}),
    st.fixed_dictionaries({"days": st.integers(0, 200)}),
    st.fixed_dictionaries({"clear_days": st.integers(0, 30)}),
    st.fixed_dictionaries({"open_days": st.integers(0, 40)}),
)
_DENIALS = st.builds(
    lambda length, starts, who: [
        {**NOTICE, "id": "denial", "until": "term", "length": length, "starts": starts, "who": who}
    ],
    _LENGTHS_OF_NOTICE,
    st.sampled_from(["sending", "receipt", "first-presentation", "letter-date", "unstated"]),
    st.sampled_from([["town", "agency"], ["town", "agency"], ["town"], ["agency"]]),
)
"""The letter that stops it, often longer than a period, sometimes only the other side's; or none."""
_SUSPENSIONS = st.sampled_from(
    [None, *({"id": "away", "on_departure": True, "extends": extends, "clauses": ["A1"]} for extends in (True, False))]
)
_STARTS = st.sampled_from(["sending", "receipt", "first-presentation", "letter-date", "unstated"])
_BOUNDS = st.sampled_from(["exact", "at_least", "at_most"])
_DELAYS = st.sampled_from([{"days": 8}, {"open_days": 15}, {"months": 1}, {"hours": 36}])


@st.composite
def facts_of(draw: st.DrawFn, least: int = 0, most: int = 5) -> tuple[Fact, ...]:
    """Draw facts that hang together: act, signatures, then whatever happened, oldest first."""
    signed = draw(st.dates(date(2019, 2, 1), date(2024, 12, 31)))
    voted = signed - timedelta(days=draw(st.integers(3, 40)))
    facts: list[Fact] = []
    if draw(st.integers(0, 5)):
        facts = [
            ActAdopted(on=voted),
            ActPublished(on=voted + timedelta(days=1)),
            ActTransmitted(on=voted + timedelta(days=2)),
            Signed(on=signed, party="town"),
            Signed(on=signed + timedelta(days=draw(st.integers(0, 20))), party="agency"),
        ]
    happened = draw(st.lists(_happenings(signed), min_size=least, max_size=most))
    letters = [fact.on for fact in happened if isinstance(fact, LetterPosted)]
    happened += [
        LetterDelivered(on=posted + timedelta(days=draw(st.integers(0, 40))), letter=LAST)
        for posted in letters
        if draw(st.booleans())
    ]
    return (*facts, *sorted(happened, key=day_of))


LAST = "last"
"""The letter posted last, whatever its number."""


def admitted(terms: Convention, facts: Iterable[Fact]) -> tuple[Recorded, ...]:
    """Return the records of the facts that the door lets in, each told on its own day."""
    registered_at = min([at(BEGIN), *(at(day_of(fact)) for fact in facts)])
    dossier = Dossier(convention=terms, registered_at=registered_at, registered_by="coordinator")
    for n, told in enumerate(facts):
        fact = told
        if isinstance(told, LetterDelivered) and told.letter == LAST:
            posted = [record.id for record in dossier.facts if isinstance(record.fact, LetterPosted)]
            fact = told.model_copy(update={"letter": posted[-1] if posted else LAST})
        try:
            dossier.facts.append(admit(dossier, fact, at(day_of(fact)) + timedelta(minutes=n), "coordinator"))
        except Refusal:
            continue
    return tuple(dossier.facts)


ANSWERS = st.one_of(
    st.builds(lambda months: {"question": "renewal-period", "months": months}, st.integers(1, 24)),
    st.sampled_from([
        {"question": "renewal-cap-inside", "reading": "last-one-shortened"},
        {"question": "renewal-cap-inside", "reading": "last-one-not-renewed"},
        {"question": "renewal-times-or-cap", "reading": "times-rule"},
        {"question": "renewal-times-or-cap", "reading": "cap-rules"},
    ]),
)  # fmt: skip
"""Answers to what the clause of a tacit renewal leaves open."""


def _happenings(after: date) -> st.SearchStrategy[Fact]:
    days = st.dates(after + timedelta(days=21), END)
    return st.one_of(
        st.builds(lambda day: Happened(event="asked", on=day), days),
        st.builds(lambda day: LetterPosted(on=day, rule="leave", by="town"), days),
        st.builds(
            lambda day, by: LetterPosted(on=day, rule="denial", by=by), days, st.sampled_from(["town", "agency"])
        ),
        st.builds(lambda day, answer: QuestionAnswered(on=day, **answer), days, ANSWERS),
        st.builds(lambda day, more: Amended(on=day, ends_on=day + timedelta(days=more)), days, st.integers(1, 900)),
        st.builds(
            lambda day, later, more: Amended(
                on=day, effect=day + timedelta(days=later), ends_on=day + timedelta(days=later + more)
            ),
            days,
            st.integers(0, 900),
            st.integers(1, 400),
        ),
        st.builds(lambda day: Happened(event="agent-left", on=day), days),
        st.builds(lambda day: Resumed(on=day), days),
        st.builds(lambda day, how: RenewalDecided(on=day, decision=how), days, st.sampled_from(["renew", "let-lapse"])),
        st.builds(lambda day: DutyDone(on=day, item="report/1"), days),
        st.builds(lambda day: MeetingHeld(on=day, item="point/1"), days),
        st.builds(lambda day: MeetingArranged(item="point/2", starts_at=at(day, 14)), days),
        st.builds(lambda day: LitigationOpened(on=day), days),
    )


@st.composite
def situations(draw: st.DrawFn) -> tuple[Convention, tuple[Recorded, ...], date]:
    """Draw a convention, facts about it that the door lets in, and a day to look from."""
    terms = draw(conventions())
    return terms, admitted(terms, draw(facts_of())), draw(DAYS)


@st.composite
def tacit_lives(draw: st.DrawFn) -> tuple[Convention, tuple[Recorded, ...]]:
    """Draw a convention that renews itself and begins when it is signed, and much that happens to it."""
    facts = draw(facts_of(least=4, most=10))
    signed = [fact.on for fact in facts if isinstance(fact, Signed)] or [BEGIN]
    effect = {"rule": "fixed", "on": max(signed) + timedelta(days=draw(st.integers(-10, 30))), "clauses": ["A1"]}
    terms = draw(conventions(renewal=TACIT, effect=st.sampled_from([effect, AT_SIGNATURE])))
    return terms, admitted(terms, facts)
