"""« À faire »: what needs a person today, each with the form that settles it."""

from datetime import date, datetime

import httpx

from echeancier.desk.facts.actions import actions, on_item
from echeancier.desk.facts.page import typed
from echeancier.desk.todo.view import how_far_words
from echeancier.domain.agenda.meetings import guests
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.mail import InvitationAnswered, MailUndelivered
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.todo import Sort, Todo, todos
from echeancier.domain.recording import check_fact
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.desk.fakes import NOW, FakeRegister, example
from tests.desk.html import read
from tests.domain import builders as b
from tests.domain.builders_life import life
from tests.domain.test_planning_hours import BREACH


def asked(dossier: Dossier, at: datetime = NOW) -> tuple[Todo, ...]:
    return todos(Context(dossier, at, DEFAULT_POLICY))


def told(dossier: Dossier, *facts: object) -> Dossier:
    for fact in facts:
        number = len(dossier.facts) + 1
        record = Recorded(id=f"f{number}", fact=fact, recorded_at=NOW, recorded_by="coordinator")  # type: ignore[arg-type]
        dossier.facts.append(record)
    return dossier


def message(status: str = "refused", **changes: object) -> Message:
    given: dict[str, object] = {
        "id": "m1", "kind": "reminders", "role": "manager", "address": "direction@valmont.example", "at": NOW,
        "status": status,
    }  # fmt: skip
    return Message.model_validate({**given, **changes})


def about(found: tuple[Todo, ...], key: str) -> Todo | None:
    return next((todo for todo in found if todo.item is not None and todo.item.key == key), None)


async def test_what_is_late_comes_first(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    assert page.index("En retard ou manqué") < page.index("Questions à trancher")


async def test_an_empty_register_offers_to_start(client: httpx.AsyncClient, register: FakeRegister) -> None:
    register.dossiers.clear()
    page = (await client.get("/")).text
    assert "Aucune convention n’est enregistrée" in page
    assert 'href="/commencer"' in page


async def test_only_one_sort_is_shown_when_asked_for(client: httpx.AsyncClient) -> None:
    page = read((await client.get("/?sort=question")).text)
    assert "Questions à trancher" in page.text
    assert "En retard ou manqué" not in page.text


def test_a_series_that_is_late_takes_one_line_and_counts_the_others() -> None:
    found = [t for t in asked(example("sqf-p")) if t.item and t.item.key.startswith("quarterly-data/")]
    late = [t for t in found if t.late]
    assert [t.item.key for t in late if t.item] == ["quarterly-data/2022-10"]
    assert late[0].older == 5


def test_what_others_may_do_against_us_asks_nothing_of_us() -> None:
    assert not [t for t in asked(example("sqf-p")) if t.item and t.item.kind in ("recourse", "termination")]


def test_a_question_answered_is_asked_no_more() -> None:
    dossier = example("sqf-p")
    assert any(t.question and t.question.id == "operator-number" for t in asked(dossier))
    told(dossier, QuestionAnswered(question="operator-number", on=date(2023, 2, 1), text="12"))
    assert not any(t.question and t.question.id == "operator-number" for t in asked(dossier))


def test_a_convention_over_asks_no_question_any_more() -> None:
    assert not [t for t in asked(example("tcm-p")) if t.sort is Sort.QUESTION]


def test_a_refused_mail_asks_for_somebody_until_its_reader_is_reached() -> None:
    dossier = example("sqf-p")
    dossier.outbox.append(message())
    assert [t.sort for t in asked(dossier) if t.message] == [Sort.MAIL]
    dossier.outbox.append(message("accepted", id="m2", at=NOW.replace(hour=10)))
    assert not [t for t in asked(dossier) if t.message]


def test_a_mail_that_came_back_asks_for_somebody_too() -> None:
    dossier = example("sqf-p")
    dossier.outbox.append(message("accepted"))
    told(dossier, MailUndelivered(on=NOW.date(), message="m1", status="5.1.1"))
    assert [t.message.detail for t in asked(dossier) if t.message] == ["adresse inconnue (5.1.1)"]


def test_a_meeting_is_proposed_a_day_and_can_be_said_held() -> None:
    dossier, later = example("sqf-p"), datetime.fromisoformat("2023-03-27T09:00+02:00")
    todo = about(asked(dossier, later), "referent-meeting/2023-03")
    assert todo is not None
    forms = actions(Context(dossier, later, DEFAULT_POLICY), todo, "fr", "t", "/")
    assert [form.kind for form in forms] == ["meeting-arranged", "meeting-held", "acknowledged"]
    start = next(field.value for field in forms[0].fields if field.name == "starts_at")
    assert later.date() < date.fromisoformat(start[:10]) <= date(2023, 4, 28)


def test_a_fixed_meeting_can_be_moved_from_its_own_date() -> None:
    dossier = told(
        example("sqf-p"),
        MeetingArranged(item="referent-meeting/2023-03", starts_at=datetime(2023, 3, 21, 14, 30)),  # noqa: DTZ001 - local
    )
    todo = about(asked(dossier), "referent-meeting/2023-03")
    assert todo is not None
    move = actions(Context(dossier, NOW, DEFAULT_POLICY), todo, "fr", "t", "/")[0]
    assert move.button == "Déplacer"
    assert "2023-03-21T14:30" in [field.value for field in move.fields]


def test_a_late_duty_does_not_propose_today_as_the_day_it_was_done() -> None:
    dossier = example("sqf-p")
    todo = about(asked(dossier), "annual-report/2022")
    assert todo is not None
    form = actions(Context(dossier, NOW, DEFAULT_POLICY), todo, "fr", "t", "/")[0]
    assert [field.value for field in form.fields] == [""]


def test_the_end_asks_for_a_decision_and_no_notice_for_any_day_asks_for_a_letter() -> None:
    dossier = example("sqf-p")
    found = asked(dossier, datetime.fromisoformat("2023-11-20T09:00+01:00"))
    end = about(found, "end")
    letters = [todo.letter for todo in found if todo.letter is not None]
    assert end is not None
    ctx = Context(dossier, datetime.fromisoformat("2023-11-20T09:00+01:00"), DEFAULT_POLICY)
    assert [form.kind for form in actions(ctx, end, "fr", "t", "/")] == ["renewal-decided", "acknowledged"]
    assert "termination" not in [one.letter for one in letters]


def test_the_notice_for_a_due_date_stands_once_as_the_letter_to_read() -> None:
    found = asked(example("mtz-p"), datetime.fromisoformat("2022-07-04T09:00+02:00"))
    assert about(found, "notice/annual-notice/2022") is None
    (letter,) = [todo.letter for todo in found if todo.letter is not None and todo.letter.letter == "termination"]
    assert (letter.about, letter.by) == ("annual-notice", date(2022, 9, 6))


def test_a_safe_day_that_passed_is_not_called_late_while_the_last_day_is_ahead() -> None:
    todo = Todo("SQF-P", Sort.DUTY, date(2023, 2, 26), late=False)
    assert how_far_words(todo, -3, "fr") == "jour prudent passé depuis 3\u00a0jours"
    late = Todo("SQF-P", Sort.DUTY, date(2023, 2, 26), late=True)
    assert how_far_words(late, -3, "fr") == "en retard de 3\u00a0jours"


def test_an_undelivered_mail_is_settled_in_place_by_the_new_address_of_its_function() -> None:
    dossier = example("sqf-p")
    role = dossier.convention.manager
    address = dossier.convention.roles[role].address
    dossier.outbox.append(message(role=role, address=address))
    ctx = Context(dossier, NOW, DEFAULT_POLICY)
    lost = next(todo for todo in todos(ctx) if todo.sort is Sort.MAIL)
    (form,) = actions(ctx, lost, "fr", "t1", "/")
    assert form.kind == "role-changed"
    assert form.fixed == {"role": role}
    told(dossier, RoleChanged(on=date(2023, 3, 1), role=role, address="nouvelle@valmont.example"))
    assert not [todo for todo in asked(dossier) if todo.sort is Sort.MAIL]


def test_what_runs_in_hours_is_done_with_its_hour_the_present_one_unless_another_is_given() -> None:
    now = b.at("2022-03-06", 6, 41)
    lived = life(b.convention(event_duty=[BREACH], duty=[b.duty()]), b.signed("2021-12-15")).until("2022-02-01")
    found = b.at("2022-03-04", 19)
    lived.record(Happened(event="breach-found", on=found.date(), at=found), when=found)
    ctx = Context(lived.dossier, now, DEFAULT_POLICY)
    item = next(item for item in ctx.agenda.items if item.legal_last_instant is not None)
    (form,) = on_item(ctx, item, "fr", "t", "/")
    given = {field.name: field.value for field in form.fields}
    assert given == {"at": "2022-03-06T06:41"}
    fact = DutyDone.model_validate({**typed(ctx, "done", given), "item": item.key})
    check_fact(lived.dossier, fact, now)


def test_an_answer_that_nothing_proves_is_confirmed_by_a_person() -> None:
    dossier, later = example("sqf-p"), datetime.fromisoformat("2023-03-10T09:00+01:00")
    meeting = "referent-meeting/2023-03"
    start = datetime.fromisoformat("2023-03-27T10:00+02:00")
    told(dossier, MeetingArranged(item=meeting, starts_at=start))
    s = Context(dossier, later, DEFAULT_POLICY).s
    guest = next(g for g in guests(s, meeting) if g.role != dossier.convention.coordinator)
    told(
        dossier,
        InvitationAnswered(on=later.date(), item=meeting, role=guest.role, answer="accepted", declared=True),
    )
    (todo,) = [t for t in asked(dossier, later) if t.sort is Sort.ANSWER]
    assert "déclarée, à confirmer" in todo.declared[0].says.fr
    (form,) = actions(Context(dossier, later, DEFAULT_POLICY), todo, "fr", "t", "/")
    assert (form.kind, form.fixed["role"], form.fixed["answer"]) == (
        "invitation-answered",
        guest.role,
        "accepted",
    )
    told(dossier, InvitationAnswered(on=later.date(), item=meeting, role=guest.role, answer="accepted"))
    assert not [t for t in asked(dossier, later) if t.sort is Sort.ANSWER]
