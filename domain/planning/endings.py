"""The convention ends early, or was registered by mistake: everyone who was written to is told, once per date."""

from domain.contacts import people
from domain.dossier import Told
from domain.items import State
from domain.messages import Recipient
from domain.model import Text
from domain.planning.composing import Content, Draft, draft
from domain.planning.context import Context
from domain.planning.lines import line
from domain.words import figures, in_words


def endings(ctx: Context) -> list[Draft]:
    """Return what to tell of an early end or of a withdrawal."""
    if not ctx.may_send:
        return []
    if ctx.dossier.withdrawn is not None:
        return _withdrawn(ctx)
    end = ctx.agenda.ends_on
    if end is None or not ctx.s.ended_early:
        return _going_on(ctx)
    about = f"ended/{figures(end)}"
    detail = Text(
        fr=f"La convention prend fin par résiliation : dernier jour en vigueur le {in_words(end)}.",
        en=f"The convention ends by termination: its last day in force is {in_words(end, 'en')}.",
    )
    after = [i for i in ctx.agenda.items if i.state in (State.UPCOMING, State.OPEN) and i.safe_day and i.safe_day >= end]
    return [
        draft(
            ctx, person,
            Content("ended", [line(ctx.s, i, "now", person.role) for i in after if _his(ctx, person, i.responsible + i.informed)],
                    told=[Told(about=about, stage="now", day=end)], others=[p.function for p in _known(ctx)], detail=detail),
            ctx.slot,
        )
        for person in _known(ctx)
        if not ctx.told(person.address, about)
    ]  # fmt: skip


def _going_on(ctx: Context) -> list[Draft]:
    """The letter was withdrawn after people had been told of the end: they are told that it goes on."""
    end = ctx.agenda.ends_on
    told_end = {m.address.casefold() for m in ctx.dossier.outbox for t in m.told if t.about.startswith("ended/")}
    if not told_end or end is None:
        return []
    about = f"going-on/{figures(end)}"
    detail = Text(
        fr=f"La résiliation annoncée est sans effet : la convention continue jusqu’au {in_words(end)}.",
        en=f"The termination announced has no effect: the convention goes on until {in_words(end, 'en')}.",
    )
    return [
        draft(ctx, person, Content("ended", told=[Told(about=about, stage="now", day=end)], detail=detail), ctx.slot)
        for person in _known(ctx)
        if person.address.casefold() in told_end and not ctx.told(person.address, about)
    ]


def _withdrawn(ctx: Context) -> list[Draft]:
    why = ctx.dossier.withdrawn.why if ctx.dossier.withdrawn else ""
    detail = Text(
        fr=f"La convention avait été enregistrée par erreur ; ne tenez pas compte des messages reçus. {why}".strip(),
        en=f"The convention had been registered by mistake; please disregard the messages received. {why}".strip(),
    )
    return [
        draft(ctx, person, Content("ended", told=[Told(about="withdrawn", stage="now")], detail=detail), ctx.slot)
        for person in _known(ctx)
        if not ctx.told(person.address, "withdrawn")
    ]


def _known(ctx: Context) -> tuple[Recipient, ...]:
    """Return the people who were written to about this convention."""
    addressed = {m.address.casefold() for m in ctx.dossier.outbox}
    return tuple(p for p in people(ctx.s, ctx.s.convention.roles) if p.address.casefold() in addressed)


def _his(ctx: Context, person: Recipient, roles: tuple[str, ...]) -> bool:
    mine = {k for k, r in ctx.s.convention.roles.items() if r.address.casefold() == person.address.casefold()}
    ours = {ctx.s.convention.coordinator, ctx.s.convention.manager}
    return bool(mine & set(roles)) or bool(mine & ours)
