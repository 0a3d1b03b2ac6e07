"""Every page of the desk, by the router that serves it."""

from typing import Final

from fastapi import APIRouter

from echeancier.desk.book import change_page as book_change_page
from echeancier.desk.book import end_page as book_end_page
from echeancier.desk.book import entry_page as book_entry_page
from echeancier.desk.book import list_page as book_page
from echeancier.desk.book import merge_page as book_merge_page
from echeancier.desk.convention import page as convention_page
from echeancier.desk.convention import terms_page
from echeancier.desk.conventions import page as conventions_page
from echeancier.desk.deadlines import page as deadlines_page
from echeancier.desk.deliberation import page as deliberation_page
from echeancier.desk.facts import correction_page as facts_page
from echeancier.desk.facts import page as recording
from echeancier.desk.feeds import page as feeds_page
from echeancier.desk.form import file_page as start_page
from echeancier.desk.form import page as form_page
from echeancier.desk.imports import page as import_page
from echeancier.desk.letters import page as letters_page
from echeancier.desk.pieces import page as pieces_page
from echeancier.desk.purge import page as purge_page
from echeancier.desk.rehearsal import page as rehearsal_page
from echeancier.desk.series import page as series_page
from echeancier.desk.stuck import page as stuck_page
from echeancier.desk.territory import page as territory_page
from echeancier.desk.todo import page as todo_page
from echeancier.desk.yields import page as yields_page

ROUTERS: Final[tuple[APIRouter, ...]] = (
    todo_page.router,
    deadlines_page.router,
    conventions_page.router,
    convention_page.router,
    deliberation_page.router,
    letters_page.router,
    pieces_page.router,
    purge_page.router,
    recording.router,
    facts_page.router,
    terms_page.router,
    stuck_page.router,
    start_page.router,
    form_page.router,
    series_page.router,
    rehearsal_page.router,
    import_page.router,
    territory_page.router,
    yields_page.router,
    feeds_page.router,
    book_page.router,
    book_change_page.router,
    book_entry_page.router,
    book_end_page.router,
    book_merge_page.router,
)
