"""What a mail offers to say, to whom, until when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.items import Item
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.signing import SignatureRefused, Signed
from echeancier.domain.messages.acts import OF_A_DAY, Act
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.mails import offered
from echeancier.domain.messages.offers import AFTER_THE_DAY, acts_of
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.recording import Refusal, check_fact
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain import builders as b
from tests.domain.builders_life import life
from tests.domain.links import DATA, KEY, POINT, convened, invitation, terms
from tests.support.long import examples_tried

EXAMPLES = examples_tried(sorted(p.stem for p in b.EXAMPLES.glob("*.toml") if not p.stem.endswith(".facts")))


def acts(order: object) -> list[Act]:
    return [offer.act for offer in offered(order)]  # type: ignore[arg-type]


def about(order: MessageOrder, item: str) -> list[Act]:
    return [offer.act for offer in offered(order) if offer.item == item]


def test_a_guest_may_accept_decline_or_propose_until_the_meeting_begins() -> None:
    found = offered(invitation(convened()).order)
    assert [o.act for o in found] == ["accept", "decline", "other-date"]
    assert {(o.item, o.sequence, o.expires_at) for o in found} == {(POINT, 0, b.at("2022-09-13"))}


def test_whoever_chairs_is_asked_nothing() -> None:
    assert offered(invitation(convened(), "coordinator").order) == ()


def test_a_moved_meeting_asks_again_under_its_new_number() -> None:
    lived = convened()
    lived.record(MeetingArranged(item=POINT, starts_at=b.at("2022-09-15")), when=b.at("2022-06-10"))
    found = offered(invitation(lived, kind="meeting-moved").order)
    assert {(o.sequence, o.expires_at) for o in found} == {(1, b.at("2022-09-15"))}


def test_a_cancellation_asks_nothing() -> None:
    lived = convened()
    lived.record(MeetingCancelled(on=b.d("2022-06-10"), item=POINT), when=b.at("2022-06-10"))
    assert offered(invitation(lived, kind="meeting-cancelled").order) == ()


def test_a_silent_guest_asked_again_has_the_links_of_the_same_revision() -> None:
    lived = convened()
    lived.policy = DEFAULT_POLICY.model_copy(update={"nudge_days": 7})
    lived.until("2022-09-09")
    again, first = lived.of("answers", "partner")[-1], invitation(lived).order
    assert [o.claim(KEY, again) for o in offered(again)] == [o.claim(KEY, first) for o in offered(first)]
    assert offered(lived.of("answers", "coordinator")[-1]) == ()


def test_whoever_owes_says_it_is_done_and_whoever_waits_that_it_was_received() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-07-01")
    by_role = {role: about(lived.of("reminders", role)[-1], DATA) for role in ("partner", "referent", "coordinator")}
    assert by_role == {"partner": ["done", "problem"], "referent": ["received"], "coordinator": ["received"]}


def test_before_its_day_whoever_owes_may_take_charge_of_it_put_it_off_or_tell_of_a_problem() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-06-10")
    assert about(lived.of("reminders", "partner")[-1], DATA) == ["done", "seen", "later", "problem"]


def test_a_link_that_silences_ends_with_the_safe_day() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-06-10")
    found = [o for o in offered(lived.of("reminders", "partner")[-1]) if o.act in OF_A_DAY]
    assert {o.expires_at for o in found} == {datetime(2022, 7, 1, tzinfo=UTC)}


def test_on_the_safe_day_it_may_be_seen_and_no_more_put_off() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-06-30")
    ctx = Context(lived.dossier, lived.now, DEFAULT_POLICY)
    assert acts_of(ctx.s, ctx.items[DATA], "partner") == ("done", "seen", "problem")


def test_the_coordinator_says_what_its_own_side_did_or_takes_charge_of() -> None:
    ours = terms(
        duty=[
            b.meeting_duty(),
            b.duty("data", kind="data", rhythm={"every_months": 6}, owed_by="town", owed_to="agency"),
        ]
    )
    lived = life(ours, b.signed("2021-12-15")).until("2022-06-10")
    ctx = Context(lived.dossier, lived.now, DEFAULT_POLICY)
    assert acts_of(ctx.s, ctx.items[DATA], "coordinator") == ("done", "seen", "later")
    assert acts_of(ctx.s, ctx.items[POINT], "coordinator") == ("seen", "later")


def test_a_signature_may_be_put_off_by_whoever_owes_it() -> None:
    lived = life(b.convention(), ()).until("2022-01-10")
    ctx = Context(lived.dossier, lived.now, DEFAULT_POLICY)
    assert acts_of(ctx.s, ctx.items["signature/agency"], "partner") == (
        "signed",
        "refuse-sign",
        "seen",
        "later",
        "problem",
    )


def test_a_link_about_a_duty_ends_two_months_after_its_last_day_or_after_the_mail() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-07-20")
    ends = {o.expires_at for order in lived.of("reminders", "partner") for o in offered(order) if o.act == "done"}
    assert min(ends) == datetime(2022, 6, 30, tzinfo=UTC) + AFTER_THE_DAY
    late = lived.of("reminders", "partner")[-1]
    assert late.at.date() > date(2022, 6, 30)
    assert offered(late)[0].expires_at.date() == late.at.date() + AFTER_THE_DAY


def test_the_first_message_only_announces() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-01-05")
    assert lived.of("opening", "partner")
    assert offered(lived.of("opening", "partner")[-1]) == ()


def test_the_same_order_always_offers_the_same() -> None:
    order = invitation(convened()).order
    written_again = type(order).model_validate_json(order.model_dump_json())
    assert [o.claim(KEY, order) for o in offered(order)] == [
        o.claim(KEY, written_again) for o in offered(written_again)
    ]


def example(name: str) -> tuple[Convention, tuple[Recorded, ...]]:
    convention = load_convention(b.EXAMPLES / f"{name}.toml")
    file = b.EXAMPLES / f"{name}.facts.toml"
    found = as_records(load_facts(file), convention.place.time_zone) if file.exists() else ()
    return convention, tuple(found)


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_is_offered_that_another_fact_records_or_that_is_no_duty(name: str) -> None:
    """In every year of an example, what a link offers is what the door records by that kind of fact."""
    convention, records = example(name)
    start = records[0].recorded_at if records else b.at("2022-01-03")
    offered_some = 0
    for year in range(start.year, start.year + 4):
        now = b.at(date(year, 11, 3))
        known = tuple(r for r in records if r.recorded_at <= now)
        dossier = Dossier(convention=convention, registered_at=min(start, now), registered_by="x", facts=list(known))
        ctx = Context(dossier, now, DEFAULT_POLICY)
        # Two occurrences of one series that stand alike are offered and refused alike: one of them is brought to the door.
        said = {
            (item.series, item.state, item.owed_by, act): (item, fact)
            for item in agenda_of(ctx.s).items
            for role in convention.roles
            for act in acts_of(ctx.s, item, role)
            for fact in [_what_is_said(item, act, role, now.date())]
        }
        offered_some += len(said)
        for item, fact in said.values():
            _is_the_right_kind(dossier, item, fact, now)
    assert offered_some


def _what_is_said(item: Item, act: Act, role: str, day: date) -> Fact:
    match act:
        case "signed":
            return Signed(on=day, party=item.owed_by)
        case "refuse-sign":
            return SignatureRefused(on=day, party=item.owed_by, reason="motif")
        case "seen" | "later" | "problem":
            until = day + timedelta(days=1) if act == "later" else None
            return Acknowledged(on=day, item=item.key, role=role, answer=act, until=until, note="mot")
        case _:
            return DutyDone(on=day, item=item.key)


def _is_the_right_kind(dossier: Dossier, item: Item, fact: Fact, now: datetime) -> None:
    try:
        check_fact(dossier, fact, now)
    except Refusal as refused:
        said = refused.text.fr
    else:
        said = ""
    assert not said or not isinstance(fact, Acknowledged), said
    wrong = ("s’enregistre par", "l’enregistrer par", "passe d’elle-même", "n’existe pas")
    assert not [words for words in wrong if words in said], (item.key, said)


def test_what_a_link_cannot_settle_may_still_be_seen_by_whoever_owes_it() -> None:
    ctx = Context(_lived("mtz-a"), b.at("2021-12-01"), DEFAULT_POLICY)
    item = next(one for one in ctx.agenda.items if one.key == "financial-annex/2021")
    (partner,) = {role for role in item.responsible if ctx.s.convention.roles[role].party != ctx.s.convention.us}
    assert acts_of(ctx.s, item, partner) == ("seen", "later", "problem")


def _lived(name: str) -> Dossier:
    convention = load_convention(b.EXAMPLES / f"{name}.toml")
    known = as_records(load_facts(b.EXAMPLES / f"{name}.facts.toml"), convention.place.time_zone)
    return Dossier(
        convention=convention, registered_at=min(r.recorded_at for r in known), registered_by=convention.coordinator,
        facts=list(known),
    )  # fmt: skip
