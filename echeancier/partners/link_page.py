"""The page of a link: looking at it changes nothing (mail scanners look at everything), only its button says something."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from echeancier.adapters.mail.links import PATH
from echeancier.domain.answers.click import clicked, is_settled
from echeancier.domain.answers.fact_of_click import check_said, fact_of, is_known, request_of
from echeancier.domain.declared import both
from echeancier.domain.messages.acts import by_link
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal
from echeancier.engine.gateway import RefusedError
from echeancier.partners.forms import Filled, filled
from echeancier.partners.opening import Open, OpenedLink
from echeancier.partners.pages import page
from echeancier.partners.view import view_of

router = APIRouter()


@router.api_route(PATH + "{token}", methods=["GET", "HEAD"])
async def show(found: Open) -> Response:
    """Show what the link is about and what its button would record; record nothing."""
    return _page(found, "known" if is_settled(found.link) else "link")


@router.post(PATH + "{token}")
async def say(request: Request, found: Open) -> Response:
    """Record what the link says, once; refused, say why and keep what was filled in."""
    async with request.form(max_files=0, max_fields=10) as form:
        given = filled(form)
    if is_settled(found.link) and not given.word:
        return _page(found, "known")
    try:
        fact = fact_of(found.link, given.said())
        if is_known(found.link, fact):
            return _page(found, "known")
        check_said(found.link, fact)
    except Refusal as refused:
        return _page(found, "link", 422, refused=refused.text, given=given)
    link, pages = found.link, found.pages
    by = by_link(link.person.function)
    try:
        await pages.register.record(link.claim.reference, fact, by, request_of(found.token, link, fact))
    except RefusedError as refused:  # something was recorded meanwhile; the door answers in French
        return _page(found, "link", 422, refused=both(str(refused), str(refused)), given=given)
    return _page(await _now(found), "said")


async def _now(found: OpenedLink) -> OpenedLink:
    """The same link, with what has just been recorded."""
    dossier = await found.pages.register.dossier(found.link.claim.reference)
    return replace(found, link=clicked(dossier, found.link.claim, found.key, found.pages.clock()))


def _page(
    found: OpenedLink,
    template: str,
    status: int = 200,
    *,
    refused: Text | None = None,
    given: Filled | None = None,
) -> Response:
    # An answer given on the next page stays in the language of this one.
    chosen = "" if found.language == found.link.person.language else f"?lang={found.language}"
    filled_in = given or Filled()
    values = {
        "link": view_of(found),
        "refused": refused,
        "given": filled_in,
        "two": filled_in.two(found.link, found.language),
        "here": f"{found.pages.root}{PATH}{found.token}{chosen}",
        "in_language": chosen,
    }
    return page(template, found.language, found.pages.root, values, status)


@router.get("/robots.txt")
async def robots() -> Response:
    """Keep search engines away."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")
