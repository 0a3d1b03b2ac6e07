"""The paper went round for nothing: a refusal, or signatures not gathered in time. Whoever runs the convention hears it."""

from datetime import datetime, timedelta

from echeancier.domain.agenda.items import State
from echeancier.domain.agenda.signature import how_many, what_came_of_it
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.dossier import Told
from echeancier.domain.messages.compose import Content, Draft, draft, line
from echeancier.domain.messages.context import Context, telling
from echeancier.domain.model import Text
from echeancier.domain.standing.office_hours import morning
from echeancier.domain.standing.people import people

ABOUT = "unsigned/"
"""How the name of what is told begins."""


def unsigned(ctx: Context) -> list[Draft]:
    """Return one message to the coordinator and one to the manager, once for each circulation that came to nothing."""
    going = ctx.s.circulation
    if not ctx.may_send or not going.has_stopped or going.stopped_on is None:
        return []
    about = f"{ABOUT}{going.number}/{going.outcome}/{figures(going.stopped_on)}"
    came, signed = what_came_of_it(ctx.s), how_many(ctx.s)
    detail = Text(fr=f"{_capital(came.fr)}. {_capital(signed.fr)}.", en=f"{_capital(came.en)}. {_capital(signed.en)}.")
    convention = ctx.s.convention
    fallen = [i for i in ctx.agenda.items if i.kind == "signature" and i.state is State.CANCELLED]
    hearers = people(ctx.s, (convention.coordinator, convention.manager))
    drafts = []
    for person in hearers:
        if ctx.told(person.address, about):
            continue
        # What it says of the signatures needs no correction beside it.
        told = [Told(about=about, stage="now", day=going.stopped_on), *(telling(i, "gone") for i in fallen)]
        lines = [line(ctx.s, i, "gone", person.role) for i in fallen]
        reason = "signature-refused" if going.outcome == "refused" else "signature-expired"
        others = [one.function for one in hearers]
        content = Content("unsigned", lines, told=told, others=others, detail=detail, reason=reason)  # type: ignore[arg-type]
        drafts.append(draft(ctx, person, content, ctx.slot))
    return drafts


def next_expiry_at(ctx: Context) -> list[datetime]:
    """Return the morning after the last day to gather the signatures, while they are being gathered."""
    going = ctx.s.circulation
    if going.outcome != "going-round" or going.gather_by is None:
        return []
    at = morning(ctx.s, ctx.s.calendar.next_workable(going.gather_by + timedelta(days=1)))
    return [at] if at > ctx.now else []


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
