"""A link opened: what it says, what is known already, and when it can say nothing any more."""

from datetime import datetime, timedelta

import pytest

from echeancier.domain.answers.click import LinkClosedError
from echeancier.domain.answers.fact_of_click import Said, check_said, fact_of, is_known, request_of
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.mail import InvitationAnswered
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.signing import SignatureCirculated, SignatureRefused, Signed
from echeancier.domain.recording import Refusal
from tests.domain import builders as b
from tests.domain.builders_life import Life, life
from tests.domain.links import DATA, POINT, Post, convened, invitation, opened, terms


def closed(lived: Life, token: str, when: datetime | None = None) -> LinkClosedError:
    with pytest.raises(LinkClosedError) as caught:
        opened(lived, token, when)
    return caught.value


def answered(lived: Life, token: str, said: Said = Said()) -> InvitationAnswered:  # noqa: B008 - frozen
    """Say it, as the page does, and return what was recorded."""
    link = opened(lived, token)
    fact = fact_of(link, said)
    check_said(link, fact)
    lived.record(fact)
    assert isinstance(fact, InvitationAnswered)
    return fact


def test_accepting_records_the_answer_of_the_guest_to_the_date_fixed() -> None:
    lived = convened()
    fact = answered(lived, invitation(lived).token("accept"))
    assert (fact.role, fact.answer, fact.item, fact.sequence) == ("partner", "accepted", POINT, 0)
    assert (fact.address, fact.meeting_at, fact.at) == (b.ADDRESSES["partner"], b.at("2022-09-13"), lived.now)


def test_what_was_said_is_known_when_the_link_is_opened_again() -> None:
    lived = convened()
    token = invitation(lived).token("decline")
    assert opened(lived, token).known is None
    fact = answered(lived, token)
    link = opened(lived, token)
    assert link.known is not None
    assert link.known.fr == "refuse"
    assert is_known(link, fact_of(link, Said()))
    assert is_known(link, fact)


def test_changing_ones_mind_and_back_is_three_answers_not_one_request() -> None:
    lived = convened()
    post = invitation(lived)
    requests = []
    for act in ("accept", "decline", "accept"):
        token = post.token(act)
        link = opened(lived, token)
        fact = fact_of(link, Said())
        assert not is_known(link, fact)
        requests.append(request_of(token, link, fact))
        lived.record(fact)
    assert len(set(requests)) == 3


def test_the_same_click_twice_is_the_same_request_whatever_the_clock() -> None:
    lived = convened()
    token = invitation(lived).token("accept")
    first, second = (opened(lived, token, lived.now + timedelta(seconds=n)) for n in (0, 9))
    assert request_of(token, first, fact_of(first, Said())) == request_of(token, second, fact_of(second, Said()))


def test_a_word_beside_the_same_answer_is_news() -> None:
    lived = convened()
    token = invitation(lived).token("accept")
    answered(lived, token)
    link = opened(lived, token)
    assert not is_known(link, fact_of(link, Said(word="avec une collègue")))


def test_another_date_is_recorded_as_a_proposal_with_its_word() -> None:
    lived = convened()
    said = Said(proposed_at=b.at("2022-09-15", 14, 30).replace(tzinfo=None), word="jury\nce jour-là")
    fact = answered(lived, invitation(lived).token("other-date"), said)
    assert (fact.answer, fact.proposed_at, fact.note) == (
        "counter",
        b.at("2022-09-15", 14, 30),
        "jury ce jour-là",
    )
    assert "jury ce jour-là" in dict(lived.of("answers", "coordinator")[-1].answers)["Fonction partner"].fr


@pytest.mark.parametrize(
    ("proposed", "says"),
    [
        (None, "indiquer le jour et l’heure"),
        ("2022-06-01T10:00", "est passée"),
        ("2022-09-13T10:00", "date déjà fixée"),
        ("2022-09-17T10:00", "n’est pas un jour ouvré"),
        ("2023-02-01T10:00", "la convention s’achève"),
    ],
)
def test_a_date_that_could_not_be_kept_is_refused_with_what_would_be(proposed: str | None, says: str) -> None:
    lived = convened()
    link = opened(lived, invitation(lived).token("other-date"))
    with pytest.raises(Refusal, match=says):
        fact_of(link, Said(proposed_at=datetime.fromisoformat(proposed) if proposed else None))


def test_an_answer_to_a_meeting_that_moved_is_refused_with_the_new_date() -> None:
    lived = convened()
    token = invitation(lived).token("accept")
    lived.record(MeetingArranged(item=POINT, starts_at=b.at("2022-09-15", 14)), when=b.at("2022-06-10"))
    found = closed(lived, token)
    assert found.why == "moved"
    assert "jeudi\u00a015\u00a0septembre\u00a02022 à 14\u00a0h" in found.text.fr
    assert "Thursday\u00a015\u00a0September\u00a02022 at 14:00" in found.text.en


def test_it_is_refused_even_before_the_new_invitation_has_left() -> None:
    lived = convened()
    token = invitation(lived).token("accept")
    moved = MeetingArranged(item=POINT, starts_at=b.at("2022-09-15", 14))
    record = Recorded(id="f9", fact=moved, recorded_at=lived.now, recorded_by="coordinator")
    lived.dossier.facts.append(record)
    assert closed(lived, token).why == "moved"


def test_another_room_needs_no_new_answer() -> None:
    lived = convened()
    token = invitation(lived).token("accept")
    moved = MeetingArranged(item=POINT, starts_at=b.at("2022-09-13"), place="Salle B")
    lived.record(moved, when=b.at("2022-06-10"))
    fact = answered(lived, token)
    assert (fact.sequence, fact.answer) == (1, "accepted")


def test_a_date_that_came_back_takes_the_answer_of_its_first_invitation() -> None:
    lived = convened()
    token = invitation(lived).token("accept")
    for day, when in (("2022-09-15", "2022-06-10"), ("2022-09-13", "2022-06-14")):
        lived.record(MeetingArranged(item=POINT, starts_at=b.at(day)), when=b.at(when))
    assert answered(lived, token).sequence == 2


def test_an_answer_to_a_cancelled_meeting_is_refused() -> None:
    lived = convened()
    token = invitation(lived).token("accept")
    lived.record(MeetingCancelled(on=b.d("2022-06-10"), item=POINT), when=b.at("2022-06-10"))
    assert closed(lived, token).why == "cancelled"


def test_the_link_of_an_answer_ends_when_the_meeting_begins_not_before() -> None:
    lived = convened()
    token, start = invitation(lived).token("accept"), b.at("2022-09-13")
    assert opened(lived, token, start - timedelta(seconds=1)).meeting_at == start
    assert closed(lived, token, start).why == "expired"


def test_the_link_of_a_duty_ends_after_its_last_whole_day() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-06-21")
    token = Post(lived.of("reminders", "partner")[-1]).token("done", DATA)
    # Two months after 30 June: 29 August, 0:00 UTC.
    assert opened(lived, token, b.at("2022-08-29", 1, 59)).item.key == DATA
    found = closed(lived, token, b.at("2022-08-29", 2))
    assert found.why == "expired"
    assert "dimanche\u00a028\u00a0août\u00a02022" in found.text.fr


def test_the_link_of_somebody_who_no_longer_holds_the_function_is_refused() -> None:
    lived = convened()
    token = invitation(lived).token("accept")
    change = RoleChanged(on=b.d("2022-06-10"), role="partner", address="nouveau@operateur.example")
    lived.record(change, when=b.at("2022-06-10"))
    assert closed(lived, token).why == "other-holder"


def test_a_link_about_a_duty_records_it_done_by_whoever_owes_it() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-06-21")
    token = Post(lived.of("reminders", "partner")[-1]).token("done", DATA)
    link = opened(lived, token)
    assert fact_of(link, Said(on=b.d("2022-06-20"))) == DutyDone(on=b.d("2022-06-20"), item=DATA, party="agency")


def test_received_is_recorded_as_done_by_the_other_side() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-07-01")
    token = Post(lived.of("reminders", "referent")[-1]).token("received", DATA)
    link = opened(lived, token)
    fact = fact_of(link, Said())
    assert fact == DutyDone(on=b.d("2022-07-01"), item=DATA, party="agency")
    check_said(link, fact)
    lived.record(fact)
    again = opened(lived, token)
    assert again.known is not None
    assert again.known.fr == "fait le vendredi\u00a01er\u00a0juillet\u00a02022"
    assert is_known(again, fact_of(again, Said()))


def test_a_day_to_come_is_refused_by_the_door() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-07-01")
    link = opened(lived, Post(lived.of("reminders", "referent")[-1]).token("received", DATA))
    with pytest.raises(Refusal, match="n’est pas encore venu"):
        check_said(link, fact_of(link, Said(on=b.d("2022-07-02"))))


def test_a_duty_cancelled_and_recorded_again_is_another_request() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-07-01")
    token = Post(lived.of("reminders", "referent")[-1]).token("received", DATA)
    link = opened(lived, token)
    fact = fact_of(link, Said())
    first = request_of(token, link, fact)
    lived.record(fact)
    lived.correct(lived.dossier.facts[-1].id, fact, cancelled=True)
    assert request_of(token, opened(lived, token), fact) != first


def test_a_link_about_what_fell_with_the_convention_is_refused() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-07-01")
    token = Post(lived.of("reminders", "referent")[-1]).token("received", DATA)
    # The data are no longer a duty of the terms.
    lived.dossier.convention = b.convention(duty=[b.meeting_duty()])
    assert closed(lived, token).why == "gone"


def to_sign() -> tuple[Life, Post]:
    """A paper that goes round, and the last mail that asks the partner to sign it."""
    lived = life(terms(act={"party": "town", "body": "council", "clauses": ["A1"]}), ())
    lived.record(ActAdopted(on=b.d("2022-01-10")), when=b.at("2022-01-10"))
    lived.record(ActPublished(on=b.d("2022-01-11")), when=b.at("2022-01-11"))
    lived.record(ActTransmitted(on=b.d("2022-01-12")), when=b.at("2022-01-12"))
    lived.until("2022-01-28")
    return lived, Post(lived.of("reminders", "partner")[-1])


def test_signing_is_said_for_the_party_that_owes_the_signature() -> None:
    lived, mail = to_sign()
    token = mail.token("signed", "signature/agency")
    link = opened(lived, token)
    fact = fact_of(link, Said(on=b.d("2022-01-20")))
    assert fact == Signed(on=b.d("2022-01-20"), party="agency")
    check_said(link, fact)
    lived.record(fact)
    assert opened(lived, token).known is not None
    assert opened(lived, mail.token("refuse-sign")).known is not None


def test_refusing_to_sign_is_said_with_its_reason() -> None:
    lived, mail = to_sign()
    link = opened(lived, mail.token("refuse-sign"))
    fact = fact_of(link, Said(on=b.d("2022-01-20"), word="un autre modèle\nest attendu"))
    assert fact == SignatureRefused(on=b.d("2022-01-20"), party="agency", reason="un autre modèle est attendu")
    check_said(link, fact)
    lived.record(fact)
    assert [order.to.role for order in lived.of("unsigned")] == ["coordinator", "manager"]


def test_refusing_to_sign_without_a_reason_is_refused() -> None:
    lived, mail = to_sign()
    with pytest.raises(Refusal, match="dire pourquoi votre institution ne signe pas"):
        fact_of(opened(lived, mail.token("refuse-sign")), Said(word="  \n "))


def test_a_refusal_to_sign_is_known_by_both_links_until_the_paper_goes_round_again() -> None:
    lived, mail = to_sign()
    token = mail.token("refuse-sign")
    fact = fact_of(opened(lived, token), Said(word="trop tôt"))
    first = request_of(token, opened(lived, token), fact)
    lived.record(fact)
    for act in ("signed", "refuse-sign"):
        known = opened(lived, mail.token(act)).known
        assert known is not None
        assert known.fr == "refus de signer, le vendredi\u00a028\u00a0janvier\u00a02022 («\u00a0trop tôt\u00a0»)"
    lived.record(SignatureCirculated(on=b.d("2022-01-28")))
    assert opened(lived, token).known is None
    assert request_of(token, opened(lived, token), fact) != first


def test_the_links_of_a_signature_say_nothing_once_another_party_refused() -> None:
    lived, mail = to_sign()
    lived.record(SignatureRefused(on=b.d("2022-01-20"), party="town", reason="vote annulé"))
    assert closed(lived, mail.token("signed")).why == "gone"
