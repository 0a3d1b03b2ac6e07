"""Every page of the desk, by the router that serves it.."""

from typing import Final

from fastapi import APIRouter

from desk import recording, todo_page

ROUTERS: Final[tuple[APIRouter, ...]] = (todo_page.router, recording.router)
