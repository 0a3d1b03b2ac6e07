"""A date that moves after it was told: who was told is told, and the calls start again; our own policy moves nothing."""

from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import Amended
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.signing import Signed
from echeancier.domain.messages.order import Line
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.item_kinds import Leads
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain.builders import at, convention, d, duty, end_duty, signed
from tests.domain.builders_life import Life, life

STARTED = signed("2021-12-15")

ANSWER = {
    "id": "answer",
    "kind": "answer",
    "title": "Répondre",
    "title_en": "Answer",
    "event": "asked",
    "delay": {"months": 2},
    "owed_by": "agency",
    "owed_to": "town",
    "responsible": ["partner"],
    "clauses": ["A1"],
}


def asked(day: str) -> Happened:
    return Happened(event="asked", on=d(day))


def with_a_request() -> Life:
    """A request recorded as received on 1 February, whose answer is due two months later."""
    lived = life(convention(duty=[duty()], event_duty=[ANSWER]), STARTED, "2022-01-03").until("2022-02-01")
    lived.record(asked("2022-02-01"))
    return lived.until("2022-03-24")


def stages(lived: Life, to: str = "partner") -> list[tuple[str, str]]:
    return [(day.isoformat(), stage) for day, stage in lived.told("answer/f3", to)]


def test_a_legal_day_that_moves_is_corrected_for_whoever_was_told() -> None:
    lived = with_a_request()
    lived.correct("f3", asked("2022-02-20"))
    corrections = lived.of("correction")
    assert {o.to.role for o in corrections} == {"partner"}  # the coordinator, who only follows it, was not written to
    (line,) = corrections[0].lines
    assert (line.former_day, line.legal_last_day) == (d("2022-04-01"), d("2022-04-20"))


def test_a_correction_is_told_once() -> None:
    lived = with_a_request()
    lived.correct("f3", asked("2022-02-20"))
    before = len(lived.of("correction"))
    lived.until("2022-04-30")
    assert len(lived.of("correction")) == before


def test_the_calls_start_again_for_the_new_legal_day() -> None:
    lived = with_a_request()
    assert [stage for _, stage in stages(lived)] == ["notice"]
    lived.correct("f3", asked("2022-06-20"))
    lived.until("2022-09-30")
    again = [(day, stage) for day, stage in stages(lived) if day > "2022-03-24"]
    assert again == [
        ("2022-08-04", "notice"),
        ("2022-08-12", "reminder"),
        ("2022-08-18", "last-call"),
        ("2022-08-22", "overdue"),
        ("2022-08-29", "escalation"),
    ]


def test_a_correction_speaks_for_the_call_that_is_due_that_very_day() -> None:
    lived = with_a_request()
    before = len(lived.sent)
    lived.correct("f3", asked("2022-02-03"))
    assert [o.kind for _, o in lived.sent[before:] if o.to.role == "partner"] == ["correction"]


def test_a_date_moved_twice_is_corrected_twice() -> None:
    lived = with_a_request()
    lived.correct("f3", asked("2022-02-20"))
    lived.now = at("2022-03-25")
    lived.correct("f3", asked("2022-02-22"))
    days = [line.former_day for o in lived.of("correction", "partner") for line in o.lines]
    assert days == [d("2022-04-01"), d("2022-04-20")]


def test_what_was_recorded_by_mistake_is_told_to_be_gone() -> None:
    lived = with_a_request()
    lived.correct("f3", asked("2022-02-01"), cancelled=True)
    (order,) = lived.of("correction", "partner")
    assert [(line.item, line.stage) for line in order.lines] == [("answer/f3", "gone")]


def test_what_is_gone_is_told_once_and_never_called_for_again() -> None:
    lived = with_a_request()
    lived.correct("f3", asked("2022-02-01"), cancelled=True)
    lived.until("2022-08-01")
    assert stages(lived)[-1] == ("2022-03-24", "gone")
    assert len(lived.of("correction", "partner")) == 1


def test_what_is_gone_after_its_day_needs_no_message() -> None:
    lived = with_a_request().until("2022-05-30")
    lived.correct("f3", asked("2022-02-01"), cancelled=True)
    assert lived.of("correction") == []


def test_what_was_done_needs_no_correction() -> None:
    lived = with_a_request()
    lived.record(DutyDone(on=d("2022-03-24"), item="answer/f3"))
    lived.correct("f3", asked("2022-02-20"))
    assert lived.of("correction") == []


def test_our_own_lead_times_changed_repeat_nothing() -> None:
    lived = with_a_request()
    before = len(lived.sent)
    lived.policy = DEFAULT_POLICY.model_copy(
        update={"leads": {**DEFAULT_POLICY.leads, "answer": Leads(notice=12, reminder=5, last_call=1)}}
    )
    lived.settle()
    assert lived.sent[before:] == []


def test_a_day_on_which_our_offices_close_moves_our_safe_day_and_writes_to_nobody() -> None:
    lived = with_a_request()
    before = len(lived.sent)
    lived.dossier.convention = _closed_on(lived.dossier.convention, "2022-04-01")
    lived.settle()
    assert lived.sent[before:] == []


def test_an_extension_tells_of_the_new_end_and_of_the_renewal_steps_that_fall() -> None:
    lived = life(convention(end_duty=[end_duty()]), STARTED, "2022-01-03").until("2022-08-10")
    lived.record(Amended(on=d("2022-08-10"), ends_on=d("2023-12-31")))
    told = {
        line.item: (line.stage, line.legal_last_day) for o in lived.of("correction", "coordinator") for line in o.lines
    }
    assert told["end"] == ("now", d("2023-12-31"))
    assert told["renewal/2022/committee"][0] == "gone"


def test_a_publication_recorded_with_the_wrong_day_corrects_what_hangs_from_it() -> None:
    act = {"party": "town", "body": "conseil municipal", "clauses": ["A1"]}
    facts = (
        ActAdopted(on=d("2021-12-06")),
        ActPublished(on=d("2021-12-07")),
        ActTransmitted(on=d("2021-12-07")),
    )
    lived = life(
        convention(act=act, effect={"rule": "last-signature", "clauses": ["A1"]}, duty=[duty()]),
        facts,
        "2021-12-08",
    )
    lived.until("2021-12-20")
    lived.record(*signed("2021-12-20"))
    lived.correct("f4", Signed(on=d("2021-12-13"), party="town"))
    lived.correct("f5", Signed(on=d("2021-12-13"), party="agency"))
    changes = [
        (line.item, line.former_day, line.legal_last_day) for o in lived.of("correction", "partner") for line in o.lines
    ]
    assert ("report/1", d("2022-12-19"), d("2022-12-12")) in changes


def _closed_on(terms: Convention, day: str) -> Convention:
    return terms.model_copy(update={"place": terms.place.model_copy(update={"closed": (d(day),)})})


# -- what has no legal day: the day it is counted from is its ground ------------------------------------------------


def publicity(lived: Life, kind: str = "reminders") -> list[Line]:
    return [line for o in lived.of(kind, "coordinator") for line in o.lines if line.item == "contract-publicity"]


def signed_on(day: str) -> Life:
    """Signed on ``day``: the notice of it is to be published a fortnight later, by our own policy."""
    return life(convention(), signed(day), "2022-01-03").until("2022-01-17")


def test_without_a_legal_day_a_trigger_put_right_corrects_the_safe_day_that_was_told() -> None:
    lived = signed_on("2022-01-03")
    lived.correct("f1", Signed(on=d("2022-01-12"), party="town"))
    (line,) = publicity(lived, "correction")
    assert (line.former_day, line.safe_day, line.legal_last_day) == (d("2022-01-18"), d("2022-01-27"), None)


def test_without_a_legal_day_a_trigger_put_right_starts_the_calls_again() -> None:
    lived = signed_on("2022-01-03").until("2022-01-28")
    assert [line.stage for line in publicity(lived)][-1] == "escalation"
    lived.correct("f1", Signed(on=d("2022-01-26"), party="town"))
    lived.until("2022-02-28")
    assert [line.stage for line in publicity(lived)][-3:] == ["last-call", "overdue", "escalation"]


def test_without_a_legal_day_our_own_policy_changed_writes_to_nobody() -> None:
    lived = signed_on("2022-01-03")
    before = len(lived.sent)
    lived.policy = DEFAULT_POLICY.model_copy(update={"publicity_days": 20})
    lived.settle()
    assert lived.sent[before:] == []


def test_the_steps_of_a_renewal_are_corrected_when_the_end_they_lead_to_moves_within_its_year() -> None:
    lived = life(convention(term={"ends_on": d("2022-12-31"), "clauses": ["A1"]}), STARTED, "2022-01-03")
    lived.until("2022-07-15")
    lived.record(Amended(on=d("2022-07-15"), ends_on=d("2022-11-30")))
    lines = {line.item: line for o in lived.of("correction", "coordinator") for line in o.lines}
    assert lines["renewal/2022/kick-off"].former_day == d("2022-06-30")
    assert lines["renewal/2022/kick-off"].safe_day == d("2022-05-30")


def test_what_was_told_before_the_ground_was_kept_is_compared_by_its_legal_day() -> None:
    lived = with_a_request()
    for n, message in enumerate(lived.dossier.outbox):
        old = tuple(told.model_copy(update={"basis": None, "safe": None}) for told in message.told)
        lived.dossier.outbox[n] = message.model_copy(update={"told": old})
    before = len(lived.sent)
    lived.settle()
    assert lived.sent[before:] == []
