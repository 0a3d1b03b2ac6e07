"""Any small convention and any facts about it, for the properties that must hold of all of them."""

from datetime import date, timedelta

from hypothesis import strategies as st

from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.litigation import LitigationOpened
from echeancier.domain.facts.meetings import MeetingArranged, MeetingHeld
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.signing import Signed
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


@st.composite
def conventions(draw: st.DrawFn) -> Convention:
    """Draw a convention with recurring duties, an event, an end and a way out."""
    fixed = draw(st.booleans())
    effect = {"rule": "fixed", "on": draw(DAYS)} if fixed else {"rule": "last-signature"}
    civic = draw(st.booleans())
    notice = {**NOTICE, "length": {"months": draw(st.integers(0, 6)), "bound": draw(_BOUNDS)}, "starts": draw(_STARTS)}
    return convention(
        place=draw(ZONES),
        effect={**effect, "clauses": ["A1"]},
        term={**draw(_LENGTHS), "clauses": ["A1"]},
        act={"party": "town", "body": "conseil municipal", "clauses": ["A1"]} if civic else None,
        termination=[notice],
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


_LENGTHS = st.one_of(
    st.fixed_dictionaries({"months": st.integers(1, 36)}),
    st.fixed_dictionaries({"years": st.integers(1, 3)}),
    st.fixed_dictionaries({"weeks": st.integers(1, 156)}),
    st.fixed_dictionaries({"days": st.integers(1, 1100)}),
    st.fixed_dictionaries({"civil_years": st.integers(1, 3)}),
    st.fixed_dictionaries({"school_years": st.integers(1, 3)}),
)
_STARTS = st.sampled_from(["sending", "receipt", "first-presentation", "letter-date", "unstated"])
_BOUNDS = st.sampled_from(["exact", "at_least", "at_most"])
_DELAYS = st.sampled_from([{"days": 8}, {"open_days": 15}, {"months": 1}, {"hours": 36}])


@st.composite
def records_of(draw: st.DrawFn) -> tuple[Recorded, ...]:
    """Draw facts that hang together: act, signatures, then whatever happened."""
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
    facts += draw(st.lists(_happenings(signed), max_size=5))
    told = [at(day_of(fact)) + timedelta(minutes=n) for n, fact in enumerate(facts)]
    return tuple(
        Recorded(id=f"f{n}", fact=fact, recorded_at=when, recorded_by="coordinator")
        for n, (fact, when) in enumerate(zip(facts, told, strict=True), start=1)
    )


def _happenings(after: date) -> st.SearchStrategy[Fact]:
    days = st.dates(after + timedelta(days=21), END)
    return st.one_of(
        st.builds(lambda day: Happened(event="asked", on=day), days),
        st.builds(lambda day: LetterPosted(on=day, rule="leave", by="town"), days),
        st.builds(lambda day: DutyDone(on=day, item="report/1"), days),
        st.builds(lambda day: MeetingHeld(on=day, item="point/1"), days),
        st.builds(lambda day: MeetingArranged(item="point/2", starts_at=at(day, 14)), days),
        st.builds(lambda day: LitigationOpened(on=day), days),
    )


@st.composite
def situations(draw: st.DrawFn) -> tuple[Convention, tuple[Recorded, ...], date]:
    """Draw a convention, facts about it, and a day to look from."""
    terms = draw(conventions())
    return terms, draw(records_of()), draw(DAYS)
