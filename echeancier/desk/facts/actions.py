"""What can be done at once about a thing to do: the form that records it, with all that is known filled in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from echeancier.desk.facts.forms import Form, form_for
from echeancier.desk.letters.view import posting_fields
from echeancier.desk.words import sayer
from echeancier.domain.agenda.items import Item, Question
from echeancier.domain.agenda.meetings import proposal
from echeancier.domain.attention.quiet import is_called_for
from echeancier.domain.facts.catalogue import settles_by
from echeancier.domain.letters.progress import LetterStage, Standing
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.todo import Sort, Todo
from echeancier.domain.running.mail_fault import OF_SETTINGS

_ANSWERS = {"reading": "reading", "date": "day", "months": "months", "amount": "amount", "text": "text"}
_USUAL_HOUR = "T10:00"


def actions(ctx: Context, todo: Todo, language: str, id: str, back: str) -> tuple[Form, ...]:  # noqa: A002 - HTML's word
    """Return the forms that settle a thing to do, the likeliest first; none when a page of its own is needed."""
    if todo.question is not None:
        return (answer(ctx, todo.question, language, id, back),)
    if todo.letter is not None:
        return _posting(ctx, todo.letter, language, id, back)
    if todo.message is not None:
        held = todo.message.fault in OF_SETTINGS  # no address is wrong
        return () if held else _new_address(ctx, todo.message.role, language, id, back)
    if todo.item is None or todo.item.kind == "notice":
        return ()
    said = where_it_stands(ctx, todo.item, language, id, back)
    if todo.sort is Sort.MEETING:
        return (*meeting(ctx, todo.item, language, id, back, late=todo.late), *said)
    confirmed = _confirmations(ctx, todo, language, id, back)
    return confirmed or (*on_item(ctx, todo.item, language, id, back), *said)


def on_item(ctx: Context, item: Item, language: str, id: str, back: str) -> tuple[Form, ...]:  # noqa: A002
    """Return the form that records a duty, a signature, a step of the act, or what follows the end."""
    say = sayer(language)
    today = _today(ctx, item)
    if item.kind == "signature":
        party = {"party": item.occurrence}
        return (
            form_for(
                ctx, "signed", language, id=id, fixed=party, only=("on", "note"),
                given=today, back=back, button=say("C’est signé", "Signed"),
            ),
            form_for(
                ctx, "signature-refused", language, id=f"{id}r", fixed=party, only=("on", "reason"),
                given=today, back=back, button=say("Elle refuse de signer", "It refuses to sign"),
            ),
        )  # fmt: skip
    if item.settled_by == "meeting-minutes":
        fixed = {"item": item.occurrence}
        return (
            form_for(
                ctx, "meeting-minutes", language, id=id, fixed=fixed, only=("on", "document"), given=today, back=back,
                button=say("Le compte rendu est établi", "The minutes are drawn up"),
            ),
        )  # fmt: skip
    if item.kind == "end" or item.settled_by == "renewal-decided":
        button = say("C’est décidé", "Decided")
        return (
            form_for(
                ctx, "renewal-decided", language, id=id, only=("on", "decision"), given=today, back=back, button=button
            ),
        )  # fmt: skip
    if not item.traits.has_form:
        return ()
    if item.settled_by and (field := settles_by(item.settled_by, item.occurrence)) in ("", "act"):
        button, named = say("C’est fait", "Done"), {field: item.occurrence} if field else {}
        return (
            form_for(
                ctx, item.settled_by, language, id=id, only=("on",), fixed=named, given=today, back=back, button=button
            ),
        )  # fmt: skip
    ours = ctx.dossier.convention.is_ours(item.owed_by)
    labels = {"on": say("Fait le", "Done on") if ours else say("Reçu ou fait le", "Received or done on")}
    only: tuple[str, ...] = ("on",)
    if item.legal_last_instant is not None:  # the hour decides: now, unless another one is given
        only, today = ("at",), {"at": ctx.now.astimezone(ctx.s.zone).isoformat(timespec="minutes")} if today else {}
        labels = {"at": labels["on"] + say(" (jour et heure)", " (day and hour)")}
    return (
        form_for(
            ctx, "done", language, id=id, fixed={"item": item.key}, only=only, given=today, back=back, labels=labels,
            button=say("C’est fait", "Done") if ours else say("C’est reçu", "Received"),
        ),
    )  # fmt: skip


def where_it_stands(ctx: Context, item: Item, language: str, id: str, back: str) -> tuple[Form, ...]:  # noqa: A002
    """Return the form that records what somebody says of an item without having done it; none when nobody is called for it."""
    if not is_called_for(ctx.s, item):
        return ()
    ground = {"of_day": item.ground.isoformat()} if item.ground is not None else {}
    role = next(iter(item.responsible), ctx.dossier.convention.coordinator)
    return (
        form_for(
            ctx, "acknowledged", language, id=f"{id}w", fixed={"item": item.key, **ground},
            only=("on", "role", "answer", "until", "note"), back=back,
            given={"on": ctx.s.today.isoformat(), "role": role, "answer": "seen"},
            button=sayer(language)("Pris en charge, remis, un problème", "Taken in charge, put off, a problem"),
        ),
    )  # fmt: skip


def meeting(ctx: Context, item: Item, language: str, id: str, back: str, *, late: bool) -> tuple[Form, ...]:  # noqa: A002
    """Return the forms of a meeting: fix or move its date, say that it took place."""
    say = sayer(language)
    fixed = {"item": item.key}
    passed = item.meeting_at is not None and item.meeting_at <= ctx.now
    held = form_for(
        ctx, "meeting-held", language, id=f"{id}h", fixed=fixed, only=("on",), back=back,
        given={"on": item.meeting_at.date().isoformat()} if passed and item.meeting_at else {},
        button=say("La réunion a eu lieu", "The meeting took place"), labels={"on": say("Réunion tenue le", "Meeting held on")},
    )  # fmt: skip
    if passed:
        not_held = form_for(
            ctx, "meeting-cancelled", language, id=f"{id}n", fixed=fixed, only=("on", "reason"), back=back,
            given={"on": ctx.s.today.isoformat()}, button=say("Elle n’a pas eu lieu", "It did not take place"),
            labels={"reason": say("Motif", "Reason")},
        )  # fmt: skip
        return held, not_held
    if late:
        return (held,)
    proposed = proposal(ctx.s, item) if item.meeting_at is None else item.meeting_at.date()
    start = item.meeting_at.strftime("T%H:%M") if item.meeting_at else _USUAL_HOUR
    arranged = form_for(
        ctx, "meeting-arranged", language, id=id, fixed=fixed, only=("starts_at", "place"), back=back,
        given={"starts_at": proposed.isoformat() + start} if proposed else {},
        button=say("Déplacer", "Move it") if item.meeting_at else say("Fixer cette date et inviter", "Fix this date and invite"),
    )  # fmt: skip
    return arranged, held


def answer(ctx: Context, question: Question, language: str, id: str, back: str) -> Form:  # noqa: A002
    """Return the form that answers a question, with the one field it expects."""
    say = sayer(language)
    form = form_for(
        ctx, "question-answered", language, id=id, fixed={"question": question.id}, back=back,
        given={"on": ctx.s.today.isoformat()}, only=("on", _ANSWERS[question.answer]),
        button=say("Répondre", "Answer"), labels={"on": say("Répondu le", "Answered on")},
    )  # fmt: skip
    readings = {one.id for one in question.readings}
    fields = tuple(
        replace(f, required=True, choices=tuple(c for c in f.choices if c.value in readings)) for f in form.fields
    )
    return replace(form, fields=fields)


def _confirmations(ctx: Context, todo: Todo, language: str, id: str, back: str) -> tuple[Form, ...]:  # noqa: A002
    """What guests are said to have answered, each to be recorded as his own word."""
    say = sayer(language)
    found = []
    for number, one in enumerate(todo.declared):
        assert todo.item is not None  # noqa: S101 - answers are to a meeting
        fixed = {"item": todo.item.key, "role": one.role, "answer": str(one.answer)}
        if one.proposed_at is not None:
            fixed["proposed_at"] = f"{one.proposed_at:%Y-%m-%dT%H:%M}"
        button = say(f"Confirmer la réponse de « {one.function} »", f"Confirm the answer of “{one.function}”")
        found.append(
            form_for(
                ctx, "invitation-answered", language, id=f"{id}{number}", fixed=fixed, only=("on", "note"),
                given={"on": ctx.s.today.isoformat()}, back=back, button=button,
            )
        )  # fmt: skip
    return tuple(found)


def _new_address(ctx: Context, role: str, language: str, id: str, back: str) -> tuple[Form, ...]:  # noqa: A002
    """A mail came back: where to write to that function from now on."""
    if role not in ctx.dossier.convention.roles:
        return ()
    button = sayer(language)("Changer son adresse", "Change the address")
    given = {"on": ctx.s.today.isoformat()}
    return (
        form_for(
            ctx, "role-changed", language, id=id, fixed={"role": role}, only=("on", "address"), given=given, back=back,
            button=button,
        ),
    )  # fmt: skip


def _posting(ctx: Context, one: Standing, language: str, id: str, back: str) -> tuple[Form, ...]:  # noqa: A002
    """A letter that was validated is to be posted; any other is to be read first, on its own page."""
    if one.stage is not LetterStage.VALIDATED:
        return ()
    kind, known = posting_fields(ctx, one)
    fixed = {name: known[name] for name in known["fixed"].split(",")}
    only = ("on",) if kind == "breach-step" else ("on", "form", "tracking")
    button = sayer(language)("La lettre est postée", "The letter is posted")
    return (form_for(ctx, kind, language, id=id, back=back, button=button, fixed=fixed, only=only),)


def _today(ctx: Context, item: Item) -> Mapping[str, str]:
    """Today is proposed while the day to act by is not over; afterwards the day must be thought of."""
    day: date | None = item.safe_day or item.legal_last_day
    return {"on": ctx.s.today.isoformat()} if day is None or day >= ctx.s.today else {}
