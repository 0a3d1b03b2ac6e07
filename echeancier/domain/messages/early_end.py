"""The convention ends early, or was registered by mistake: everyone who was written to is told, once per date."""

from collections.abc import Iterable, Iterator
from datetime import date

from echeancier.domain.agenda.items import Item
from echeancier.domain.attention.reminder_stages import CHASED
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.facts.dossier import Told
from echeancier.domain.facts.event_words import event_quoted
from echeancier.domain.messages.compose import about_end, his_roles, line, told_at_present
from echeancier.domain.messages.context import Context, telling
from echeancier.domain.messages.mail_kind import Content, MailKind, Planning
from echeancier.domain.messages.offers import Offer, of_the_lines
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.model import Text
from echeancier.domain.standing.people import Recipient, people

_SOON = 31
"""Days before an early end at which the message that announces it is the last word on its day."""


class Ended(MailKind):
    """It ends early, goes on after all, or was registered by mistake: what falls, what remains. To all who were written to."""

    kind = "ended"
    name = Text(fr="Fin de la convention", en="End of the convention")
    tells = ("ended/", "going-on/")
    one_a_day = True
    carries_letters = True

    @classmethod
    def due(cls, now: Planning) -> Iterable[tuple[Recipient, Content]]:
        """Return what to tell of an early end, once per date, or of one that does not come after all."""
        if now.ctx.s.end_is_conditional:
            return ()
        return _ended(now.ctx) if now.ctx.s.ended_early else _going_on(now.ctx)

    @classmethod
    def when_withdrawn(cls, ctx: Context) -> Iterator[tuple[Recipient, Content]]:
        """Return what to tell of a convention registered by mistake, once."""
        why = ctx.dossier.withdrawn.why if ctx.dossier.withdrawn else ""
        detail = Text(
            fr=f"La convention avait été enregistrée par erreur ; ne tenez pas compte des messages reçus. {why}".strip(),
            en=f"The convention had been registered by mistake; please disregard the messages received. {why}".strip(),
        )
        for person in _people_written_to(ctx):
            if not ctx.told(person.address, "withdrawn"):
                told = [Told(about="withdrawn", stage="now")]
                yield person, Content(cls, told=told, detail=detail, reason="withdrawn")

    @classmethod
    def offers(cls, order: MessageOrder) -> tuple[Offer, ...]:
        """Return what may be said of the duties that remain."""
        return of_the_lines(order)


def _ended(ctx: Context) -> Iterator[tuple[Recipient, Content]]:
    about, end = about_end(ctx), ctx.agenda.ends_on
    assert end is not None  # noqa: S101 - it ends early
    detail = why_it_ends(ctx, end)
    remaining = [i for i in ctx.agenda.items if i.state in CHASED and _on_or_after(i, end)]
    known = _people_written_to(ctx)
    others = [p.function for p in known]
    for person in known:
        if _last_word(ctx, person) == about or not _was_written_to_before(ctx, person):
            continue
        his = his_roles(ctx, person)
        ours = {ctx.s.convention.coordinator, ctx.s.convention.manager}
        listed = [i for i in remaining if his & ({*i.responsible, *i.informed} | ours)]
        told = [Told(about=about, stage="now", day=end), *(_told_of_item(ctx, i, person) for i in listed)]
        lines = [line(ctx.s, i, "now", person.role) for i in listed]
        yield person, Content(Ended, lines, told=told, others=others, detail=detail, reason="ended")


def _told_of_item(ctx: Context, item: Item, person: Recipient) -> Told:
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
    if (of_right := ctx.s.ended_of_right) is not None:
        event = event_quoted(ctx.s.convention, of_right.rule.event)
        why_fr, why_en = f"de plein droit ({event.fr})", f"by itself ({event.en})"
    if ctx.s.is_denied:
        why_fr, why_en = "par dénonciation", "because its renewal was denied"
    if ctx.s.falls_with_its_parent:
        why_fr, why_en = (
            "avec la convention mère, à laquelle il a été mis fin",
            "with its parent convention, which was ended",
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


def _going_on(ctx: Context) -> Iterator[tuple[Recipient, Content]]:
    """The letter was withdrawn after people had been told of the end: they are told that it goes on."""
    end = ctx.agenda.end.day
    if end is None:
        return
    about = f"going-on/{figures(end)}"
    detail = Text(
        fr=f"La résiliation annoncée est sans effet : la convention continue jusqu’au {in_words(end)}.",
        en=f"The termination announced has no effect: the convention goes on until {in_words(end, 'en')}.",
    )
    if ctx.agenda.end.renews_itself:
        then = ctx.agenda.end.says
        assert then is not None  # noqa: S101 - it renews itself
        detail = Text(
            fr=f"La lettre annoncée est sans effet : la convention continue. {then.fr}.",
            en=f"The letter announced has no effect: the convention goes on. {then.en}.",
        )
    for person in _people_written_to(ctx):
        if _last_word(ctx, person).startswith("ended/"):
            told = [Told(about=about, stage="now", day=end)]
            yield person, Content(Ended, told=told, detail=detail, reason="goes-on")


def _was_written_to_before(ctx: Context, person: Recipient) -> bool:
    """Whether a message reached this person before the end was known: what came later already said it."""
    known = max((r.recorded_at for r in ctx.s.records if r.fact.MOVES_THE_END), default=ctx.now)
    return any(m.at < known for m in ctx.outbox.to(person.address))


def _last_word(ctx: Context, person: Recipient) -> str:
    """Return the last thing this person was told of the end: that it comes early, that it does not after all, or nothing."""
    said = [
        told.about
        for message in ctx.outbox.to(person.address)
        for told in message.told
        if told.about.startswith(Ended.tells)
    ]
    return said[-1] if said else ""


def _people_written_to(ctx: Context) -> tuple[Recipient, ...]:
    """Return the people who were written to about this convention."""
    return tuple(p for p in people(ctx.s, ctx.s.convention.roles) if ctx.outbox.to(p.address))
