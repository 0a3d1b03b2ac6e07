"""An hour at which the clocks of the place never stood, or stood twice, is refused at every way in of a file of facts."""

from datetime import datetime
from pathlib import Path

import pytest

from echeancier.adapters.files.facts_file import as_records, parse_facts
from echeancier.cli.admission import admitted as from_the_command
from echeancier.desk.form.draft import admitted as from_the_form
from echeancier.domain.errors import FactsFileError
from tests.domain.builders import PARIS, convention

NOW = datetime(2022, 12, 1, 10, tzinfo=PARIS)
FIRST = '[[fact]]\nkind = "signed"\non = 2022-01-03\nparty = "town"\nrecorded_at = 2022-01-03T10:00:00\n'


def refused_by_each(text: str, path: Path) -> list[tuple[str, ...]]:
    path.write_text(text, "utf-8")
    with pytest.raises(FactsFileError) as of_the_command:
        from_the_command(path, convention(), NOW)
    with pytest.raises(FactsFileError) as of_a_rehearsal:
        as_records(parse_facts(text, path.name), "Europe/Paris")
    taken, of_the_form = from_the_form(parse_facts(text, path.name), convention(), NOW)
    assert taken == ()
    return [of_the_command.value.problems, of_a_rehearsal.value.problems, of_the_form]


@pytest.mark.parametrize(
    ("hour", "said"), [("2022-03-27T02:30:00", "n’existe pas"), ("2022-10-30T02:30:00", "existe deux fois")]
)
def test_an_hour_that_is_none_or_two_is_refused_by_all_in_the_same_words(tmp_path: Path, hour: str, said: str) -> None:
    second = f'[[fact]]\nkind = "signed"\non = 2022-01-04\nparty = "agency"\nrecorded_at = {hour}\n'
    problems = refused_by_each(FIRST + second, tmp_path / "faits.toml")
    (problem,) = problems[0]
    assert problems == [(problem,)] * 3
    assert problem.startswith("fact[2].recorded_at\u00a0: le ")
    assert said in problem
