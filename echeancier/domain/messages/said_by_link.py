"""What people without an account said by a link: the coordinator reads it in his next message, never in one of its own."""

from collections.abc import Iterator
from dataclasses import replace

from echeancier.domain.agenda.meetings import ANSWER_WORDS
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.acknowledgement import Acknowledged, said_in_words
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Told
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.mail import InvitationAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.signing import Signed
from echeancier.domain.messages.acts import said_by
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.mail_kind import Draft
from echeancier.domain.model import Text
from echeancier.domain.standing.people import recipient

ABOUT = "said/"
"""How the name of what was said by a link begins."""


def with_what_links_said(ctx: Context, drafts: list[Draft]) -> list[Draft]:
    """Return the messages of an instant, one of the coordinator's saying what came by links since the last one.

    A refusal to sign, a date proposed and a problem are told at once by messages of their own.
    """
    to = recipient(ctx.s, ctx.s.convention.coordinator).address
    carrier = next((d for d in drafts if d.message.address == to and not d.mail.is_event), None)
    if carrier is None:
        return drafts
    found = list(_unheard(ctx.plus(d.message for d in drafts), to))
    if not found:
        return drafts
    told = (*carrier.message.told, *(Told(about=ABOUT + record.id, stage="heard") for record, _ in found))
    carrying = replace(
        carrier,
        order=carrier.order.model_copy(update={"heard": tuple(words for _, words in found)}),
        message=carrier.message.model_copy(update={"told": told}),
    )
    return [carrying if d is carrier else d for d in drafts]


def _unheard(ctx: Context, address: str) -> Iterator[tuple[Recorded, Text]]:
    for record in ctx.s.records:
        who = said_by(record.recorded_by)
        if who is None or ctx.told(address, ABOUT + record.id) or _listed(ctx, record, address):
            continue
        words = _words(ctx, record.fact, who)
        if words is not None:
            yield record, words


def _listed(ctx: Context, record: Recorded, address: str) -> bool:
    """Whether the coordinator got the list of all answers to that invitation since."""
    fact = record.fact
    return isinstance(fact, InvitationAnswered) and any(
        message.at >= record.recorded_at for _, message in ctx.told(address, f"answers/{fact.item}")
    )


def _words(ctx: Context, fact: Fact, who: str) -> Text | None:
    """One sentence: what, what was said of it, for which day, by whom, with what word."""
    if who == recipient(ctx.s, ctx.s.convention.coordinator).function:
        return None  # nobody is told what he said himself
    match fact:
        case DutyDone():
            item = ctx.items.get(fact.item)
            said = Text(
                fr=f"fait le {in_words(fact.on)}, selon la fonction « {who} »",
                en=f"done on {in_words(fact.on, 'en')}, says “{who}”",
            )
        case Signed():
            item = ctx.items.get(f"signature/{fact.party}")
            said = Text(
                fr=f"signé le {in_words(fact.on)}, selon la fonction « {who} »",
                en=f"signed on {in_words(fact.on, 'en')}, says “{who}”",
            )
        case Acknowledged() if fact.answer != "problem":
            item, where = ctx.items.get(fact.item), said_in_words(fact)
            said = Text(fr=f"{where.fr}, dit la fonction « {who} »", en=f"{where.en}, says “{who}”")
        case InvitationAnswered() if fact.answer != "counter":
            item, answer = ctx.items.get(fact.item), ANSWER_WORDS[fact.answer]
            said = Text(fr=f"la fonction « {who} » {answer.fr}", en=f"“{who}” {answer.en}")
        case _:
            return None
    if item is None:
        return None
    note_fr, note_en = (f" (« {fact.note} »)", f" (“{fact.note}”)") if fact.note else ("", "")
    return Text(fr=f"{item.title.fr} : {said.fr}{note_fr}", en=f"{item.title.en}: {said.en}{note_en}")
