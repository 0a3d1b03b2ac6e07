"""``rehearse --scenario`` leaves a dossier for each convention of the scenario, its own mails beside it."""

from pathlib import Path

from typer.testing import CliRunner

from echeancier.adapters.stores.mail_drop import MailDrop
from echeancier.cli.commands import app
from tests.support.calendars import problems as calendar_problems


def test_a_written_scenario_leaves_the_dossier_of_each_convention(tmp_path: Path) -> None:
    output = tmp_path / "dossier"
    done = CliRunner().invoke(app, ["rehearse", "--scenario", "parent-ends", "--output", str(output)])
    assert done.exit_code == 0, done.output
    for place in (output, output / "bri-o"):
        assert {"report.html", "agenda.ics", "agenda.csv", "mails"} <= {path.name for path in place.iterdir()}
    everything, annex = (len(MailDrop(place / "mails").read()) for place in (output, output / "bri-o"))
    assert 0 < annex < everything
    feeds = {str(place): (place / "agenda.ics").read_bytes() for place in (output, output / "bri-o")}
    assert calendar_problems(feeds) == []


def test_a_scenario_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    refused = CliRunner().invoke(app, ["rehearse", "--scenario", "nope", "--output", str(tmp_path / "d")])
    assert refused.exit_code == 2
    assert not (tmp_path / "d").exists()
