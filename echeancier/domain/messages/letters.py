"""Letters spoken of to the coordinator: a draft to read, a letter to post, one that changed, one that left unread."""

from dataclasses import replace
from datetime import UTC, datetime, time

from echeancier.domain.facts.dossier import Told
from echeancier.domain.facts.letter_fields import DAYS, without_options
from echeancier.domain.facts.letters import LetterValidated
from echeancier.domain.letters.content import LETTERS, LetterContent
from echeancier.domain.letters.due import next_call_at
from echeancier.domain.letters.progress import LetterStage, Standing
from echeancier.domain.messages.compose import draft
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.enclosures import Enclosure, packed
from echeancier.domain.messages.letter_news import LetterNews
from echeancier.domain.messages.mail_kind import Content, Draft, MailKind
from echeancier.domain.model import Text
from echeancier.domain.standing.people import recipient
from echeancier.domain.standing.when_mail_may_leave import morning

ABOUT = "letter/"
"""How the name of a letter told begins."""


class Letters(MailKind):
    """Letters for the coordinator, where no other message carries them: drafts to read, validated ones to post, changed ones."""

    kind = "letter"
    name = Text(fr="Lettre", en="Letter")
    tells = (ABOUT,)
    asks = True

    @classmethod
    def next_at(cls, ctx: Context) -> list[datetime]:
        """Return the instants at which a letter becomes called for by the mere passing of days."""
        at = [morning(ctx.s, ctx.s.calendar.next_workable(day)) for day in next_call_at(ctx.s)]
        return [one for one in at if one > ctx.now]


def with_letters(ctx: Context, drafts: list[Draft]) -> list[Draft]:
    """Return the messages of an instant with all news of letters in one of the coordinator's, or in one of their own.

    A draft goes with it as soon as its letter is called for, the final text as soon as a person has validated it.
    """
    if not ctx.may_send:
        return drafts
    to = recipient(ctx.s, ctx.s.convention.coordinator)
    found = [
        (one, *news) for one in ctx.letters if (news := _news(ctx, one)) and not _was_told(ctx, to.address, news[1])
    ]
    if not found:
        return drafts
    content = Content(
        Letters,
        told=[told for _, _, told in found],
        letters=[news for _, news, _ in found],
        enclosures=[enclosure_of(ctx, one, one.content) for one, _, _ in found if one.content is not None],
    )
    mine = draft(ctx, to, content, ctx.slot)
    carrier = next((d for d in drafts if d.mail.carries_letters and d.message.address == to.address), None)
    if carrier is None:
        return [*drafts, mine]
    return [_carrying(d, mine) if d is carrier else d for d in drafts]


def _carrying(carrier: Draft, mine: Draft) -> Draft:
    letters = {"letters": mine.order.letters, "enclosures": mine.order.enclosures}
    told = (*carrier.message.told, *mine.message.told)
    return replace(
        carrier,
        order=carrier.order.model_copy(update=letters),
        message=carrier.message.model_copy(update={"told": told}),
    )


def _news(ctx: Context, one: Standing) -> tuple[LetterNews, Told] | None:
    name = f"{ABOUT}{one.letter}/{one.about}"
    if one.posting is not None:
        return _left(ctx, one, f"{name}/{one.posting.id}")
    number = sum(x.posting is not None and (x.letter, x.about) == (one.letter, one.about) for x in ctx.letters)
    name = f"{name}/{number}" if number else name
    told = Told(about=name, stage="draft", day=one.by)
    state = "draft"
    if one.validated is not None:
        version = f"{one.validated.id}-{one.validated.version}"
        state = "validated" if one.stage is LetterStage.VALIDATED else "changed"
        told = Told(about=name, stage=f"{state}-{version}-{one.mark[:12]}", day=one.by)
    content = one.content
    return LetterNews(
        letter=one.letter, state=state, about=one.about, title=title_of(ctx, one),  # type: ignore[arg-type]
        recipient=", ".join(content.recipient[:2]) if content else "", missing=without_options(one.missing),
        changes=one.changes, by=one.by, optional=one.call is not None and one.call.optional,
        remarks=content.remarks if content else (),
        mark="" if one.missing else one.mark,
        proposed=tuple((name, day) for name in DAYS if (day := getattr(one.fields, name))),
    ), told  # fmt: skip


def _left(ctx: Context, one: Standing, name: str) -> tuple[LetterNews, Told] | None:
    """A letter posted unread is said once; one posted before the convention was registered here is not our affair."""
    posting = one.posting
    assert posting is not None  # noqa: S101 - the caller looked
    since = ctx.s.registered_on
    if not one.unvalidated or (since is not None and posting.on < since):
        return None
    news = LetterNews(
        letter=one.letter, state="unvalidated", about=one.about, title=title_of(ctx, one), posted=posting.on
    )
    return news, Told(about=name, stage="unvalidated", day=posting.on)


def _was_told(ctx: Context, address: str, told: Told) -> bool:
    known = ctx.told(address, told.about)
    if told.stage == "draft":  # once a letter was spoken of, only what happens to it is news
        return bool(known)
    return bool(known) and known[-1][0].stage == told.stage


def title_of(ctx: Context, one: Standing) -> Text:
    """Return what a letter is about, in words: its agenda item, its question, else the clause it relies on."""
    item = ctx.items.get(one.call.item if one.call and one.call.item else one.about)
    if item is not None:
        return item.title
    question = next((q for q in ctx.agenda.questions if f"question/{q.id}" == one.about), None)
    if question is not None:
        return question.about
    return LETTERS[one.letter].WORDS.name


def enclosure_of(ctx: Context, one: Standing, content: LetterContent) -> Enclosure:
    """Return a letter as it is printed now: final once validated, and then kept under the mark of its text.

    Args:
        ctx: the dossier at this instant.
        one: a letter that has not left.
        content: what it says.
    """
    name, reference = LETTERS[one.letter].WORDS.name, ctx.dossier.convention.reference
    fact = one.validated.fact if one.validated is not None else None
    if one.stage is LetterStage.VALIDATED and isinstance(fact, LetterValidated) and one.validated is not None:
        return Enclosure(
            kind="letter",
            filename=f"{reference}-{one.letter}-{one.mark[:8]}.pdf",
            says=Text(
                fr=f"{name.fr} (PDF), texte validé : à imprimer, signer et poster",
                en=f"{name.en} (PDF), validated",
            ),
            packed=packed(content),
            at=datetime.combine(fact.on, time(12), tzinfo=UTC),
            validated_by=one.validated.recorded_by,
            keep=kept_as(one),
        )
    return Enclosure(
        kind="letter",
        filename=f"{reference}-{one.letter}-projet.pdf",
        says=Text(fr=f"{name.fr} (PDF), projet à relire", en=f"{name.en} (PDF, in French), a draft to read"),
        packed=packed(content),
        at=ctx.slot.replace(microsecond=0),
    )


def kept_as(one: Standing) -> str:
    """Return the name under which the final text of a letter is kept, after the convention's reference."""
    mark = one.validated.fact.mark if one.validated and isinstance(one.validated.fact, LetterValidated) else one.mark
    return f"letters/{one.letter}-{mark[:32]}.pdf"
