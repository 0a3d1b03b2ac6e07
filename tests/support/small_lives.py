"""Short lives drawn at random: a few small conventions of one town lived together, people who tell things late, wrong or twice,
a relay that is down, a machine that is off. Small, so that a thousand of them can be lived.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import Item
from echeancier.domain.attention.reminder_stages import CHASED
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import in_force
from echeancier.domain.messages.mail import Delivery
from echeancier.domain.messages.plan import plan_of
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.recording import Refusal, cancel, check_start, correct, parse_fact
from echeancier.domain.rehearsal.lives import Lives, Member, Outages, Planner
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import ADDRESSES, NOTICE, at, convention, duty, end_duty

_CITED: Final = {"clauses": ["A1"]}
_SIDES: Final = st.sampled_from(["town", "agency"])
_RESPONSIBLE: Final = {"town": ["referent"], "agency": ["partner"]}


def _owed(name: str, kind: str, by: str, **more: object) -> dict[str, Any]:
    return {
        "id": name, "kind": kind, "title": f"Devoir {name}", "title_en": f"Duty {name}", "owed_by": by,
        "owed_to": "agency" if by == "town" else "town", "responsible": _RESPONSIBLE[by], "informed": ["coordinator"],
        **_CITED, **more,
    }  # fmt: skip


# -- the papers -------------------------------------------------------------------------------------------------------

ROLES: Final = {
    name: {
        "party": "town" if "ville" in address else "agency", "function": f"Fonction {name}", "address": address,
        **({"substitute": "coordinator"} if name == "referent" else {}),
        **({"substitute": "partner-data"} if name == "partner" else {}),
    }
    for name, address in ADDRESSES.items()
}  # fmt: skip
"""Who holds which function; two of them have somebody who stands in for them."""

AHEAD: Final = timedelta(days=30)
"""A convention is registered so long before it takes effect."""


@st.composite
def papers(draw: st.DrawFn, begins: date, number: int) -> Convention:
    """Draw a convention of some months that owes two or three things."""
    blocks: dict[str, Any] = {"renewal": {"how": "none", "nothing_follows": True}}
    wanted = draw(st.sets(st.sampled_from(_OWED), min_size=1, max_size=3))
    for what in sorted(wanted, key=lambda one: one.__name__):
        blocks |= what(draw, begins)
    months = draw(st.sampled_from([1, 1, 2, 3]))
    return convention(
        reference=f"PETITE-{number}", roles=ROLES, effect={"rule": "fixed", "on": begins, **_CITED},
        term={"months": months, **_CITED}, **blocks,
    )  # fmt: skip


def _payment(draw: st.DrawFn, begins: date) -> dict[str, Any]:
    by = draw(_SIDES)
    said = {key: value for key, value in _owed("price", "payment", by).items() if key != "kind"}
    return {"payment": [{**said, "amount": "1000.00", "on": begins + timedelta(days=draw(st.integers(0, 60)))}]}


def _once(draw: st.DrawFn, begins: date) -> dict[str, Any]:
    kind = draw(st.sampled_from(["document", "evaluation", "information", "other"]))
    return {"one_off": [_owed("once", kind, draw(_SIDES), on=begins + timedelta(days=draw(st.integers(0, 27))))]}


def _event(draw: st.DrawFn, begins: date) -> dict[str, Any]:  # noqa: ARG001 - as the others
    kind = draw(st.sampled_from(["answer", "notification", "incident", "destruction"]))
    delay = draw(st.sampled_from([{"days": 2}, {"days": 15}, {"months": 1}, {"open_days": 5}, {"hours": 72}]))
    return {"event_duty": [_owed("answer", kind, draw(_SIDES), event="asked", delay=delay)]}


def _end(draw: st.DrawFn, begins: date) -> dict[str, Any]:  # noqa: ARG001 - as the others
    after = draw(st.sampled_from([{"days": 10}, {"days": 20}, {"months": 1}]))
    return {"end_duty": [end_duty(after=after, responsible=["referent", "partner"])]}


def _act(draw: st.DrawFn, begins: date) -> dict[str, Any]:  # noqa: ARG001 - as the others
    return {"act": [{"party": "town", "body": "conseil municipal", **_CITED}]}


def _notice(draw: st.DrawFn, begins: date) -> dict[str, Any]:  # noqa: ARG001 - as the others
    return {"termination": [{**NOTICE, "length": draw(st.sampled_from([{"months": 1}, {"days": 15}]))}]}


def _report(draw: st.DrawFn, begins: date) -> dict[str, Any]:  # noqa: ARG001 - as the others
    return {"duty": [duty("report", rhythm={"every_months": draw(st.sampled_from([1, 2, 3]))}, stake=None)]}


def _renewal(draw: st.DrawFn, begins: date) -> dict[str, Any]:  # noqa: ARG001 - as the others
    more = draw(st.sampled_from([{}, {"period": {"months": 1}}, {"deadline": {"days": 15}}]))
    tacit = {"how": "tacit", "period": {"months": 1}, "times": 1}
    return {"renewal": {**draw(st.sampled_from([{"how": "express", **more}, tacit])), **_CITED}}


_OWED: Final[tuple[Callable[[st.DrawFn, date], dict[str, Any]], ...]] = (
    _payment, _once, _event, _end, _act, _notice, _report, _renewal,
)  # fmt: skip

# -- what people tell -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """Something that somebody tells.

    Attributes:
        after: days after the convention begins; ``hour`` local.
        who: which convention; ``n`` decides the rest.
        late: how many days ago it happened.
    """

    after: int
    hour: int
    who: int
    what: str
    n: int
    late: int


Told = Callable[[Dossier, date, date, int], dict[str, object] | None]
"""From the dossier, the day it happened, the day it is told and a number, a fact as it is typed."""


def _to_do(dossier: Dossier, today: date, n: int, settled_by: str = "") -> Item | None:
    """One of the first things to do."""
    shown = agenda(dossier.convention, tuple(dossier.facts), at(today)).items
    chased = [i for i in shown if i.state in CHASED and i.safe_day is not None and settled_by in ("", i.settled_by)]
    chased.sort(key=lambda item: item.safe_day or date.max)
    return chased[n % min(3, len(chased))] if chased else None


def _done(dossier: Dossier, on: date, today: date, n: int) -> dict[str, object] | None:
    item = _to_do(dossier, today, n, "done")
    return None if item is None else {"kind": "done", "item": item.key, "on": on}


def _acknowledged(answer: str) -> Told:
    def told(dossier: Dossier, on: date, today: date, n: int) -> dict[str, object] | None:
        item = _to_do(dossier, today, n)
        if item is None:
            return None
        role = item.responsible[0] if item.responsible else dossier.convention.coordinator
        more: dict[str, object] = {"until": today + timedelta(days=1 + n % 14)} if answer == "later" else {}
        more |= {"note": "le fichier manque"} if answer == "problem" else {}
        return {"kind": "acknowledged", "item": item.key, "role": role, "answer": answer, "on": on, **more}

    return told


def _asked(dossier: Dossier, on: date, today: date, n: int) -> dict[str, object] | None:  # noqa: ARG001 - as the others
    in_hours = any(one.in_hours for one in dossier.convention.event_duty)
    return {"kind": "event", "event": "asked", "on": on, **({"at": at(on, n % 24)} if in_hours else {})}


def _away(dossier: Dossier, on: date, today: date, n: int) -> dict[str, object] | None:  # noqa: ARG001 - as the others
    return {"kind": "away", "role": ("referent", "partner")[n % 2], "on": on, "until": on + timedelta(days=n % 30)}


def _changed(dossier: Dossier, on: date, today: date, n: int) -> dict[str, object] | None:  # noqa: ARG001 - as the others
    role = ("referent", "partner", "coordinator", "manager")[n % 4]
    house = "operateur" if role == "partner" else "ville"
    return {"kind": "role-changed", "role": role, "on": on, "address": f"{role}-{n}@{house}.example"}


def _amended(dossier: Dossier, on: date, today: date, n: int) -> dict[str, object] | None:  # noqa: ARG001 - as the others
    return {"kind": "amended", "on": on, "ends_on": today + timedelta(days=n)}


def _posted(dossier: Dossier, on: date, today: date, n: int) -> dict[str, object] | None:  # noqa: ARG001 - as the others
    return {"kind": "letter-posted", "on": on, "rule": "leave", "by": ("town", "agency")[n % 2]}


def _decided(dossier: Dossier, on: date, today: date, n: int) -> dict[str, object] | None:  # noqa: ARG001 - as the others
    return {"kind": "renewal-decided", "on": on, "decision": ("renew", "let-lapse", "new-convention")[n % 3]}


def _of_the_act(kind: str) -> Told:
    return lambda dossier, on, today, n: {"kind": kind, "on": on}  # noqa: ARG005 - as the others


TOLD: Final[dict[str, Told]] = {
    "done": _done, "asked": _asked, "away": _away, "changed": _changed, "amended": _amended, "posted": _posted,
    "adopted": _of_the_act("act-adopted"), "published": _of_the_act("act-published"),
    "transmitted": _of_the_act("act-transmitted"), "decided": _decided,
    "seen": _acknowledged("seen"), "later": _acknowledged("later"), "problem": _acknowledged("problem"),
}  # fmt: skip
"""What may be told, by name."""

PUT_RIGHT: Final = ("cancel", "correct")
"""What is said of an earlier fact."""


def _possible(terms: Convention) -> tuple[str, ...]:
    """What can be told of a convention, what happens most often several times."""
    said = [
        "done",
        "done",
        "done",
        "done",
        "away",
        "changed",
        "amended",
        *PUT_RIGHT,
        "seen",
        "seen",
        "later",
        "problem",
    ]
    said += ["asked", "asked", "asked"] if terms.event_duty else []
    said += ["posted"] if terms.termination else []
    said += ["decided"] if terms.renewal.how != "none" else []
    return (*said, *(("adopted", "published", "transmitted") if terms.act else ()))


@st.composite
def _steps(draw: st.DrawFn, terms: tuple[Convention, ...]) -> Step:
    who = draw(st.integers(0, len(terms) - 1))
    return Step(
        after=draw(st.integers(-25, 110)), hour=draw(st.integers(7, 20)), who=who,
        what=draw(st.sampled_from(_possible(terms[who]))), n=draw(st.integers(0, 120)),
        late=draw(st.sampled_from([0, 0, 0, 1, 3, 12])),
    )  # fmt: skip


def _birth(draw: st.DrawFn, terms: Convention, number: int) -> list[Step]:
    """How it begins, five times out of six: its vote and all that follows it, then both signatures, in time or late."""
    if not draw(st.integers(0, 5)):
        return []
    day = draw(st.sampled_from([-28, -20, -3, 5]))
    voted = ["adopted", "published", "transmitted"][: draw(st.sampled_from([3, 3, 3, 2]))] if terms.act else []
    names = [*voted, "signed-town", "signed-agency"]
    return [Step(day + n, 11, number, name, 0, 0) for n, name in enumerate(names)]


# -- what does not work -----------------------------------------------------------------------------------------------

_SPANS: Final = st.tuples(st.integers(-15, 90), st.sampled_from([1, 3, 4, 9, 31]))


def _instants(begins: date, spans: list[tuple[int, int]]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((at(begins + timedelta(days=a), 6), at(begins + timedelta(days=a + n), 6)) for a, n in spans)


@st.composite
def outages(draw: st.DrawFn, begins: date) -> Outages:
    """Draw one thing that does not work for a time, two lives out of three."""
    which = draw(st.sampled_from(["relay", "machine", "stopped", "", "", "relay"]))
    return Outages(**{which: _instants(begins, [draw(_SPANS)])}) if which else Outages()


@dataclass(frozen=True)
class Dead:
    """An address that refuses mail for a time; that of nobody in most lives."""

    address: str
    start: datetime
    end: datetime

    def answer(self, address: str, now: datetime) -> Delivery:
        """Return what the relay says of an address."""
        gone = address == self.address and self.start <= now < self.end
        return Delivery(outcome="refused", fault="address") if gone else Delivery(outcome="accepted")


@st.composite
def _dead(draw: st.DrawFn, begins: date) -> Dead:
    who = draw(st.sampled_from(["", "", "partner", "referent", "coordinator"]))
    (span,) = _instants(begins, [draw(_SPANS)])
    return Dead(ADDRESSES.get(who, ""), *span)


# -- the life ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drawn:
    """Some conventions that begin about the same day, what is told of them, and what does not work meanwhile.

    Attributes:
        digests: whether our own people read one each week.
    """

    begins: date
    terms: tuple[Convention, ...]
    steps: tuple[Step, ...]
    outages: Outages
    dead: Dead
    digests: bool = False

    @property
    def ends(self) -> datetime:
        """When nobody looks any further."""
        return at(self.begins + timedelta(days=125))


@st.composite
def drawn(draw: st.DrawFn, most: int = 2) -> Drawn:
    """Draw a life."""
    begins = date(2022, 1, 3) + timedelta(days=draw(st.integers(0, 365)))
    count = draw(st.sampled_from([1, 1, 2][:most]))
    terms = tuple(draw(papers(begins + timedelta(days=draw(st.integers(0, 20))), number)) for number in range(count))
    births = [step for number, one in enumerate(terms) for step in _birth(draw, one, number)]
    steps = [*births, *draw(st.lists(_steps(terms), min_size=2, max_size=9))]
    return Drawn(
        begins,
        terms,
        tuple(sorted(steps, key=lambda one: (one.after, one.hour))),
        draw(outages(begins)),
        draw(_dead(begins)),
    )


def lived(one: Drawn, plan: Planner = plan_of, *, of: type[Lives] = Lives) -> Lives:
    """Live what was drawn, the robot planning as ``plan`` does."""
    hours = DigestHours() if one.digests else None
    lives = of(at(one.begins - AHEAD, 9), outages=one.outages, plan=plan, relay=one.dead.answer, hours=hours)
    for terms in one.terms:
        check_start(terms, lives.now)
        lives.enter(terms)
    for step in one.steps:
        # A minute apart at least: of two things told at the same instant nobody could say which one a mail knew of.
        lives.until(max(lives.now + timedelta(minutes=1), at(one.begins + timedelta(days=step.after), step.hour)))
        _tell(lives, lives.members[step.who % len(lives.members)], step)
    return lives.until(one.ends)


def _tell(lives: Lives, member: Member, step: Step) -> None:
    today = lives.now.date()
    on = today - timedelta(days=step.late)
    try:
        if step.what in PUT_RIGHT:
            _put_right(lives, member, step)
            return
        if step.what.startswith("signed-"):
            said: dict[str, object] | None = {"kind": "signed", "on": on, "party": step.what.removeprefix("signed-")}
        else:
            said = TOLD[step.what](member.dossier, on, today, step.n)
        if said is not None:
            lives.record(member, parse_fact(said))
    except Refusal:
        return  # the door does not take it: nothing was told


def _put_right(lives: Lives, member: Member, step: Step) -> None:
    known = in_force(tuple(member.dossier.facts))
    if not known:
        return
    fact = known[step.n % len(known)]
    if step.what == "cancel":
        version = cancel(member.dossier, fact.id, lives.now, "coordinator")
    else:
        earlier = getattr(fact.fact, "on", lives.now.date()) - timedelta(days=1 + step.n % 3)
        version = correct(member.dossier, fact.id, {"on": earlier}, lives.now, "coordinator")
    member.dossier.facts.append(version)
    member.wake = lives.now
