"""The files of a rehearsal: calendars, spreadsheet, invitations."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from echeancier.adapters.files.agenda_csv import HEADINGS, agenda_csv
from echeancier.adapters.report import write_dossier
from echeancier.adapters.report.mailbag import Mailbag
from echeancier.domain.model import Text
from tests.adapters.rehearsed import ENDED, lived, story

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("rehearsal")
    write_dossier(where, story(where))
    return where


def events(path: Path) -> Iterator[Event]:
    for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
        assert isinstance(event, Event)
        yield event


def stamp(event: Event) -> datetime:
    found: datetime | None = event.DTSTAMP
    assert found is not None
    return found


def table_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_page_comes_first_and_everything_returned_was_written(tmp_path: Path) -> None:
    written = write_dossier(tmp_path, story(tmp_path))
    assert written[0].name == "report.html"
    kept = {path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "mails"}
    assert set(written) == kept


def test_the_same_life_gives_the_same_bytes(directory: Path, tmp_path: Path) -> None:
    for path in write_dossier(tmp_path, story(tmp_path)):
        assert path.read_bytes() == (directory / path.relative_to(tmp_path)).read_bytes()


def test_the_calendar_publishes_all_day_entries(directory: Path) -> None:
    calendar = Calendar.from_ical((directory / "agenda.ics").read_bytes())
    assert calendar["METHOD"] == "PUBLISH"
    days = [(event.start, event.end) for event in events(directory / "agenda.ics")]
    assert len(days) > 10
    assert {end - start for start, end in days} == {timedelta(days=1)}
    assert all(type(start) is date for start, _ in days)


def test_everything_that_had_a_day_before_the_end_is_in_the_calendar(directory: Path, tmp_path: Path) -> None:
    told = story(tmp_path)
    last = [max(d for d in (i.safe_day, i.legal_last_day, i.done_on) if d) for i in told.items if i.safe_day]
    kept = [day for day in last if day <= ENDED.date()]
    found = [event for event in events(directory / "agenda.ics") if "recourse/" not in event.uid]
    assert len(found) == len(kept)


def test_no_calendar_file_speaks_of_a_day_after_the_end(directory: Path) -> None:
    files = [directory / "agenda.ics", *(directory / "invitations").iterdir()]
    assert len(files) > 3
    for path in files:
        for event in events(path):
            assert stamp(event) <= ENDED
            assert event.start.isoformat()[:10] <= ENDED.date().isoformat()


def test_a_meeting_after_the_end_stays_in_its_mail(tmp_path: Path) -> None:
    early = datetime(2021, 6, 10, 18, 0, tzinfo=ENDED.tzinfo)  # fixed for 15 June, told on 27 May
    write_dossier(tmp_path, story(tmp_path, ended=early))
    assert not (tmp_path / "invitations").exists()
    assert "laissées dans leurs courriels" in (tmp_path / "report.html").read_text("utf-8")


def test_a_revision_sent_to_three_guests_is_one_file(directory: Path) -> None:
    meetings = [message.meeting for message in lived().dossier.outbox if message.meeting]
    due = {(one.uid, one.sequence, one.method) for one in meetings if one.starts_at <= ENDED}
    files = sorted((directory / "invitations").iterdir())
    assert len(files) == len(due)
    assert len(meetings) > len(due)


def test_invitations_are_sorted_by_the_day_they_were_sent(directory: Path) -> None:
    files = sorted((directory / "invitations").iterdir())
    days = [stamp(event).date() for path in files for event in events(path)]
    assert days == sorted(days)


def test_invitations_are_the_bytes_that_were_sent(directory: Path) -> None:
    for path in (directory / "invitations").iterdir():
        assert b"\r\nMETHOD:" in path.read_bytes()
        event, *others = events(path)
        assert others == []
        assert event["ORGANIZER"] == "mailto:echeancier@ville.example"


def test_invitations_of_a_former_rehearsal_are_removed(tmp_path: Path) -> None:
    (tmp_path / "invitations").mkdir()
    (tmp_path / "invitations" / "1999-01-01-old-r00-invitation.ics").write_bytes(b"old")
    write_dossier(tmp_path, story(tmp_path))
    assert not list((tmp_path / "invitations").glob("1999*"))


def test_the_spreadsheet_is_the_agenda(directory: Path, tmp_path: Path) -> None:
    raw = (directory / "agenda.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = table_of(raw)
    assert list(lines[0]) == list(HEADINGS["fr"])
    items = story(tmp_path).items
    assert [line["clé"] for line in lines] == [item.key for item in items]
    for line, item in zip(lines, items, strict=True):
        day = "-".join(reversed(line["dernier jour"].split("/")))
        assert (date.fromisoformat(day) if day else None) == item.legal_last_day


@pytest.mark.parametrize("start", ["=1+1", "+33", "-2", "@SUM(A1)", " =1+1", "\u00a0=1", "\uff1d1"])
def test_a_cell_is_never_a_formula(start: str, tmp_path: Path) -> None:
    told = story(tmp_path)
    item = told.lived.items[0].model_copy(update={"title": Text(fr=start, en=start)})
    written = agenda_csv(told.situation, told.lived.model_copy(update={"items": (item,)}))
    assert table_of(written)[0]["quoi"].startswith("'")


def test_a_mail_that_was_not_captured_leaves_no_link(tmp_path: Path) -> None:
    told = story(tmp_path)
    for path in (tmp_path / "mails").iterdir():
        path.unlink()
    write_dossier(tmp_path, told)
    assert ".eml" not in (tmp_path / "report.html").read_text("utf-8")


def test_a_mail_whose_bytes_are_unknown_is_found_by_its_instant_and_address(tmp_path: Path) -> None:
    told = story(tmp_path)
    outbox = [message.model_copy(update={"sha256": ""}) for message in told.dossier.outbox]
    bag = Mailbag(tmp_path, told.mails)
    alone = Counter((message.address, message.at) for message in outbox)
    for message, (file, _, _) in zip(outbox, lived().mails, strict=True):
        unique = alone[message.address, message.at] == 1
        assert bag.file_of(message) == (f"mails/{file}" if unique else "")
