"""What is said by answering a mail in a few words: believed from its reader alone, and of one thing alone."""

from copy import deepcopy
from datetime import date
from functools import cache

import pytest

from echeancier.domain.answers.fact_of_reply import Decision, decide_among
from echeancier.domain.answers.reply import ClosedWords, Parsed, ReadMail, WrittenReply, bounce_mark
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.mail import MailUndelivered
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.messages.undelivered import as_delivered
from echeancier.domain.recording import admit
from tests.domain import builders as b
from tests.domain.builders_life import Life, life
from tests.domain.links import DATA, terms

READER = b.ADDRESSES["partner"]


@cache
def _called() -> Life:
    return life(terms(), b.signed("2021-12-15")).until("2022-06-10")


def called() -> Life:
    """Return a life whose first data were announced on 9 June."""
    return deepcopy(_called())


def mail_of(lived: Life, role: str = "partner") -> Message:
    return next(m for m in reversed(lived.dossier.outbox) if m.kind == "reminders" and m.role == role)


def reply(
    lived: Life,
    act: str = "done",
    *,
    address: str = READER,
    proven: bool = True,
    role: str = "partner",
    day: dict[str, int] | None = None,
) -> ReadMail:
    said = ClosedWords.model_validate({"act": act, **(day or {})}) if act else None
    message = mail_of(lived, role)
    parsed = Parsed(
        sort="reply", mark=bounce_mark(message.mail or message.id),
        reply=WrittenReply(address=address, proven=proven, said=said, why="" if said else "en mots libres"),
    )  # fmt: skip
    return ReadMail(uid=1, key="k", received_at=lived.now, document="", parsed=parsed)


def decided(lived: Life, reading: ReadMail, *others: Dossier) -> Decision:
    [found] = decide_among([lived.dossier, *others], reading, lived.now).values()
    return found


def test_done_is_recorded_of_the_one_thing_the_mail_told_and_says_how_it_came() -> None:
    lived = called()
    decision = decided(lived, reply(lived, day={"day": 8}))
    assert decision.folder == "done"
    assert isinstance(decision.fact, DutyDone)
    assert (decision.fact.item, decision.fact.on, decision.fact.party) == (DATA, date(2022, 6, 8), "agency")
    assert decision.fact.note == "dit par courriel\u00a0: Fonction partner"
    assert admit(lived.dossier, decision.fact, lived.now, "boîte").fact == decision.fact


@pytest.mark.parametrize(
    ("act", "day", "on"),
    [
        ("done", {}, date(2022, 6, 10)),
        ("done", {"day": 10}, date(2022, 6, 10)),
        ("done", {"day": 12}, date(2022, 5, 12)),
        ("done", {"day": 31}, date(2022, 5, 31)),
        ("done", {"day": 3, "month": 4}, date(2022, 4, 3)),
        ("done", {"day": 20, "month": 12}, date(2021, 12, 20)),
        ("done", {"day": 9, "month": 6, "year": 2022}, date(2022, 6, 9)),
        ("later", {"day": 20}, date(2022, 6, 20)),
        ("later", {"day": 9}, date(2022, 7, 9)),
    ],
)
def test_a_day_is_the_last_of_its_name_or_the_next_for_what_is_put_off(act: str, day: dict[str, int], on: date) -> None:
    lived = called()
    fact = decided(lived, reply(lived, act, day=day)).fact
    assert (fact.until if isinstance(fact, Acknowledged) else getattr(fact, "on", None)) == on


@pytest.mark.parametrize("day", [{"day": 31, "month": 6}, {"day": 29, "month": 2, "year": 2022}, {"day": 45}])
def test_a_day_that_does_not_exist_is_for_a_person(day: dict[str, int]) -> None:
    lived = called()
    assert decided(lived, reply(lived, day=day)) == Decision(
        "to-read", "réponse dont le jour n’existe pas\u00a0; convention TEST-1"
    )


def test_seen_silences_for_the_day_that_the_mail_told() -> None:
    lived = called()
    fact = decided(lived, reply(lived, "seen")).fact
    assert isinstance(fact, Acknowledged)
    assert (fact.role, fact.answer, fact.of_day) == ("partner", "seen", date(2022, 6, 30))


def test_whoever_waits_for_it_says_received_and_not_done() -> None:
    lived = called()
    address = b.ADDRESSES["referent"]
    assert isinstance(decided(lived, reply(lived, "received", address=address, role="referent")).fact, DutyDone)
    assert "ne peut s’appliquer à rien" in decided(lived, reply(lived, "done", address=address, role="referent")).why


def test_free_words_and_unproven_ones_are_for_a_person_and_record_nothing() -> None:
    lived = called()
    for reading, why in (
        (reply(lived, ""), "réponse en mots libres"),
        (reply(lived, proven=False), "ne garantit pas l’expéditeur"),
    ):
        decision = decided(lived, reading)
        assert (decision.folder, decision.fact) == ("to-read", None)
        assert why in decision.why


def test_somebody_else_is_not_believed_at_the_address_of_another() -> None:
    lived = called()
    decision = decided(lived, reply(lived, address="collegue@operateur.example"))
    assert decision.folder == "to-read"
    assert not isinstance(decision.fact, DutyDone)


def test_whoever_has_left_his_function_is_not_believed_any_more() -> None:
    lived = called()
    reading = reply(lived)
    lived.record(RoleChanged(on=b.d("2022-06-10"), role="partner", address="autre@operateur.example"))
    assert decided(lived, reading).fact is None


def test_of_two_things_that_may_be_meant_none_is_recorded() -> None:
    both = terms(duty=[b.duty(name, kind="data", rhythm={"every_months": 6}) for name in ("data", "other")])
    lived = life(both, b.signed("2021-12-15")).until("2022-06-10")
    assert len(mail_of(lived).told) == 2
    assert "peut s’appliquer à plusieurs choses" in decided(lived, reply(lived)).why


def in_one_mail(lived: Life, *, reference: str) -> Dossier:
    """Have the data told by a day's mail, and return another convention for which that mail spoke too."""
    number = lived.dossier.outbox.index(mail_of(lived))
    lived.dossier.outbox[number] = lived.dossier.outbox[number].model_copy(update={"mail": "day-1"})
    other = terms(reference=reference)
    dossier = lived.dossier.model_copy(update={"convention": other})
    return dossier.model_copy(deep=True)


def test_a_days_mail_that_spoke_for_two_conventions_is_not_guessed_at() -> None:
    lived = called()
    other = in_one_mail(lived, reference="TEST-2")
    assert isinstance(decided(lived, reply(lived)).fact, DutyDone)
    assert "plusieurs choses" in decided(lived, reply(lived), other).why
    other.outbox = [m.model_copy(update={"told": ()}) for m in other.outbox]
    assert list(decide_among([other, lived.dossier], reply(lived), lived.now)) == ["TEST-1"]


def test_a_days_mail_that_comes_back_comes_back_to_every_convention_and_every_part() -> None:
    lived = called()
    other = in_one_mail(lived, reference="TEST-2")
    reading = reply(lived)
    report = reading.model_copy(update={"parsed": Parsed(sort="other", mark=reading.parsed.mark, why="à lire")})
    found = decide_among([lived.dossier, other], report, lived.now)
    assert [type(decision.fact) for decision in found.values()] == [MailUndelivered, MailUndelivered]
    part = mail_of(lived)
    lived.dossier.outbox.append(part.model_copy(update={"id": "another-part"}))
    lived.record(MailUndelivered(on=b.d("2022-06-10"), message=part.id, status="5.1.1"))
    assert [m.status for m in as_delivered(lived.dossier).outbox if m.mail == "day-1"] == ["refused", "refused"]


def test_read_twice_it_is_recorded_once() -> None:
    lived = called()
    reading = reply(lived, "seen")
    fact = decided(lived, reading).fact
    assert fact is not None
    lived.dossier.facts.append(admit(lived.dossier, fact, lived.now, "boîte", reading.key))
    assert decided(lived, reading) == Decision("done", "déjà consigné")
