"""A series made after each of the known conventions that waits for a vote: only what its row says is of its own."""

import re
from collections.abc import Iterator

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.desk.form.document import sheet_from, written
from echeancier.desk.series.pattern import SeriesPattern, pattern_of
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.recording import Refusal
from tests.desk.fakes import EXAMPLES, NOW

NAME = "Nouvelle partie"
OWN = re.compile(
    r"(reference|number|follows|title|title_en|parties[.](?P<party>[^.]+)[.](name|signs_as|renamed|postal)"
    r"|roles[.][^.]+[.](function|address|postal)|payment[.][0-9]+[.](amount|total|documents[.][0-9]+)"
    r"|act[.][0-9]+[.](id|number|transmission_id|authority_cited_on))"
)


def known() -> Iterator[SeriesPattern]:
    for path in sorted(EXAMPLES.glob("*.toml")):
        if path.stem.endswith(".facts"):
            continue
        convention = load_convention(path)
        if written(sheet_from(convention)).convention != convention:
            continue  # the form does not hold it whole: nothing can be made after it there either
        dossier = Dossier(convention=convention, registered_at=NOW, registered_by="coordinator")
        try:
            yield pattern_of(dossier, "", ())
        except Refusal:
            continue


PATTERNS = list(known())


def differences(one: object, other: object, path: str = "") -> Iterator[tuple[str, object, object]]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            yield from differences(one.get(key), other.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (this, that) in enumerate(zip(one, other, strict=True)):
            yield from differences(this, that, f"{path}.{number}")
    elif one != other:
        yield path, one, other


def test_there_are_enough_to_try() -> None:
    assert len(PATTERNS) >= 12


@pytest.mark.parametrize("pattern", PATTERNS, ids=[one.convention.reference for one in PATTERNS])
def test_only_what_a_row_says_is_its_own(pattern: SeriesPattern) -> None:
    typed = {"name": NAME, "function": "Bureau", "address": "bureau@autre.example", "reference": "AUTRE-1"}
    row = {column.name: typed.get(column.name, "1234.00") for column in pattern.columns()}
    row["title"] = pattern.title_for(NAME)
    made = written(pattern.sheet(row))
    assert made.problems == ()
    assert made.convention is not None
    whole, other = (one.model_dump(mode="json") for one in (pattern.convention, made.convention))
    for path, before, after in differences(whole, other):
        found = OWN.fullmatch(path)
        if found is None or path.endswith(".function"):
            assert after == "Bureau" or str(before).replace(pattern.name, NAME) == after, path
        elif found["party"]:
            assert found["party"] == pattern.party, path
    others = {one.address for one in made.convention.roles.values() if one.party == pattern.party}
    assert others == {"bureau@autre.example"}, "no mail goes to the party of the model"
    assert all(
        one == pattern.convention.roles[key]
        for key, one in made.convention.roles.items()
        if one.party != pattern.party and pattern.name not in one.function
    )


def test_a_part_of_the_name_of_the_model_s_party_left_in_a_text_is_said() -> None:
    music = next(one for one in PATTERNS if one.convention.reference == "VLM-S")
    said = [words.replace("\u00a0", " ") for _, words in music.copied()]
    assert any("Les Baladins d’Orve" in words for words in said)
    assert any("18 000 € par an" in words for words in said)
    assert not any("Association Les Baladins" in words for words in said), "that is replaced"
