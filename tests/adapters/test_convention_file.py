"""A convention written by hand is read whole, or refused with everything that must be put right."""

import tomllib
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from echeancier.adapters.files.convention_file import convention_from, load_convention, parse_convention
from echeancier.domain.errors import ConventionFileError, EcheancierError
from echeancier.domain.terms.duties import MeetingPreferences
from tests.support.door import EXAMPLES

SMALL = """
reference = "PETITE-1"
title = "Petite convention"
kind = "cooperation"
us = "ville"
coordinator = "coordination"
manager = "direction"

[parties.ville]
name = "Ville de Quelque Part"
kind = "commune"

[parties.operateur]
name = "Opérateur"
kind = "operator"

[roles.coordination]
party = "ville"
function = "Coordination"
address = "coordination@ville.example"

[roles.direction]
party = "ville"
function = "Direction"
address = "direction@ville.example"

[effect]
rule = "fixed"
on = 2021-01-01
clauses = ["C1"]

[term]
months = 36
clauses = ["C1"]

[[duty]]
id = "comite"
kind = "committee"
title = "Comité"
title_en = "Committee"
owed_by = "both"
owed_to = "both"
rhythm = { every_months = 12 }
clauses = ["C2"]

[[clause]]
id = "C1"
article = "art. 1"
says = "trois ans"

[[clause]]
id = "C2"
article = "art. 2"
says = "une fois par an"
"""


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(ConventionFileError) as refused:
        parse_convention(text, "petite.toml")
    return refused.value.problems


def with_line(old: str, new: str) -> str:
    assert SMALL.count(old) == 1, "the sample no longer holds the line to spoil"
    return SMALL.replace(old, new)


def test_a_sound_file_becomes_a_convention() -> None:
    convention = parse_convention(SMALL, "petite.toml")
    assert (convention.reference, convention.term.months, convention.duty[0].id) == ("PETITE-1", 36, "comite")


def test_a_file_saved_with_a_byte_order_mark_is_read_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "petite.toml"
    file.write_text(SMALL, encoding="utf-8-sig")
    assert load_convention(file).reference == "PETITE-1"


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ConventionFileError, match=r"absente\.toml\u00a0: le fichier n’existe pas"):
        load_convention(Path("absente.toml"))


def test_a_file_in_another_encoding_is_refused_with_the_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes("a = 1\ntitre = 'é'\n".encode("latin-1"))
    with pytest.raises(ConventionFileError, match=r"ligne 2.*UTF-8"):
        load_convention(file)


def test_broken_toml_is_shown_with_its_line() -> None:
    (problem,) = problems('reference = "A"\ntitle "B"\n')
    assert problem.startswith("ligne 2, colonne 7\u00a0: il manque le signe =")
    assert problem.endswith('title "B"')


def test_a_refusal_is_one_of_ours_and_names_the_file() -> None:
    with pytest.raises(EcheancierError, match=r"^petite\.toml\u00a0: term\.months"):
        parse_convention(with_line("months = 36", 'months = "trois ans"'), "petite.toml")


def test_a_misspelt_key_is_met_with_the_nearest_known_one() -> None:
    found = problems(with_line("every_months = 12", "every_months = 12, at_lest = true"))
    (problem,) = found
    assert problem.startswith("duty[1].rhythm.at_lest («\u00a0comite\u00a0»)\u00a0: cette clé n’existe pas")
    assert problem.endswith("vouliez-vous écrire «\u00a0at_least\u00a0»\u00a0?")


def test_a_key_like_no_other_is_met_with_those_that_exist() -> None:
    (problem,) = problems(with_line("every_months = 12", "every_months = 12, zzz = 1"))
    assert "on peut écrire\u00a0: every_months, count, at_least, year, prorata, chosen" in problem


def test_a_misspelt_choice_is_met_with_the_nearest_allowed_one() -> None:
    (problem,) = problems(with_line('kind = "committee"', 'kind = "comittee"'))
    assert "vouliez-vous écrire «\u00a0committee\u00a0»" in problem


@pytest.mark.parametrize(("typed", "guess"), [("incidents", "incident"), ("rapport", "report"), ("zzz", "")])
def test_a_wrong_kind_is_told_on_one_line_at_its_place_with_every_word_allowed(typed: str, guess: str) -> None:
    duty = f"""
[[event_duty]]
id = "violation"
kind = "{typed}"
title = "Prévenir"
title_en = "Tell"
event = "breach-found"
delay = {{ days = 3 }}
owed_by = "ville"
owed_to = "operateur"
clauses = ["C1"]
"""
    (told,) = problems(with_line('[[clause]]\nid = "C1"', duty + '\n[[clause]]\nid = "C1"'))
    assert told.startswith(f"event_duty[1].kind («\u00a0violation\u00a0»)\u00a0: «\u00a0{typed}\u00a0» n’est pas admis")
    assert "data, meeting, committee" in told
    assert "incident, answer" in told
    assert ("vouliez-vous écrire" in told) is bool(guess)
    assert not guess or f"«\u00a0{guess}\u00a0»" in told


def test_a_number_out_of_range_says_the_range() -> None:
    (problem,) = problems(with_line("every_months = 12", "every_months = 0"))
    assert problem.startswith("duty[1].rhythm.every_months")
    assert problem.endswith("0 est trop petit\u00a0: au moins 1")


def test_a_missing_key_is_asked_for_at_its_place() -> None:
    (problem,) = problems(with_line('title = "Comité"\n', ""))
    assert problem == "duty[1].title («\u00a0comite\u00a0»)\u00a0: cette clé manque"


def test_all_mistakes_are_told_at_once_one_per_line() -> None:
    spoilt = with_line("every_months = 12", "every_months = 0").replace('kind = "operator"', 'kind = "state"')
    with pytest.raises(ConventionFileError) as refused:
        parse_convention(spoilt, "petite.toml")
    assert len(str(refused.value).splitlines()) == len(refused.value.problems) == 2


def test_what_does_not_hang_together_is_told_at_once_one_per_line() -> None:
    spoilt = with_line('us = "ville"', 'us = "village"').replace('clauses = ["C2"]', 'clauses = ["C9"]')
    found = problems(spoilt)
    assert len(found) == 3
    assert any("«\u00a0C9\u00a0» est citée mais n’est pas écrite" in line for line in found)
    assert any("«\u00a0C2\u00a0» est écrite mais ne change rien" in line for line in found)


def test_an_address_that_is_none_is_refused_at_its_role() -> None:
    (problem,) = problems(with_line("direction@ville.example", "direction"))
    assert problem.startswith("roles.direction.address\u00a0: «\u00a0direction\u00a0» n’est pas une adresse")


def test_a_name_with_capitals_is_refused_without_inner_jargon() -> None:
    (problem,) = problems(with_line('id = "comite"', 'id = "Comité"'))
    assert problem.startswith("duty[1].id")
    assert "minuscules sans accent" in problem


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("on = 2021-01-01", 'on = "premier janvier"', "une date est attendue"),
        ("on = 2021-01-01", "on = 1609459200", "une date est attendue"),  # seconds since 1970
        ("on = 2021-01-01", 'on = "1609459200"', "une date est attendue"),
        ("months = 36", "months = 1.5", "un nombre entier est attendu"),
        ("months = 36", "months = nan", "un nombre entier est attendu"),
        ('clauses = ["C2"]', 'clauses = "C2"', "une liste est attendue"),
        ('title = "Petite convention"', "title = 3", "un texte entre guillemets droits est attendu"),
    ],
)
def test_a_value_of_the_wrong_kind_is_met_with_the_right_one(old: str, new: str, expected: str) -> None:
    (problem,) = problems(with_line(old, new))
    assert expected in problem


def _numbers(value: object, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The places of a file's content where a number stands."""
    if isinstance(value, int) and not isinstance(value, bool):
        yield where
    for key, inside in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from _numbers(inside, (*where, key))


def _examples() -> Iterator[tuple[Path, tuple[str | int, ...]]]:
    for path in sorted(EXAMPLES.glob("*.toml")):
        if not path.name.endswith(".facts.toml"):
            for place in _numbers(tomllib.loads(path.read_text("utf-8"))):
                yield path, place


def test_true_is_never_a_number() -> None:
    places = list(_examples())
    assert len(places) > 100
    for path, place in places:
        data = tomllib.loads(path.read_text("utf-8"))
        inside: Any = data
        for step in place[:-1]:
            inside = inside[step]
        inside[place[-1]] = True
        with pytest.raises(ConventionFileError, match=rf"{place[-1]}.: ni true ni false"):
            convention_from(data, path.name)


@pytest.mark.parametrize("typed", [36000, 36000.0, "36001", "14:00+02:00", "14:00Z"])
def test_an_hour_is_that_of_the_place_and_never_a_number(typed: object) -> None:
    with pytest.raises(ValidationError):
        MeetingPreferences.model_validate({"at": typed})
    assert MeetingPreferences.model_validate({"at": "14:00"}).at == MeetingPreferences(at=time(14)).at
