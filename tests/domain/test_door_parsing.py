"""Facts as written by a person, and the table of kinds."""

from datetime import date, datetime
from typing import Any, get_args

import pytest

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.signing import Signed
from echeancier.domain.recording import KINDS, Refusal, parse_fact
from tests.support.door import PARIS

MODELS: list[type[Any]] = list(get_args(get_args(Fact)[0]))


def why_not(**data: object) -> str:
    with pytest.raises(Refusal) as caught:
        parse_fact(data)
    return str(caught.value).replace("\u00a0", " ")


def test_a_fact_is_read_from_text() -> None:
    fact = parse_fact({"kind": "signed", "on": "2021-04-20", "party": "commune"})
    assert fact == Signed(on=date(2021, 4, 20), party="commune")


def test_a_fact_is_read_from_values() -> None:
    at = datetime(2020, 10, 24, 20, tzinfo=PARIS)
    fact = parse_fact({"kind": "event", "event": "breach-discovered", "on": date(2020, 10, 24), "at": at})
    assert isinstance(fact, Happened)
    assert fact.at == at


def test_an_unknown_kind_names_the_nearest() -> None:
    assert "« signed »" in why_not(kind="signd", on="2021-04-20")


def test_a_missing_kind_names_them_all() -> None:
    assert all(kind in why_not(on="2021-04-20") for kind in KINDS)


def test_a_missing_field_is_said_with_its_meaning() -> None:
    assert "party manque : la partie qui a signé" in why_not(kind="signed", on="2021-04-20")


def test_an_unknown_field_names_the_nearest() -> None:
    words = why_not(kind="letter-posted", on="2021-04-20", rule="notice", by="commune", reason="x")
    assert "vouliez-vous écrire « reasons »" in words


def test_every_problem_is_said_at_once() -> None:
    words = why_not(kind="signed", on="20 avril", irregular="oui")
    assert all(name in words for name in ("party manque", "on :", "irregular :"))


def test_a_value_out_of_its_list_is_told_the_list_in_one_sentence() -> None:
    words = why_not(kind="renewal-decided", on="2021-04-20", decision="maybe")
    assert words.endswith("let-lapse, new-convention, renew.")


def test_a_french_date_is_turned_into_the_one_expected() -> None:
    assert "vouliez-vous écrire 2021-04-16 ?" in why_not(kind="act-adopted", on="16/04/2021")


@pytest.mark.parametrize("day", ["2021-02-30", "1618531200", 20210416, datetime(2021, 4, 16, 10), True])  # noqa: DTZ001
def test_what_is_not_a_day_is_never_read_as_one(day: object) -> None:
    assert "n’est pas une date" in why_not(kind="act-adopted", on=day)


@pytest.mark.parametrize("moment", ["2021-06-01", "1618531200", 20210416, date(2021, 6, 1)])
def test_what_is_not_an_hour_is_never_read_as_one(moment: object) -> None:
    assert "un jour et une heure" in why_not(kind="meeting-arranged", item="x", starts_at=moment)


def test_an_event_hour_without_its_offset_is_refused() -> None:
    words = why_not(kind="event", event="breach-discovered", on="2020-10-25", at="2020-10-25T02:30:00")
    assert "décalage" in words


def test_a_word_out_of_a_choice_names_the_nearest() -> None:
    words = why_not(kind="letter-returned", on="2022-03-20", letter="f6", outcome="unclaimd")
    assert "« unclaimed »" in words


@pytest.mark.parametrize("minutes", [4, 601])
def test_a_number_out_of_bounds_gives_the_bound(minutes: int) -> None:
    words = why_not(kind="meeting-arranged", item="x", starts_at="2021-06-01T10:00", minutes=minutes)
    assert "au moins 5" in words or "au plus 600" in words


@pytest.mark.parametrize("model", MODELS)
def test_the_help_of_a_kind_has_exactly_the_fields_of_its_model(model: type[Any]) -> None:
    kind = model.model_fields["kind"].default
    fields = {name: info.is_required() for name, info in model.model_fields.items() if name != "kind"}
    assert {field.name: field.required for field in KINDS[kind].fields} == fields


def test_the_table_of_kinds_is_closed() -> None:
    assert set(KINDS) == {model.model_fields["kind"].default for model in MODELS}


def test_what_a_model_refuses_is_said_with_what_would_be_right() -> None:
    given = {"kind": "party-changed", "on": "2022-01-01", "party": "operator", "new_name": "Agence"}
    assert "en capitales" in why_not(**given, postal="Agence | 38090 Ville")


def test_the_lines_of_an_address_kept_by_a_fact_are_read_again_as_they_are() -> None:
    given = {"kind": "party-changed", "on": "2022-01-01", "party": "operator", "new_name": "Agence"}
    fact = parse_fact({**given, "postal": "Agence | 38090 VILLE"})
    assert parse_fact({**fact.model_dump(), "new_name": "Agence neuve"}).postal == ("Agence", "38090 VILLE")  # type: ignore[union-attr]
