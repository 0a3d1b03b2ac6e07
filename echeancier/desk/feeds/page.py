"""« Abonnements »: the secret addresses of the calendars, made here, shown once, revoked here."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.dates.words import shown
from echeancier.domain.errors import EcheancierError
from echeancier.domain.model import Text
from echeancier.domain.overview.feed import Coverage, Feed, Scope, ScopeKind, check_scope
from echeancier.domain.typography import said
from echeancier.feeds.app import addresses, as_webcal

router = APIRouter()

PATH: Final = "/abonnements"

KINDS: Final[dict[ScopeKind, Text]] = {
    "convention": Text(fr="une convention", en="one convention"),
    "service": Text(fr="les conventions d’un service", en="the conventions of a service"),
    "person": Text(fr="une fonction, dans toutes ses conventions", en="one function, across its conventions"),
}
COVERAGES: Final[dict[Coverage, Text]] = {
    "deadlines": Text(fr="Les échéances", en="The deadlines"),
    "all": Text(
        fr="Tout : échéances, réunions, et ce qui est fait",
        en="Everything: deadlines, meetings, what was done",
    ),
}
_NOTHING: Final = Text(fr="Il faut dire de quoi l’agenda parle.", en="Say what the calendar is about.")


@dataclass(frozen=True)
class _Line:
    feed: Feed
    about: str
    made: str
    used: str


@dataclass(frozen=True)
class _Made:
    feed: Feed
    links: tuple[tuple[str, str, str], ...]


@router.get(PATH)
async def feeds(visit: Visiting) -> Response:
    """List the feeds, with the forms that make one."""
    require(visit.who, Right.SUBSCRIBE)
    return await _page(visit)


@router.post(PATH)
async def create(visit: Visiting) -> Response:
    """Make a feed and show its address, this once: it is kept nowhere, not even in the browser's history."""
    require(visit.who, Right.SUBSCRIBE)
    form = await visit.form()
    name, kind = form.get("name", "").strip(), form.get("kind", "")
    if not name or kind not in KINDS:
        return await _page(visit, problem=said(_NOTHING, visit.language), status=422)
    try:
        asked = Scope.model_validate({"kind": kind, "name": name})
        scope = check_scope(asked, await visit.desk.calendars.names(asked.kind))
        feed, secret = visit.desk.feeds.create(
            scope,
            label=form.get("label", "").strip()[:80],
            language="en" if form.get("language") == "en" else "fr",
            on=visit.desk.clock().date(),
            by=visit.who.by,
        )
    except (EcheancierError, ValidationError) as refused:
        words = said(_NOTHING, visit.language) if isinstance(refused, ValidationError) else str(refused)
        return await _page(visit, problem=said(words, visit.language), status=422)
    base = visit.desk.feeds_url or str(visit.request.base_url)
    links = tuple(
        (said(COVERAGES[coverage], visit.language), address, as_webcal(address))
        for coverage, address in addresses(base, secret).items()
    )
    return await _page(visit, made=_Made(feed, links))


@router.post(PATH + "/{feed_id}/revoquer")
async def revoke(feed_id: str, visit: Visiting) -> Response:
    """Close a feed for good."""
    require(visit.who, Right.SUBSCRIBE)
    await visit.form()
    try:
        visit.desk.feeds.revoke(feed_id, visit.desk.clock().date())
    except EcheancierError as refused:
        return await _page(visit, problem=said(str(refused), visit.language), status=404)
    return visit.go(PATH, ok="revoked")


async def _page(visit: Visit, *, made: _Made | None = None, problem: str = "", status: int = 200) -> Response:
    rows = await visit.desk.shelf.lists.rows()
    every = visit.desk.feeds.all()
    return visit.page(
        "feeds",
        status,
        made=made,
        problem=problem,
        opened=[_line(visit, feed) for feed in every if feed.is_open],
        closed=[_line(visit, feed) for feed in every if not feed.is_open],
        references=sorted(row.reference for row in rows),
        services=sorted({row.service for row in rows if row.service}),
        public=bool(visit.desk.feeds_url),
    )


def _line(visit: Visit, feed: Feed) -> _Line:
    kind = said(KINDS[feed.scope.kind], visit.language)
    return _Line(
        feed,
        about=f"{feed.scope.name} ({kind})",
        made=shown(feed.created_on, visit.language),
        used=shown(feed.last_used_on, visit.language, visit.say("jamais", "never")),
    )
