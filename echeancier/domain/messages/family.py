"""What a convention tells its relatives: an annex makes itself known to its parent, a parent tells what became of it."""

from echeancier.domain.facts.parent import ParentEnds, ParentSigned
from echeancier.domain.messages.context import Context
from echeancier.domain.model import Frozen


class News(Frozen):
    """One thing a parent tells one annex.

    Attributes:
        about: what it says, remembered to tell it once: `signed …` or `ends …`; a later one replaces the former.
        request: the same for the same news, so that the annex keeps it once.
    """

    annex: str
    about: str
    request: str
    fact: ParentSigned | ParentEnds


def greeting(ctx: Context) -> str | None:
    """Return the reference of the parent to make oneself known to, None when there is none or it is done."""
    parent = ctx.dossier.convention.parent
    if parent is None or parent.reference is None or ctx.dossier.known_to_parent or ctx.dossier.withdrawn is not None:
        return None
    return parent.reference


def news(ctx: Context) -> tuple[News, ...]:
    """Return what each annex was not told yet: that we were signed by all, and our last day in force as now known.

    Each annex then applies its own clause; we decide nothing for it. A day that comes back (a notice withdrawn) is
    news again, hence the count in the request. The end first: an annex that our signature makes operational then lists
    in its first message all that is to come.
    """
    found = []
    for annex in ctx.dossier.annexes:
        told = ctx.dossier.told_annexes.get(annex, [])
        knows_an_end = any(mark.startswith("ends") for mark in told)
        for about, fact in (("ends", _ends(ctx, known=knows_an_end)), ("signed", _signed(ctx))):
            if fact is None:
                continue
            mark = f"{about} {fact.model_dump_json()}"
            former = [t for t in told if t.startswith(about)]
            if former[-1:] != [mark]:
                request = f"parent {ctx.dossier.convention.reference} {len(former)} {mark}"
                found.append(News(annex=annex, about=mark, request=request, fact=fact))
    return tuple(found)


def _signed(ctx: Context) -> ParentSigned | None:
    day = ctx.s.last_signature
    return None if day is None else ParentSigned(on=day)


def _ends(ctx: Context, *, known: bool) -> ParentEnds | None:
    """Return the end to tell an annex; of a term that renews itself, the last one of all.

    Where no last one is known, nothing; but to an annex that was told an end (a letter withdrawn since), the day until
    which it binds: what it was told no longer holds.
    """
    s = ctx.s
    day = s.ends_on or (s.natural_end if s.is_tacit else None) or (s.bound_until if known else None)
    if day is None:
        return None
    return ParentEnds(on=day, why="terminated" if s.ended_early else "extended" if day in s.amended_ends else "term")
