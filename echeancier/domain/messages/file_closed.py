"""The file closes: told once to whoever ran it, with what was closed, destroyed and certified, and what survives, if anything."""

from collections.abc import Iterator
from datetime import date

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.survival import survives_until
from echeancier.domain.agenda.unrecorded import closes_without
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.facts.dossier import Told
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.messages.closing import closing_day
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.happened import both, news
from echeancier.domain.messages.mail_kind import Content, MailKind, Planning
from echeancier.domain.messages.order import NewsItem
from echeancier.domain.model import Text
from echeancier.domain.standing.people import Recipient, people
from echeancier.domain.terms.clauses import Survival

ABOUT = "closed/"
_ALL = both(
    "Tout ce que la fin demandait est enregistré ; les attestations restent au dossier.",
    "All that the end asked for is recorded; the certificates stay on file.",
)
_SOME = both(
    "Ceci est enregistré ; les attestations restent au dossier.",
    "This is recorded; the certificates stay on file.",
)
_NOTHING = both("Rien de ce que la fin demandait n’est enregistré.", "Nothing that the end asked for is recorded.")


class Closed(MailKind):
    """The file closes: what was closed, destroyed and certified, and what survives. Once, to those who ran it."""

    kind = "closed"
    name = Text(fr="Dossier clos", en="File closed")
    tells = (ABOUT,)
    may_wait = True

    @classmethod
    def due(cls, now: Planning) -> Iterator[tuple[Recipient, Content]]:
        """Return the last message, on the day the file closes: no file closes in silence, even one with nothing to tell.

        An annex that ended with its parent, and has nothing of its own to tell, is named by the closing of its parent.
        """
        ctx = now.ctx
        day = closing_day(ctx)
        if day is None or ctx.s.today < day:
            return
        kept = [item for item in ctx.agenda.items if item.traits.told_at_closing and item.done_on is not None]
        left = _left(ctx)
        if not kept and not left and not ctx.s.convention.survival and _closes_with_its_parent(ctx):
            return
        about = f"{ABOUT}{ctx.dossier.convention.reference}"
        news_items = [_kept(kept, complete=not left), *left, *_annexes(ctx), *_survives(ctx)]
        readers = people(ctx.s, (ctx.s.convention.coordinator, ctx.s.convention.manager))
        others = [one.function for one in readers]
        for person in readers:
            if not ctx.told(person.address, about):
                yield person, Content(cls, told=[Told(about=about, stage="now")], news=news_items, others=others)


def _closes_with_its_parent(ctx: Context) -> bool:
    """Whether its parent, which knows it, ends on the same day: then its closing names it."""
    told = ctx.s.last(ParentEnds)
    return ctx.dossier.known_to_parent and told is not None and told.on == ctx.agenda.ends_on


def _annexes(ctx: Context) -> list[NewsItem]:
    """The annexes that follow it, named once for all: each that has something of its own to tell says so itself."""
    if not ctx.dossier.annexes:
        return []
    says = both(
        "Celles qui s’achèvent le même jour, où rien ne reste à faire, sont closes avec elle.",
        "Those that end on the same day, where nothing is left to do, are closed with it.",
    )
    return [
        news(both("Ses annexes", "Its annexes"), says, goes_on=tuple(both(name, name) for name in ctx.dossier.annexes))
    ]


def _kept(items: list[Item], *, complete: bool) -> NewsItem:
    return news(
        both("Ce qui a été fait", "What was done"),
        both(
            (_ALL.fr if complete else _SOME.fr)
            if items
            else _NOTHING.fr
            if not complete
            else "La fin ne demandait ni destruction ni fermeture d’accès.",
            (_ALL.en if complete else _SOME.en)
            if items
            else _NOTHING.en
            if not complete
            else "The end asked for neither destruction nor closing of accesses.",
        ),
        goes_on=tuple(_line(item) for item in items),
    )


def _line(item: Item) -> Text:
    assert item.done_on is not None  # noqa: S101 - the caller looked
    return both(f"{item.title.fr} : {in_words(item.done_on)}", f"{item.title.en}: {in_words(item.done_on, 'en')}")


def _left(ctx: Context) -> list[NewsItem]:
    """What was asked for and never recorded: said, not hidden."""
    left = [
        i
        for i in ctx.agenda.items
        if (i.traits.told_at_closing and i.state in (State.LATE, State.OPEN, State.WAITING)) or closes_without(ctx.s, i)
    ]
    if not left:
        return []
    says = both("Ceci n’a jamais été enregistré comme fait.", "This was never recorded as done.")
    names = tuple(both(i.title.fr, i.title.en) for i in left)
    return [news(both("Ce qui manque", "What is missing"), says, stops=names)]


def _lasting(one: Survival, last: date | None) -> Text:
    if last is None:
        return Text(fr=one.text, en=one.text_en)
    fr, en = one.text.rstrip("."), one.text_en.rstrip(".")
    return both(f"{fr}, jusqu’au {figures(last)} compris.", f"{en}, until {last} included.")


def _survives(ctx: Context) -> list[NewsItem]:
    return [
        news(
            both("Ce qui demeure", "What survives"),
            _lasting(one, survives_until(ctx.s, one)),
            ctx.s.clause(one.clauses),
        )
        for one in ctx.s.convention.survival
    ]
