"""``notice`` answers in both directions, clause by clause."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import EXAMPLES, Echeancier, Told

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(echeancier: Echeancier) -> Ask:
    """The answers by clause, read from the JSON form."""

    def answers(example: str, *options: str, facts: bool = True) -> dict[str, Any]:
        told = echeancier("notice", example, *options, "--json", facts=example if facts else None)
        assert told.code == 0, told.errors
        return {one["id"]: one for one in json.loads(told.content)["rules"]}

    return answers


def page(told: Told) -> str:
    assert told.code == 0, told.errors
    return " ".join(told.words.replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("end", "days"),
    [
        ("2021-12-31", ("2021-11-30", "2021-11-25", "2021-11-03")),
        ("2023-02-28", ("2023-01-27", "2023-01-24", "2023-01-03")),
        ("2023-12-30", ("2023-11-30", "2023-11-27", "2023-11-03")),
    ],
)
def test_the_three_posting_days_are_given(ask: Ask, end: str, days: tuple[str, str, str]) -> None:
    advice = ask("sqf-p", "--end", end)["notice"]["advice"]
    assert (advice["p0"], advice["p1"], advice["p2"]) == days
    assert (advice["safe_day"], advice["plan"]) == (days[0], "P0")


def test_an_annual_due_date_moves_the_end_and_counts_back_from_receipt(ask: Ask) -> None:
    advice = ask("mtz-p", "--end", "2022-10-01")["annual-notice"]["advice"]
    assert (advice["ends_on"], advice["legal_last_day"]) == ("2022-12-31", "2022-09-30")
    assert (advice["safe_day"], advice["plan"], advice["certainty"]) == ("2022-09-06", "P2", "contested")


def test_the_page_says_that_only_the_annual_due_date_is_allowed(echeancier: Echeancier) -> None:
    told = page(echeancier("notice", "mtz-p", "--end", "2022-10-01", facts="mtz-p"))
    assert "ne permet pas de finir le samedi 1er octobre 2022" in told
    assert "à poster le mardi 6 septembre 2022" in told
    assert "au plus tard le vendredi 30 septembre 2022 (à confirmer)" in told


def test_there_is_nothing_to_post_for_the_natural_end(echeancier: Echeancier, ask: Ask) -> None:
    assert ask("mtz-p", "--end", "2023-12-31")["annual-notice"]["advice"]["nothing_to_post"]
    told = page(echeancier("notice", "mtz-p", "--end", "2023-12-31", facts="mtz-p"))
    assert "Rien à poster" in told
    assert "Forme" not in told


@pytest.mark.parametrize("asked", [("--end", "2023-12-01"), ("--end", "2023-12-31"), ("--posted", "2023-11-15")])
def test_close_to_the_natural_end_it_answers_and_says_that_it_is_pointless(
    echeancier: Echeancier, ask: Ask, asked: tuple[str, str]
) -> None:
    told = page(echeancier("notice", "sqf-p", *asked, facts="sqf-p"))
    assert "Sans objet : la convention s’achève d’elle-même le dimanche 31 décembre 2023." in told
    assert "Calcul : " in told
    assert ask("sqf-p", *asked)["notice"]["pointless"] is True
    english = page(echeancier("notice", "sqf-p", *asked, "--lang", "en", facts="sqf-p"))
    assert "Pointless: the convention ends by itself on Sunday 31 December 2023." in english


def test_a_day_earlier_it_is_not_pointless(echeancier: Echeancier, ask: Ask) -> None:
    assert "Sans objet" not in page(echeancier("notice", "sqf-p", "--end", "2023-11-30", facts="sqf-p"))
    assert ask("sqf-p", "--end", "2023-11-30")["notice"]["pointless"] is False


def test_without_a_natural_end_known_nothing_is_pointless(ask: Ask) -> None:
    assert ask("ida-o", "--end", "2025-06-30")["partner-notice"]["pointless"] is False


def test_a_posted_letter_gives_a_range_where_its_start_is_contested(ask: Ask, echeancier: Echeancier) -> None:
    effect = ask("sqf-o", "--posted", "2021-06-15", "--rule", "partner-notice")["partner-notice"]["effect"]
    assert (effect["earliest"], effect["expected"], effect["latest"]) == (
        "2021-07-15",
        "2021-07-18",
        "2021-08-03",
    )
    told = page(echeancier("notice", "sqf-o", "--posted", "2021-06-15", facts="sqf-o"))
    assert "dernier jour en vigueur entre le jeudi 15 juillet 2021 et le mardi 3 août 2021" in told


def test_a_delivered_letter_leaves_less_doubt(ask: Ask) -> None:
    options = ("--presented", "2021-06-18", "--delivered", "2021-06-21", "--rule", "partner-notice")
    effect = ask("sqf-o", "--posted", "2021-06-15", *options)["partner-notice"]["effect"]
    assert effect["latest"] == "2021-07-21"


def test_where_sending_counts_there_is_one_end(ask: Ask, echeancier: Echeancier) -> None:
    effect = ask("sqf-p", "--posted", "2022-01-31")["notice"]["effect"]
    assert {effect["earliest"], effect["expected"], effect["latest"]} == {"2022-02-28"}
    told = page(echeancier("notice", "sqf-p", "--posted", "2022-01-31", facts="sqf-p"))
    assert "dernier jour en vigueur : lundi 28 février 2022" in told


def test_a_letter_posted_too_late_is_useless(echeancier: Echeancier) -> None:
    told = page(echeancier("notice", "sqf-p", "--posted", "2023-12-01", facts="sqf-p"))
    assert "La lettre ne change rien" in told


def test_the_date_of_the_letter_counts_where_the_clause_says_so(ask: Ask) -> None:
    options = ("--posted", "2020-06-15", "--letter-date", "2020-10-01")
    assert ask("tcm-d", *options)["dated-letter"]["effect"]["expected"] == "2020-10-01"


def test_an_unknown_natural_end_is_said_and_the_rest_is_computed(echeancier: Echeancier, ask: Ask) -> None:
    told = page(echeancier("notice", "ida-o", "--end", "2025-06-30", facts="ida-o"))
    assert "Fin naturelle inconnue" in told
    assert ask("ida-o", "--end", "2025-06-30")["partner-notice"]["advice"]["safe_day"] == "2025-05-02"


def test_reasons_form_and_users_are_shown(echeancier: Echeancier) -> None:
    told = page(echeancier("notice", "sqf-p", "--end", "2022-12-31", facts="sqf-p"))
    assert "La lettre doit donner ses motifs" in told
    assert "avec avis de réception, exigée par la clause" in told
    assert "ouvert à : Commune de Saint-Quentin-Fallavier, Pôle emploi" in told
    assert "art. 8" in told


def test_a_form_that_the_clause_does_not_name_is_only_advised(echeancier: Echeancier) -> None:
    told = page(echeancier("notice", "tcm-p", "--end", "2020-09-30", facts="tcm-p"))
    assert "la clause n’en dit rien" in told
    assert "conseillé" in told


def test_the_page_exists_in_english(echeancier: Echeancier) -> None:
    told = page(echeancier("notice", "sqf-p", "--end", "2022-12-31", "--lang", "en", facts="sqf-p"))
    assert "post by Wednesday 30 November 2022" in told


def refused(told: Told) -> str:
    assert told.code == 2
    assert told.content == b""
    return told.errors.replace("\u00a0", " ")


@pytest.mark.parametrize("options", [(), ("--end", "2022-12-31", "--posted", "2022-01-31")])
def test_exactly_one_direction_is_asked(echeancier: Echeancier, options: tuple[str, ...]) -> None:
    told = refused(echeancier("notice", "sqf-p", *options))
    assert "--end" in told
    assert "--posted" in told


def test_the_journey_of_a_letter_needs_its_posting(echeancier: Echeancier) -> None:
    told = refused(echeancier("notice", "sqf-p", "--end", "2022-12-31", "--delivered", "2022-11-01"))
    assert "--posted" in told


def test_an_unknown_clause_is_refused_with_those_there_are(echeancier: Echeancier) -> None:
    told = refused(echeancier("notice", "sqf-o", "--end", "2022-12-31", "--rule", "divorce"))
    assert "partner-notice, operator-notice" in told


def test_a_convention_without_a_termination_clause_says_so(echeancier: Echeancier) -> None:
    assert "MTZ-F n’a pas de clause" in refused(echeancier("notice", "mtz-f", "--end", "2021-06-30"))


def test_an_end_before_the_effect_is_refused(echeancier: Echeancier) -> None:
    assert "précède la prise d’effet" in refused(echeancier("notice", "sqf-p", "--end", "2020-06-30"))


def test_a_letter_delivered_before_it_was_posted_is_refused(echeancier: Echeancier) -> None:
    options = ("--posted", "2021-06-15", "--delivered", "2021-06-01")
    assert "se contredisent" in refused(echeancier("notice", "sqf-p", *options))


def test_every_example_answers_or_says_why_not(echeancier: Echeancier) -> None:
    for path in sorted(EXAMPLES.glob("*.facts.toml")):
        name = path.name.removesuffix(".facts.toml")
        for options in (("--end", "2021-10-15"), ("--posted", "2021-06-15")):
            told = echeancier("notice", name, *options, facts=name)
            assert told.code == 0 or told.errors.strip()
