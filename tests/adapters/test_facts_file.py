"""Facts written by hand are read in order, dated, or refused with everything that must be put right."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from echeancier.adapters.files.facts_file import as_records, load_facts, parse_facts
from echeancier.domain.errors import FactsFileError
from echeancier.domain.facts.letters import LetterPosted

PARIS = ZoneInfo("Europe/Paris")


def recorded_at(text: str, zone: str = "Europe/Paris") -> datetime:
    (record,) = as_records(parse_facts(text, "faits.toml"), zone)
    return record.recorded_at


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(FactsFileError) as refused:
        parse_facts(text, "faits.toml")
    return refused.value.problems


def test_a_fact_is_taken_as_told_at_ten_on_its_own_day() -> None:
    at = recorded_at('[[fact]]\nkind = "signed"\non = 2021-04-20\nparty = "ville"\n')
    assert at == datetime(2021, 4, 20, 10, tzinfo=PARIS)


def test_ten_o_clock_is_that_of_the_place() -> None:
    text = '[[fact]]\nkind = "signed"\non = 2021-04-20\nparty = "ville"\n'
    assert recorded_at(text, "Indian/Reunion") == datetime(2021, 4, 20, 8, tzinfo=PARIS)


def test_the_day_of_recording_can_be_given() -> None:
    text = '[[fact]]\nkind = "signed"\non = 2021-04-20\nparty = "ville"\nrecorded_on = 2021-05-03\n'
    at = recorded_at(text)
    assert at == datetime(2021, 5, 3, 10, tzinfo=PARIS)


def test_the_instant_of_recording_can_be_given_with_its_offset_or_in_local_time() -> None:
    fact = '[[fact]]\nkind = "signed"\non = 2021-04-20\nparty = "ville"\nrecorded_at = 2021-05-03T09:30:00'
    assert recorded_at(fact) == recorded_at(f"{fact}+02:00") == datetime(2021, 5, 3, 9, 30, tzinfo=PARIS)


def test_a_meeting_is_taken_as_arranged_three_weeks_before_it_takes_place() -> None:
    text = '[[fact]]\nkind = "meeting-arranged"\nitem = "comite/2021"\nstarts_at = 2021-11-25T14:00:00\n'
    assert recorded_at(text) == datetime(2021, 11, 4, 10, tzinfo=PARIS)


def test_a_meeting_arranged_on_a_given_day_is_recorded_that_day() -> None:
    text = '[[fact]]\nkind = "meeting-arranged"\nitem = "c/1"\nstarts_at = 2021-11-25T14:00:00\n'
    assert recorded_at(f"{text}recorded_on = 2021-11-20\n") == datetime(2021, 11, 20, 10, tzinfo=PARIS)


def test_the_parent_s_end_must_say_when_it_was_known() -> None:
    assert problems('[[fact]]\nkind = "parent-ends"\non = 2023-12-31\n') == (
        "fact[1].recorded_on\u00a0: dire quel jour cette fin a été connue, comme 2021-04-20",
    )


def test_ids_follow_the_order_of_recording_not_of_writing() -> None:
    text = (
        '[[fact]]\nkind = "act-transmitted"\non = 2021-04-16\n'
        '[[fact]]\nkind = "act-adopted"\non = 2021-04-12\n'
        '[[fact]]\nkind = "act-published"\non = 2021-04-16\n'
    )
    records = as_records(parse_facts(text, "faits.toml"), "Europe/Paris")
    assert [(r.id, r.fact.kind) for r in records] == [
        ("f1", "act-adopted"), ("f2", "act-transmitted"), ("f3", "act-published"),
    ]  # fmt: skip


def test_who_told_it_is_the_coordinator_unless_said() -> None:
    fact = '[[fact]]\nkind = "act-adopted"\non = 2021-04-12\n'
    first, second = as_records(parse_facts(f'{fact}{fact}by = "legal"\n', "faits.toml"), "Europe/Paris")
    assert (first.recorded_by, second.recorded_by) == ("coordinator", "legal")


def test_the_party_that_posts_a_letter_is_not_mistaken_for_whoever_recorded_it() -> None:
    letter = '[[fact]]\nkind = "letter-posted"\non = 2021-06-15\nrule = "notice"\n'
    text = f'{letter}by = "commune"\nrecorded_by = "legal"\n'
    (record,) = as_records(parse_facts(text, "faits.toml"), "Europe/Paris")
    assert isinstance(record.fact, LetterPosted)
    assert (record.fact.by, record.recorded_by) == ("commune", "legal")


def test_a_letter_without_the_party_that_posts_it_is_refused() -> None:
    text = '[[fact]]\nkind = "letter-posted"\non = 2021-06-15\nrule = "notice"\nrecorded_by = "legal"\n'
    assert problems(text) == ("fact[1].by\u00a0: cette clé manque",)


def test_an_empty_file_holds_no_fact() -> None:
    assert parse_facts("", "faits.toml") == ()


def test_a_kind_that_does_not_exist_is_met_with_the_nearest() -> None:
    (problem,) = problems('[[fact]]\nkind = "sgned"\non = 2021-04-20\n')
    assert problem.startswith("fact[1]\u00a0: kind = «\u00a0sgned\u00a0» n’est pas admis")
    assert problem.endswith("vouliez-vous écrire «\u00a0signed\u00a0»\u00a0?")


def test_a_fact_without_kind_is_asked_for_it() -> None:
    (problem,) = problems("[[fact]]\non = 2021-04-20\n")
    assert problem.startswith("fact[1]\u00a0: il manque kind")


def test_a_misspelt_key_is_met_with_the_nearest_of_that_fact() -> None:
    found = problems('[[fact]]\nkind = "signed"\non = 2021-04-20\nparti = "ville"\n')
    assert found == (
        "fact[1].party\u00a0: cette clé manque",
        "fact[1].parti\u00a0: cette clé n’existe pas\u00a0; vouliez-vous écrire «\u00a0party\u00a0»\u00a0?",
    )


def test_an_instant_without_offset_is_refused_because_it_may_exist_twice() -> None:
    text = '[[fact]]\nkind = "event"\nevent = "breach"\non = 2020-10-25\nat = 2020-10-25T02:30:00\n'
    (problem,) = problems(text)
    assert problem.startswith("fact[1].at\u00a0: un décalage est attendu")


def test_every_wrong_block_is_told_at_once() -> None:
    adopted = '[[fact]]\nkind = "act-adopted"\non = 2021-04-12\nrecorded_at = "hier"\n'
    places = [problem.partition("\u00a0:")[0] for problem in problems(f'[[fact]]\nkind = "signed"\n{adopted}')]
    assert places == ["fact[1].on", "fact[1].party", "fact[2].recorded_at"]


def test_anything_else_than_facts_is_refused() -> None:
    assert problems('title = "x"\n') == ("title\u00a0: seuls des blocs [[fact]] sont attendus dans ce fichier",)


def test_a_single_bracket_is_explained() -> None:
    assert problems('[fact]\nkind = "signed"\n') == ("fact\u00a0: écrire chaque fait dans un bloc [[fact]]",)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FactsFileError, match=r"absent\.toml\u00a0: le fichier n’existe pas"):
        load_facts("absent.toml")


SIGNED = '[[fact]]\nkind = "signed"\nparty = "ville"\n'
ARRANGED = '[[fact]]\nkind = "meeting-arranged"\nitem = "c/1"\n'


@pytest.mark.parametrize("typed", ["1704067200", '"1704067200"', "86400", "0", "-1.5", '" 20240101 "', "20240101"])
def test_a_number_is_never_a_day(typed: str) -> None:
    for text, place in (
        (f"{SIGNED}on = {typed}", "on"),
        (f"{SIGNED}on = 2021-04-20\nrecorded_on = {typed}", "recorded_on"),
        ('[[fact]]\nkind = "amended"\non = 2021-04-20\nlabel = "a"\nends_on = ' + typed, "ends_on"),
    ):
        (said,) = problems(text)
        assert said.startswith(f"fact[1].{place}\u00a0: une date est attendue")


@pytest.mark.parametrize("typed", ["1704067200", '"1704067200"', "2021-11-25", '"2021-11-25"'])
def test_neither_a_number_nor_a_day_is_an_hour(typed: str) -> None:
    for text, place in (
        (f"{ARRANGED}starts_at = {typed}", "starts_at"),
        (f"{SIGNED}on = 2021-04-20\nrecorded_at = {typed}", "recorded_at"),
    ):
        (said,) = problems(text)
        assert said.startswith(f"fact[1].{place}\u00a0: un jour et une heure sont attendus")


@pytest.mark.parametrize("char", ["\ufeff", "\ufffe", "\ufdd0", "\U000e0041", "\U0001ffff", "\ufff9"])
def test_a_note_holds_no_character_that_is_none(char: str) -> None:
    (said,) = problems(f'{SIGNED}on = 2021-04-20\nnote = "a{char}b"')
    assert f"(U+{ord(char):04X})" in said


@pytest.mark.parametrize(
    ("key", "starts_at", "says"),
    [
        ("starts_at", "2022-03-27T02:30:00", "n’existe pas"),
        ("starts_at", "2022-10-30T02:30:00", "existe deux fois"),
        ("recorded_at", "2022-03-27T02:30:00", "n’existe pas"),
    ],
)
def test_an_hour_that_the_clocks_do_not_show_once_is_refused_with_what_would_be_right(
    key: str, starts_at: str, says: str
) -> None:
    hours = {"starts_at": "2022-06-01T10:00:00", key: starts_at}
    told = "".join(f"{name} = {hour}\n" for name, hour in hours.items())
    before = '[[fact]]\nkind = "signed"\non = 2022-01-03\nparty = "town"\n'
    text = f'{before}[[fact]]\nkind = "meeting-arranged"\nitem = "point/2022-07"\n{told}'
    with pytest.raises(FactsFileError) as refused:
        as_records(parse_facts(text, "faits.toml"), "Europe/Paris")
    (problem,) = refused.value.problems
    assert problem.startswith(f"fact[2].{key}\u00a0: le ")
    assert says in problem
    assert "3\u00a0h\u00a030" in problem or "2022-10-30T02:30:00+01:00" in problem


@pytest.mark.parametrize("hour", ["01:59:00", "03:00:00"])
def test_the_minute_before_and_after_the_missing_hour_are_hours_like_others(hour: str) -> None:
    text = f'[[fact]]\nkind = "meeting-arranged"\nitem = "point/2022-07"\nstarts_at = 2022-03-27T{hour}\n'
    (record,) = as_records(parse_facts(text, "faits.toml"), "Europe/Paris")
    assert f"{record.fact.starts_at:%H:%M:%S}" == hour  # type: ignore[union-attr]


def test_true_is_never_a_number() -> None:
    (said,) = problems(f"{ARRANGED}starts_at = 2021-11-25T10:00:00\nminutes = true")
    assert said.startswith("fact[1].minutes\u00a0: ni true ni false")
