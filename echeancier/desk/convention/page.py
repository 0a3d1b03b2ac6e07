"""One convention: everything known of it on one page, and its whole journal."""

from fastapi import APIRouter
from starlette.responses import Response

from echeancier.desk.convention.agenda_view import agenda_groups, item_forms, standing_words
from echeancier.desk.convention.family import family_of
from echeancier.desk.convention.picture import picture_of
from echeancier.desk.convention.view import KINDS as CONVENTION_KINDS
from echeancier.desk.convention.view import fact_lines, journal_lines, letter_lines, meeting_lines, status_words
from echeancier.desk.deliberation.view import address_of, name_of
from echeancier.desk.facts.actions import answer
from echeancier.desk.facts.labels import title_of_kind
from echeancier.desk.facts.page import Reference
from echeancier.desk.letters.view import letter_rows, offered
from echeancier.desk.pieces.view import piece_values
from echeancier.desk.purge.purges import PurgeLine, closed_words, purge_line
from echeancier.desk.reading.seen import Seen
from echeancier.desk.stuck.page import of_convention, stuck_page
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.agenda.item_row import clause_in_words, title_in_words
from echeancier.domain.letters.content import LETTERS
from echeancier.domain.recording import KINDS
from echeancier.domain.running.keys import KeyGoneError
from echeancier.domain.typography import said
from echeancier.engine.errors import EngineError

router = APIRouter()

_LATEST = 25


@router.get("/conventions/{reference}")
async def convention(visit: Visiting, reference: Reference) -> Response:
    """Show a convention."""
    try:
        return await shown_page(visit, reference)
    except (EngineError, KeyGoneError) as error:
        return await stuck_page(visit, reference, str(error))


async def shown_page(visit: Visit, reference: str, refused: str = "", status: int = 200) -> Response:
    """Return the page of a convention, with what a form of it was refused for."""
    seen = await visit.desk.shelf.one(reference)
    rows = await visit.desk.shelf.lists.rows()
    look = await visit.desk.shelf.look(rows)
    more: dict[str, object] = {
        "family": family_of(seen, look.seen),
        "purge": await _purge(visit, seen),
        "refused": refused,
        "deliberations": [
            (name_of(seen.ctx.dossier, act, visit.language), address_of(seen.reference, act), 1 + len(others))
            for act in seen.convention.act
            if act.id is not None and (others := visit.desk.shelf.citing(seen.convention, act.id))
        ],
    }
    more["trouble"] = of_convention(await visit.desk.watch.known(), reference)
    return visit.page_of("convention", {**_shared(visit, seen), **_parts(visit, seen), **more}, status)


async def _purge(visit: Visit, seen: Seen) -> PurgeLine | None:
    """Where the purge of a closed file stands, None while it is open."""
    if seen.ctx.dossier.closed_at is None or visit.desk.purges is None:
        return None
    state = await visit.desk.purges.state(seen.reference)
    return purge_line(seen.ctx, state, visit.language) if state is not None else None


@router.get("/conventions/{reference}/journal")
async def whole_journal(visit: Visiting, reference: Reference) -> Response:
    """Show everything that happened, latest first."""
    seen = await visit.desk.shelf.one(reference)
    journal = journal_lines(seen.ctx, visit.language)
    return visit.page_of("journal", {**_shared(visit, seen), "journal": journal})


def _shared(visit: Visit, seen: Seen) -> dict[str, object]:
    convention = seen.ctx.dossier.convention
    title = title_in_words(convention, visit.language)
    return {
        "ctx": seen.ctx,
        "convention": convention,
        "title": title,
        "seen_at": seen.at.astimezone(seen.ctx.s.zone),
    }


def _parts(visit: Visit, seen: Seen) -> dict[str, object]:
    ctx, language = seen.ctx, visit.language
    convention = ctx.dossier.convention
    back = f"/conventions/{seen.reference}"
    journal = journal_lines(ctx, language)
    groups = agenda_groups(ctx, language)
    waiting = (*groups["late"], *groups["ahead"])
    forms = {line.item.key: item_forms(ctx, line.item, language, back) for line in waiting}
    return {
        "standing": status_words(ctx, language),
        "closed": closed_words(ctx, language),
        "kind_of_convention": said(CONVENTION_KINDS[convention.kind], language),
        "parties": [(key, said(p.name_on(ctx.s.today), language)) for key, p in convention.parties.items()],
        "warnings": [(said(w.text, language), *clause_in_words(w.clause, language)) for w in ctx.agenda.warnings],
        "groups": groups,
        "forms": forms,
        "said_of": standing_words(ctx, language),
        "questions": [
            (q, *clause_in_words(q.clause, language), answer(ctx, q, language, f"q{n}", back + "#questions"))
            for n, q in enumerate(ctx.agenda.questions)
        ],
        "meetings": meeting_lines(ctx, language),
        "letters": letter_lines(ctx, language),
        "letter_rows": letter_rows(ctx, language),
        "offered_letters": [(kind, said(LETTERS[kind].WORDS.name, language)) for kind in offered(ctx, language)],
        "facts": fact_lines(ctx, language),
        **piece_values(ctx, language),
        "journal": journal[:_LATEST],
        "journal_length": len(journal),
        "clauses": [clause_in_words(clause, language) for clause in convention.clause],
        "recordable": [(kind, title_of_kind(kind, language), said(KINDS[kind].says, language)) for kind in KINDS],
        **picture_of(ctx, language),
    }
