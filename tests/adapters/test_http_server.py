"""Whose word is taken about a visitor, and what a page sees of it."""

import asyncio

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from echeancier.adapters.web.http_server import PagesAddress, serve


async def who(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that says whom it takes the visitor for."""
    if scope["type"] == "http":
        await PlainTextResponse(str(scope["client"][0]))(scope, receive, send)


@pytest.mark.parametrize(
    ("trusted", "seen"),
    [
        ("", "127.0.0.1"),
        ("192.0.2.9", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.7"),
        ("127.0.0.0/8", "203.0.113.7"),
    ],
)
async def test_only_a_proxy_that_is_named_may_say_who_the_visitor_is(trusted: str, seen: str) -> None:
    stop, ready = asyncio.Event(), asyncio.get_running_loop().create_future()
    place = PagesAddress("Les pages", "127.0.0.1", 0, "-", trusted_proxies=trusted)
    serving = asyncio.create_task(serve(who, place, stop, ready.set_result))
    async with httpx.AsyncClient() as web:
        # What the visitor added himself stands first; the last word is the proxy's.
        said = await web.get(await ready, headers={"x-forwarded-for": "198.51.100.1, 203.0.113.7"})
    stop.set()
    await serving
    assert said.text == seen
