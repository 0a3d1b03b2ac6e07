"""The paper went round for nothing: a refusal, or signatures not gathered in time. Whoever runs the convention hears it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from echeancier.domain.agenda.items import State
from echeancier.domain.agenda.signature import how_many, what_came_of_it
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.dossier import Told
from echeancier.domain.messages.compose import line
from echeancier.domain.messages.context import Context, telling
from echeancier.domain.messages.mail_kind import Content, MailKind, Planning
from echeancier.domain.messages.order import Reason
from echeancier.domain.model import Text
from echeancier.domain.standing.people import Recipient, people
from echeancier.domain.standing.when_mail_may_leave import morning

ABOUT = "unsigned/"
"""How the name of what is told begins."""


class Unsigned(MailKind):
    """The paper was refused, or not signed in time: what stops, what can be done. To whoever runs the convention."""

    kind = "unsigned"
    name = Text(fr="Signature arrêtée", en="Signature stopped")
    tells = (ABOUT,)
    alone = True
    only_names = True

    @classmethod
    def due(cls, now: Planning) -> Iterator[tuple[Recipient, Content]]:
        """Return one message to the coordinator and one to the manager, once for each circulation that came to nothing."""
        ctx, going = now.ctx, now.ctx.s.circulation
        if not going.has_stopped or going.stopped_on is None:
            return
        about = f"{ABOUT}{going.number}/{going.outcome}/{figures(going.stopped_on)}"
        came, signed = what_came_of_it(ctx.s), how_many(ctx.s)
        detail = Text(
            fr=f"{_capital(came.fr)}. {_capital(signed.fr)}.", en=f"{_capital(came.en)}. {_capital(signed.en)}."
        )
        reason: Reason = "signature-refused" if going.outcome == "refused" else "signature-expired"
        fallen = [i for i in ctx.agenda.items if i.kind == "signature" and i.state is State.CANCELLED]
        hearers = people(ctx.s, (ctx.s.convention.coordinator, ctx.s.convention.manager))
        others = [one.function for one in hearers]
        for person in hearers:
            if ctx.told(person.address, about):
                continue
            # What it says of the signatures needs no correction beside it.
            told = [Told(about=about, stage="now", day=going.stopped_on), *(telling(i, "gone") for i in fallen)]
            lines = [line(ctx.s, i, "gone", person.role) for i in fallen]
            yield person, Content(cls, lines, told=told, others=others, detail=detail, reason=reason)

    @classmethod
    def next_at(cls, ctx: Context) -> list[datetime]:
        """Return the morning after the last day to gather the signatures, while they are being gathered."""
        going = ctx.s.circulation
        if going.outcome != "going-round" or going.gather_by is None:
            return []
        at = morning(ctx.s, ctx.s.calendar.next_workable(going.gather_by + timedelta(days=1)))
        return [at] if at > ctx.now else []


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
