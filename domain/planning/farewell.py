"""The file closes: what was closed, destroyed and certified is told once to whoever ran it, with what survives."""

from domain.contacts import people
from domain.developments.shape import both, news
from domain.dossier import Told
from domain.items import Item, State
from domain.messages import NewsItem
from domain.model import Text
from domain.planning.closing import closing_day
from domain.planning.composing import Content, Draft, draft
from domain.planning.context import Context
from domain.words import in_words

ABOUT = "closed/"
_SHOWN = frozenset({"destruction", "access-closure", "certificate"})


def farewells(ctx: Context) -> list[Draft]:
    """Return the last message to those who run it, on the day the file closes; none where nothing is to be said."""
    day = closing_day(ctx)
    if not ctx.may_send or day is None or ctx.s.today < day or ctx.dossier.withdrawn is not None:
        return []
    kept = [item for item in ctx.agenda.items if item.kind in _SHOWN and item.done_on is not None]
    if not kept and not ctx.s.convention.survival:
        return []
    about = f"{ABOUT}{ctx.dossier.convention.reference}"
    news_items = [_kept(kept), *_left(ctx), *_survives(ctx)]
    readers = people(ctx.s, (ctx.s.convention.coordinator, ctx.s.convention.manager))
    return [
        draft(
            ctx,
            person,
            Content(
                "closed",
                told=[Told(about=about, stage="now")],
                news=news_items,
                others=[p.function for p in readers],
            ),
            ctx.slot,
        )
        for person in readers
        if not ctx.told(person.address, about)
        and any(m.address == person.address for m in ctx.dossier.outbox)
    ]


def _kept(items: list[Item]) -> NewsItem:
    return news(
        both("Ce qui a été fait", "What was done"),
        both(
            "Tout ce que la fin demandait est enregistré ; les attestations restent au dossier."
            if items
            else "La fin ne demandait ni destruction ni fermeture d’accès.",
            "All that the end asked for is recorded; the certificates stay on file."
            if items
            else "The end asked for neither destruction nor closing of accesses.",
        ),
        goes_on=tuple(_line(item) for item in items),
    )


def _line(item: Item) -> Text:
    assert item.done_on is not None  # noqa: S101 - the caller looked
    return both(
        f"{item.title.fr} : {in_words(item.done_on)}", f"{item.title.en}: {in_words(item.done_on, 'en')}"
    )


def _left(ctx: Context) -> list[NewsItem]:
    """What was asked for and never recorded: said, not hidden."""
    left = [
        i for i in ctx.agenda.items if i.kind in _SHOWN and i.state in (State.LATE, State.OPEN, State.WAITING)
    ]
    if not left:
        return []
    says = both("Ceci n’a jamais été enregistré comme fait.", "This was never recorded as done.")
    names = tuple(both(i.title.fr, i.title.en) for i in left)
    return [news(both("Ce qui manque", "What is missing"), says, stops=names)]


def _survives(ctx: Context) -> list[NewsItem]:
    return [
        news(
            both("Ce qui demeure", "What survives"),
            Text(fr=one.text, en=one.text_en),
            ctx.s.clause(one.clauses),
        )
        for one in ctx.s.convention.survival
    ]
