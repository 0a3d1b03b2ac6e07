"""Every example is a sound convention with sound facts, and names nobody."""

import re
from pathlib import Path

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.domain.facts.recorded import in_force
from echeancier.domain.facts.signing import Signed
from echeancier.domain.terms.convention import Convention

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CONVENTIONS = sorted(p for p in EXAMPLES.glob("*.toml") if not p.name.endswith(".facts.toml"))
OPUS = {"SQF-O", "IDA-O", "MTZ-O", "BRI-O"}

conventions = pytest.mark.parametrize("path", CONVENTIONS, ids=lambda path: path.stem)


def convention(name: str) -> Convention:
    return load_convention(EXAMPLES / f"{name.lower()}.toml")


def test_the_ten_conventions_and_the_financial_annex_are_there() -> None:
    assert {path.stem for path in CONVENTIONS} >= {
        "sqf-p", "sqf-o", "ida-o", "mtz-p", "mtz-a", "mtz-f", "mtz-o", "bri-p", "bri-o", "tcm-p", "tcm-d",
    }  # fmt: skip


@conventions
def test_an_example_is_named_after_its_reference(path: Path) -> None:
    assert load_convention(path).reference == path.stem.upper()


@conventions
def test_an_example_has_facts_that_load(path: Path) -> None:
    place = load_convention(path).place
    records = as_records(load_facts(path.with_suffix(".facts.toml")), place.time_zone)
    assert len(in_force(records)) == len(records) > 0


@conventions
def test_who_signed_in_the_facts_is_a_party_and_each_party_signed_once(path: Path) -> None:
    facts = (entry.fact for entry in load_facts(path.with_suffix(".facts.toml")))
    signed = [fact.party for fact in facts if isinstance(fact, Signed)]
    assert sorted(signed) == sorted(load_convention(path).parties)


@conventions
def test_who_told_a_fact_is_a_role_of_the_convention(path: Path) -> None:
    told_by = {entry.by for entry in load_facts(path.with_suffix(".facts.toml"))}
    assert told_by <= set(load_convention(path).roles)


@conventions
def test_every_address_is_a_function_in_a_reserved_domain(path: Path) -> None:
    for role in load_convention(path).roles.values():
        assert re.fullmatch(r"[a-z][a-z-]*@[a-z-]+\.example", role.address), role.address


@conventions
def test_no_text_is_left_with_typewriter_typography(path: Path) -> None:
    written = path.read_text("utf-8")
    texts = re.findall(r'^(?:says|text|about|title|changes|function) = "(.*)"$', written, re.MULTILINE)
    assert texts
    spoilt = [t for t in texts if re.search(r"\w'\w| [:;!?»]|« ", t)]
    assert spoilt == []


def test_the_four_opus_conventions_are_four_texts_not_one_template() -> None:
    texts = {name: tuple(c.says for c in convention(name).clause) for name in OPUS}
    assert len(set(texts.values())) == len(OPUS)


@pytest.mark.parametrize(("name", "accounts"), [("SQF-O", 2), ("IDA-O", 2), ("MTZ-O", 1), ("BRI-O", 3)])
def test_each_opus_convention_allows_its_own_number_of_accounts(name: str, accounts: int) -> None:
    manager = convention(name).account_manager
    assert manager is not None
    assert manager.accounts == accounts


def test_only_the_oldest_opus_convention_promises_no_service_levels() -> None:
    answered = {name: [duty.event for duty in convention(name).event_duty] for name in OPUS}
    promising = {name for name, events in answered.items() if "request-registered" in events}
    assert promising == OPUS - {"BRI-O"}


def test_only_the_latest_opus_convention_has_an_amicable_phase() -> None:
    assert {n for n in OPUS if convention(n).dispute is not None} == {"IDA-O"}


def test_only_the_oldest_opus_convention_is_agreed_by_the_regional_director() -> None:
    agreed = {n: m.agreed_by for n in OPUS if (m := convention(n).account_manager) is not None}
    assert {n for n, by in agreed.items() if "régionale" in by} == {"BRI-O"}
    assert {n for n, by in agreed.items() if "territoriale" in by} == OPUS - {"BRI-O"}


def test_comments_run_from_the_letter_only_in_the_oldest_opus_convention() -> None:
    starts = {n: next(s.starts for s in convention(n).breach[0].steps if s.does == "comment") for n in OPUS}
    assert starts == dict.fromkeys(OPUS, "information") | {"BRI-O": "letter"}


@pytest.mark.parametrize("name", sorted(OPUS))
def test_the_operator_s_month_is_a_ceiling_and_the_partner_s_is_not(name: str) -> None:
    rules = {rule.id: rule.length.bound for rule in convention(name).termination if rule.length is not None}
    assert rules == {"partner-notice": None, "operator-notice": "at_most"}


def test_the_orphan_names_no_parent_and_the_contradictory_one_is_marked() -> None:
    orphan, wrong = convention("IDA-O").parent, convention("SQF-O").parent
    assert orphan is not None
    assert wrong is not None
    assert (orphan.reference, wrong.reference, wrong.contradictory) == (None, "SQF-P", True)


def test_the_two_posts_of_one_person_share_one_mailbox() -> None:
    roles = convention("IDA-O").roles
    assert roles["coordinator"].address == roles["account-manager"].address
