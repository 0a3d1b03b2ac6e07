"""The files of a dossier, written beside its mails."""

from pathlib import Path

from echeancier.adapters.files.agenda_csv import agenda_csv
from echeancier.adapters.report.calendar import calendar
from echeancier.adapters.report.invitations import FOLDER, invitations
from echeancier.adapters.report.mailbag import Mailbag
from echeancier.adapters.report.page import page
from echeancier.adapters.report.rows import rows
from echeancier.adapters.report.story import Story

REPORT = "report.html"
CALENDAR = "agenda.ics"
SPREADSHEET = "agenda.csv"


def write_dossier(directory: Path, story: Story) -> tuple[Path, ...]:
    """Write all but the mails, which the capture server wrote in ``mails``; return the paths, the page first.

    The same story and mails always give the same bytes. Calendar files left in ``invitations`` by a former
    rehearsal are removed.

    Raises:
        OSError: The directory cannot be written.
    """
    mailbag = Mailbag(directory, story.mails)
    sent = invitations(story, mailbag)
    written = {one.path: one.content for one in sent.files}
    written[CALENDAR] = calendar(story)
    # Everything that was promised is in the spreadsheet, what stands no more included.
    everything = story.lived.model_copy(update={"items": story.items})
    written[SPREADSHEET] = agenda_csv(story.situation, everything, story.language)
    written[REPORT] = page(story, rows(story, mailbag, sent), sent).encode()
    for former in (directory / FOLDER).glob("*.ics"):
        former.unlink()
    for name, content in written.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tuple(directory / name for name in reversed(written))
