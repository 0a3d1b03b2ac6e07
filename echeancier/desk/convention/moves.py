"""What corrected terms would move: two agendas of the same dossier side by side; no date is computed here."""

from dataclasses import dataclass

from echeancier.desk.words import sayer
from echeancier.domain.agenda.item_row import ItemRow, item_row
from echeancier.domain.messages.context import Context
from echeancier.domain.terms.convention import Convention


@dataclass(frozen=True)
class MovedDeadline:
    """One deadline that changes: its safe day and its last day, before and after, in words."""

    title: str
    before: str
    after: str


def moves(ctx: Context, convention: Convention, language: str) -> tuple[MovedDeadline, ...]:
    """Return the deadlines that other terms would add, take away or move, in the order of the agenda.

    Args:
        ctx: the dossier as it stands.
        convention: the corrected terms.
        language: of the words.
    """
    corrected = Context(ctx.dossier.model_copy(update={"convention": convention}), ctx.now, ctx.policy)
    old, new = ({i.key: item_row(c.s, i, language) for i in c.agenda.items} for c in (ctx, corrected))
    found = []
    for key in dict.fromkeys([*new, *old]):
        before, after = _days(old.get(key), language), _days(new.get(key), language)
        if before != after:
            found.append(MovedDeadline((new.get(key) or old[key]).title, before, after))
    return tuple(found)


def _days(row: ItemRow | None, language: str) -> str:
    say = sayer(language)
    if row is None:
        return say("n’y est pas", "not there")
    safe, last = row.safe or "–", row.last or "–"
    return say(f"jour prudent {safe}, dernier jour {last}", f"safe day {safe}, last day {last}")
