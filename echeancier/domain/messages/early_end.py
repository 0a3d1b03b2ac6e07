"""The convention ends early, or was registered by mistake: everyone who was written to is told, once per date."""

from datetime import date

from echeancier.domain.agenda.items import Item
from echeancier.domain.agenda.stages import CHASED
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.facts.dossier import Told
from echeancier.domain.messages.compose import Content, Draft, about_end, draft, his_roles, line, told_at_present
from echeancier.domain.messages.context import Context, telling
from echeancier.domain.model import Text
from echeancier.domain.standing.people import Recipient, people

_SOON = 31
"""Days before an early end at which the message that announces it is the last word on its day."""


def endings(ctx: Context) -> list[Draft]:
    """Return what to tell of an early end or of a withdrawal."""
    if not ctx.may_send:
        return []
    if ctx.dossier.withdrawn is not None:
        return _withdrawn(ctx)
    if ctx.s.end_is_conditional:
        return []
    return _ended(ctx) if ctx.s.ended_early else _going_on(ctx)


def _ended(ctx: Context) -> list[Draft]:
    about, end = about_end(ctx), ctx.agenda.ends_on
    assert end is not None  # noqa: S101 - it ends early
    detail = why_it_ends(ctx, end)
    remaining = [i for i in ctx.agenda.items if i.state in CHASED and _on_or_after(i, end)]
    drafts = []
    known = _known(ctx)
    others = [p.function for p in known]
    for person in known:
        if _last_word(ctx, person) == about or not _was_written_to_before(ctx, person):
            continue
        his = his_roles(ctx, person)
        ours = {ctx.s.convention.coordinator, ctx.s.convention.manager}
        listed = [i for i in remaining if his & ({*i.responsible, *i.informed} | ours)]
        told = [Told(about=about, stage="now", day=end), *(_said(ctx, i, person) for i in listed)]
        lines = [line(ctx.s, i, "now", person.role) for i in listed]
        content = Content("ended", lines, told=told, others=others, detail=detail, reason="ended")
        drafts.append(draft(ctx, person, content, ctx.slot))
    return drafts


def _said(ctx: Context, item: Item, person: Recipient) -> Told:
    """What this message says of an item: of an end within the month, all there is to say; no other mail follows about it."""
    day = item.legal_last_day
    if item.kind == "end" and day is not None and (day - ctx.s.today).days <= _SOON:
        return telling(item, "last-call")
    return told_at_present(ctx, item, person)


def why_it_ends(ctx: Context, end: date) -> Text:
    """Return why it ends early, and between which days where the readings differ."""
    why_fr, why_en = "par résiliation", "by termination"
    if ctx.s.ends_by_breach is not None:
        why_fr, why_en = "à la suite d’un manquement", "because of a breach"
    if ctx.s.falls_with_its_parent:
        why_fr, why_en = (
            "avec la convention mère, résiliée",
            "with its parent convention, which was terminated",
        )
    fr = f"La convention prend fin {why_fr} : dernier jour en vigueur le {in_words(end)}."
    en = f"The convention ends {why_en}: its last day in force is {in_words(end, 'en')}."
    item = ctx.items.get("end")
    if item is not None and (between := item.effect_range) is not None:
        fr += f" Selon la lecture du texte, cette fin peut tomber entre le {in_words(between.earliest)} et le "
        fr += f"{in_words(between.latest)} ; le jour donné est le plus prudent pour nous."
        en += f" Depending on how the text is read it may fall between {in_words(between.earliest, 'en')} and "
        en += f"{in_words(between.latest, 'en')}; the day given is the prudent one for us."
    return Text(fr=fr, en=en)


def _on_or_after(item: Item, end: date) -> bool:
    day = item.legal_last_day or item.safe_day
    return day is not None and day >= end


def _going_on(ctx: Context) -> list[Draft]:
    """The letter was withdrawn after people had been told of the end: they are told that it goes on."""
    end = ctx.agenda.ends_on
    if end is None:
        return []
    about = f"going-on/{figures(end)}"
    detail = Text(
        fr=f"La résiliation annoncée est sans effet : la convention continue jusqu’au {in_words(end)}.",
        en=f"The termination announced has no effect: the convention goes on until {in_words(end, 'en')}.",
    )
    return [
        draft(
            ctx,
            person,
            Content("ended", told=[Told(about=about, stage="now", day=end)], detail=detail, reason="goes-on"),
            ctx.slot,
        )
        for person in _known(ctx)
        if _last_word(ctx, person).startswith("ended/")
    ]


def _was_written_to_before(ctx: Context, person: Recipient) -> bool:
    """Whether a message reached this person before the end was known: what came later already said it."""
    known = max((r.recorded_at for r in ctx.s.records if r.fact.MOVES_THE_END), default=ctx.now)
    address = person.address.casefold()
    return any(m.at < known for m in ctx.dossier.outbox if m.address.casefold() == address)


def _last_word(ctx: Context, person: Recipient) -> str:
    """Return the last thing this person was told of the end: that it comes early, that it does not after all, or nothing."""
    said = [
        told.about
        for message in ctx.dossier.outbox
        if message.address.casefold() == person.address.casefold()
        for told in message.told
        if told.about.startswith(("ended/", "going-on/"))
    ]
    return said[-1] if said else ""


def _withdrawn(ctx: Context) -> list[Draft]:
    why = ctx.dossier.withdrawn.why if ctx.dossier.withdrawn else ""
    detail = Text(
        fr=f"La convention avait été enregistrée par erreur ; ne tenez pas compte des messages reçus. {why}".strip(),
        en=f"The convention had been registered by mistake; please disregard the messages received. {why}".strip(),
    )
    return [
        draft(
            ctx,
            person,
            Content("ended", told=[Told(about="withdrawn", stage="now")], detail=detail, reason="withdrawn"),
            ctx.slot,
        )
        for person in _known(ctx)
        if not ctx.told(person.address, "withdrawn")
    ]


def _known(ctx: Context) -> tuple[Recipient, ...]:
    """Return the people who were written to about this convention."""
    addressed = {m.address.casefold() for m in ctx.dossier.outbox}
    return tuple(p for p in people(ctx.s, ctx.s.convention.roles) if p.address.casefold() in addressed)
