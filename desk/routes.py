"""Every page of the desk, by the router that serves it."""

from typing import Final

from fastapi import APIRouter

from desk import (
    convention_page,
    conventions_page,
    deadlines_page,
    facts_page,
    feeds_page,
    import_page,
    letters_page,
    purge_page,
    recording,
    rehearsal_page,
    start_page,
    stuck_page,
    terms_page,
    territory_page,
    todo_page,
)
from desk.starting import page as form_page

ROUTERS: Final[tuple[APIRouter, ...]] = (
    todo_page.router,
    deadlines_page.router,
    conventions_page.router,
    convention_page.router,
    letters_page.router,
    purge_page.router,
    recording.router,
    facts_page.router,
    terms_page.router,
    stuck_page.router,
    start_page.router,
    form_page.router,
    rehearsal_page.router,
    import_page.router,
    territory_page.router,
    feeds_page.router,
)
