"""What an answer or a delivery report changes in a dossier that sent the invitation."""

from datetime import datetime, timedelta

import pytest

from echeancier.domain.agenda.meetings import GuestAnswer, answers_for
from echeancier.domain.answers.fact_of_reply import Decision, concerns, decide, without_a_dossier
from echeancier.domain.answers.reply import DeliveryReport, ItipAnswer, Parsed, ReadMail, Sort, bounce_mark
from echeancier.domain.facts.dossier import MeetingRevision, Message
from echeancier.domain.facts.mail import InvitationAnswered, MailUndelivered
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.journal import journal
from tests.domain.builders import ADDRESSES, at, convention, d, meeting_duty, signed
from tests.domain.builders_life import Life, life

POINT = "point/2022-01"
GUEST = ADDRESSES["partner"]
RECEIVED = at("2022-02-03", 11)


def invited() -> Life:
    """Return a life in which a meeting of 15 March was convened on 1 February."""
    lived = life(convention(duty=[meeting_duty()]), signed("2021-12-15"), "2022-01-03")
    lived.record(MeetingArranged(item=POINT, starts_at=at("2022-03-15")), when=at("2022-02-01"))
    return lived


def sent_to_partner(lived: Life) -> Message:
    return next(m for m in lived.dossier.outbox if m.kind == "invitation" and m.role == "partner")


def uid(lived: Life) -> str:
    revision = sent_to_partner(lived).meeting
    assert isinstance(revision, MeetingRevision)
    return revision.uid


def answer(lived: Life, **changes: object) -> ItipAnswer:
    values: dict[str, object] = {
        "uid": uid(lived),
        "address": GUEST,
        "answer": "accepted",
        "at": at("2022-02-03"),
    }
    return ItipAnswer.model_validate({**values, **changes})


def reading(said: ItipAnswer | Parsed, received: datetime = RECEIVED) -> ReadMail:
    parsed = said if isinstance(said, Parsed) else Parsed(sort="answer", answer=said)
    return ReadMail(uid=1, key="k", received_at=received, document="x", parsed=parsed)


def decided(lived: Life, said: ItipAnswer | Parsed, received: datetime = RECEIVED) -> Decision:
    read = reading(said, received)
    assert concerns(lived.dossier, read.parsed)
    return decide(lived.dossier, read, received)


def fact_of(decision: Decision) -> InvitationAnswered:
    assert isinstance(decision.fact, InvitationAnswered)
    return decision.fact


def kept(lived: Life, said: ItipAnswer | Parsed, received: datetime = RECEIVED) -> Decision:
    """Decide, and record what was decided."""
    decision = decided(lived, said, received)
    assert decision.fact is not None
    lived.record(decision.fact, when=received)
    return decision


def shown(lived: Life) -> GuestAnswer:
    s = Context(lived.dossier, lived.now, lived.policy).s
    return next(a for a in answers_for(s, POINT) if a.role == "partner")


def report(lived: Life, **changes: object) -> Parsed:
    values = {"outcome": "failed", "status": "5.1.1", **changes}
    mark = bounce_mark(sent_to_partner(lived).id)
    return Parsed(sort="undelivered", mark=mark, report=DeliveryReport.model_validate(values))


def test_an_answer_becomes_a_fact_about_its_item_and_role() -> None:
    lived = invited()
    decision = decided(lived, answer(lived))
    fact = fact_of(decision)
    assert decision.folder == "done"
    assert (fact.item, fact.role, fact.answer) == (POINT, "partner", "accepted")
    assert fact.meeting_at == at("2022-03-15")


def test_a_recorded_answer_is_shown() -> None:
    lived = invited()
    kept(lived, answer(lived, answer="declined"))
    assert shown(lived).answer == "declined"


def test_an_answer_to_a_former_date_is_kept_and_to_be_confirmed_again() -> None:
    lived = invited()
    lived.record(MeetingArranged(item=POINT, starts_at=at("2022-03-22")), when=at("2022-02-02"))
    kept(lived, answer(lived, sequence=0))
    assert shown(lived).to_reconfirm


def test_a_proposal_is_kept_and_the_meeting_stays_where_it_is() -> None:
    lived = invited()
    kept(lived, answer(lived, answer="counter", proposed_at=at("2022-04-01")))
    assert shown(lived).proposed_at == at("2022-04-01")
    assert Context(lived.dossier, lived.now, lived.policy).items[POINT].meeting_at == at("2022-03-15")
    assert lived.of("meeting-moved") == []


def test_the_same_answer_read_twice_is_recorded_once() -> None:
    lived = invited()
    kept(lived, answer(lived))
    again = decided(lived, answer(lived), RECEIVED + timedelta(hours=1))
    assert (again.fact, again.folder) == (None, "done")


def test_an_answer_older_than_the_one_kept_is_ignored() -> None:
    lived = invited()
    kept(lived, answer(lived, answer="declined"))
    older = answer(lived, at=at("2022-02-03", 9))
    assert decided(lived, older, RECEIVED + timedelta(hours=1)).fact is None


def test_an_answer_to_an_older_revision_does_not_replace_one_to_a_newer() -> None:
    lived = invited()
    lived.record(MeetingArranged(item=POINT, starts_at=at("2022-03-22")), when=at("2022-02-02"))
    kept(lived, answer(lived, sequence=1))
    late = answer(lived, sequence=0, answer="declined", at=at("2022-02-04"))
    assert decided(lived, late, at("2022-02-04", 11)).fact is None


def test_a_newer_answer_replaces_the_former() -> None:
    lived = invited()
    kept(lived, answer(lived, answer="tentative"))
    kept(lived, answer(lived, at=at("2022-02-04")), at("2022-02-04", 11))
    assert shown(lived).answer == "accepted"


def test_an_answer_recorded_by_hand_is_not_undone_by_an_older_mail() -> None:
    lived = invited()
    by_hand = InvitationAnswered(on=d("2022-02-03"), item=POINT, role="partner", answer="declined")
    lived.record(by_hand, when=RECEIVED)
    assert decided(lived, answer(lived), RECEIVED + timedelta(hours=1)).fact is None


def test_a_clock_that_is_ahead_does_not_date_the_answer_after_its_reception() -> None:
    lived = invited()
    assert fact_of(decided(lived, answer(lived, at=at("2030-01-01")))).at == RECEIVED


def test_an_answer_without_an_instant_is_dated_by_its_reception() -> None:
    lived = invited()
    assert fact_of(decided(lived, answer(lived, at=None))).at == RECEIVED


def test_what_somebody_else_sends_is_kept_as_declared_and_put_aside_for_a_person() -> None:
    lived = invited()
    decision = kept(lived, answer(lived, declared=True, by_another=True))
    assert decision.folder == "to-read"
    assert shown(lived).declared


def test_what_somebody_else_declared_does_not_stand_in_the_way_of_the_guest() -> None:
    lived = invited()
    kept(lived, answer(lived, answer="declined", declared=True))
    kept(lived, answer(lived, at=at("2022-02-03", 9)), RECEIVED + timedelta(hours=1))
    assert (shown(lived).answer, shown(lived).declared) == ("accepted", False)


def test_a_forwarded_invitation_is_for_a_person_to_read() -> None:
    lived = invited()
    decision = decided(lived, answer(lived, address="quelquun@operateur.example"))
    assert (decision.folder, decision.fact) == ("to-read", None)


def test_a_number_we_never_sent_is_for_a_person_to_read() -> None:
    lived = invited()
    assert decided(lived, answer(lived, sequence=7)).folder == "to-read"


def test_an_answer_after_the_meeting_changes_nothing() -> None:
    lived = invited()
    decision = decided(lived, answer(lived), at("2022-03-16"))
    assert (decision.folder, decision.fact) == ("done", None)


def test_an_answer_to_a_cancelled_meeting_changes_nothing() -> None:
    lived = invited()
    lived.record(MeetingCancelled(on=d("2022-02-02"), item=POINT), when=at("2022-02-02"))
    decision = decided(lived, answer(lived))
    assert (decision.folder, decision.fact) == ("done", None)


def test_an_answer_to_a_meeting_of_nobody_concerns_no_dossier() -> None:
    lived = invited()
    assert not concerns(lived.dossier, Parsed(sort="answer", answer=answer(lived, uid="autre")))


def test_a_message_that_comes_back_counts_as_refused_and_raises_the_alarm() -> None:
    lived = invited()
    kept(lived, report(lived))
    (alarm,) = lived.of("undelivered", "coordinator")
    assert alarm.detail is not None
    assert "adresse inconnue (5.1.1)" in alarm.detail.fr


def test_the_journal_says_that_the_message_was_refused() -> None:
    lived = invited()
    kept(lived, report(lived))
    entry = next(e for e in journal(lived.dossier) if e.ref == sent_to_partner(lived).id)
    assert entry.result.fr == "refusé"


def test_the_journal_says_who_answered_what() -> None:
    lived = invited()
    kept(lived, answer(lived, answer="declined"))
    entry = next(e for e in journal(lived.dossier) if e.kind == "invitation-answered")
    assert "Fonction partner\u00a0: refuse" in entry.what.fr
    assert "Fonction partner: declines" in entry.what.en


def test_what_came_back_and_says_nothing_clear_is_noted_and_left_for_a_person() -> None:
    lived = invited()
    mark = bounce_mark(sent_to_partner(lived).id)
    for sort in ("unreadable", "other"):
        decision = decided(lived, Parsed(sort=sort, why="à lire", mark=mark))
        assert decision.folder == "to-read"
        assert "convention TEST-1" in decision.why
        assert isinstance(decision.fact, MailUndelivered)
        assert decision.fact.outcome == "unclear"
    kept(lived, Parsed(sort="other", why="à lire", mark=mark))
    assert lived.of("undelivered") == []


def test_an_answer_that_nothing_proves_is_recorded_declared_and_filed() -> None:
    lived = invited()
    decision = kept(lived, answer(lived, declared=True))
    assert decision.folder == "done"
    assert "à confirmer" in decision.why
    assert shown(lived).declared


def test_a_delay_is_noted_and_raises_no_alarm() -> None:
    lived = invited()
    kept(lived, report(lived, outcome="delayed", status="4.4.1"))
    assert lived.of("undelivered") == []
    assert any(e.kind == "mail-undelivered" for e in journal(lived.dossier))


def test_a_report_recorded_by_mistake_no_longer_counts() -> None:
    lived = invited()
    fact = kept(lived, report(lived)).fact
    assert fact is not None
    lived.correct(lived.dossier.facts[-1].id, fact, cancelled=True)
    assert decided(lived, report(lived)).fact is not None


def test_a_report_about_nobodys_message_concerns_no_dossier() -> None:
    lived = invited()
    assert not concerns(lived.dossier, report(lived).model_copy(update={"mark": "0" * 16}))
    assert not concerns(lived.dossier, report(lived).model_copy(update={"mark": ""}))


@pytest.mark.parametrize(
    ("sort", "folder"),
    [("automatic", "done"), ("refresh", "done"), ("other", "to-read"), ("unreadable", "to-read")],
)
def test_what_concerns_nobody_is_filed_at_once(sort: Sort, folder: str) -> None:
    decision = without_a_dossier(Parsed(sort=sort, why="motif"))
    assert decision == Decision(folder, "motif")  # type: ignore[arg-type]


def test_an_answer_waits_for_its_dossier() -> None:
    lived = invited()
    assert without_a_dossier(reading(answer(lived)).parsed) is None
