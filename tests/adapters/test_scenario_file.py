"""A scenario file is refused with all that must be put right in it, before anything is played."""

import shutil
from pathlib import Path

import pytest

from echeancier.adapters.files.scenario_file import ScenarioFileError, load_scenario
from echeancier.domain.facts.signing import Signed
from tests.support.project_files import ROOT

HEAD = """title = "Essai"
[[convention]]
file = "bri-p.toml"
facts = "bri-p.facts.toml"
"""


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    for path in (ROOT / "examples").glob("bri-*.toml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def written(beside: Path, text: str) -> Path:
    path = beside / "essai.toml"
    path.write_text(text, "utf-8")
    return path


def refused(beside: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(ScenarioFileError) as problem:
        load_scenario(written(beside, text))
    return problem.value.problems


def test_every_problem_is_said_at_once(beside: Path) -> None:
    text = (
        HEAD
        + 'refuses_to_sign = ["mairie"]\n[[happens]]\nwhen = "bientôt"\nkind = "done"\nitem = "x"\n'
        + '[[happens]]\nwhen = 2016-06-01\nkind = "donne"\n[[mail_refused]]\nrole = "nobody"\n'
    )
    said = "\n".join(refused(beside, text))
    for part in ("« mairie »", "« bientôt »", "donne", "« nobody »"):
        assert part.replace("« ", "«\u00a0").replace(" »", "\u00a0»") in said


@pytest.mark.parametrize(
    "when", ["2016-13-01", "2016-02-30", "2016-06-01 25:00", "2016-06-01 10:99", "end -1 month 24:30"]
)
def test_a_day_or_an_hour_that_does_not_exist_is_said_in_french(beside: Path, when: str) -> None:
    (said,) = refused(beside, f'{HEAD}[[happens]]\nwhen = "{when}"\nkind = "done"\nitem = "x"\n')
    assert said.startswith(f"happens[1]\u00a0: «\u00a0{when}\u00a0»")
    assert "n’existe pas" in said


@pytest.mark.parametrize("title", ["a\\u202eb", "", "a" * 301])
def test_the_title_is_a_short_text_with_nothing_hidden(beside: Path, title: str) -> None:
    (said,) = refused(beside, HEAD.replace("Essai", title))
    assert said.startswith("title\u00a0: ")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ScenarioFileError, match=r"nulle-part\.toml"):
        load_scenario(tmp_path / "nulle-part.toml")


def test_a_key_that_does_not_exist_is_said_with_the_nearest(beside: Path) -> None:
    assert "people" in refused(beside, HEAD.replace("[[conv", 'peuple = "silent"\n[[conv'))[0]


def test_who_refuses_to_sign_does_not_and_the_numbers_close_up(beside: Path) -> None:
    text = HEAD + 'registered_on = 2017-01-02\nrefuses_to_sign = ["communaute"]\n'
    (part,) = load_scenario(written(beside, text)).parts
    assert [r.fact.party for r in part.records if isinstance(r.fact, Signed)] == ["operateur"]
    assert [r.id for r in part.records] == ["f1", "f2", "f3", "f4"]


def test_an_annex_hears_of_its_parent_from_the_parent_when_it_is_there(beside: Path) -> None:
    annex = '[[convention]]\nfile = "bri-o.toml"\nfacts = "bri-o.facts.toml"\n'
    together = load_scenario(written(beside, HEAD + annex)).parts[1]
    alone = load_scenario(written(beside, 'title = "Essai"\n' + annex)).parts[0]
    kinds = [{r.fact.kind for r in part.facts} for part in (together, alone)]
    assert ["parent-ends" in one for one in kinds] == [False, True]
