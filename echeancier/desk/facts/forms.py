"""A form for any kind of fact, made from the table that the door itself reads."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from echeancier.desk.facts.choices import Choice, choices
from echeancier.desk.facts.hours import Hour, as_typed, hour_asked
from echeancier.desk.facts.labels import label_of, title_of_kind, word_of
from echeancier.domain.facts.catalogue import MODELS
from echeancier.domain.messages.context import Context
from echeancier.domain.recording import KINDS, FieldHelp
from echeancier.domain.standing.deliberations import OF_AN_ACT
from echeancier.domain.terms.convention import Convention
from echeancier.domain.typography import said

INPUTS = {"day": "date", "moment": "datetime-local", "number": "number", "yes-no": "checkbox"}


@dataclass(frozen=True)
class Field:
    """One field as the page shows it.

    Attributes:
        input: of HTML: date, datetime-local, number, checkbox, select, textarea, text; ``ticks``: a box for each choice.
        choices: of a select, the value first.
        hint: what is good to know, under the field.
        two: both instants of an hour that the clocks show twice, one of which is to be chosen; ``chosen``, once it is.
    """

    name: str
    label: str
    input: str
    required: bool
    value: str = ""
    choices: tuple[Choice, ...] = ()
    least: str = ""
    most: str = ""
    hint: str = ""
    two: tuple[Choice, ...] = ()
    chosen: str = ""


@dataclass(frozen=True)
class Form:
    """A form that records one fact.

    Attributes:
        id: makes the ids of its fields unique in a page.
        fixed: fields already known, sent without being shown.
        request: the same when the button is pressed twice: records once.
        back: where to return to.
        of: the terms of the convention.
        acts: the ids of the deliberations it may be about: others that cite one of them record it too.
    """

    id: str
    kind: str
    action: str
    title: str
    button: str
    fields: tuple[Field, ...]
    fixed: Mapping[str, str]
    request: str
    back: str
    of: Convention | None = None
    acts: tuple[str, ...] = ()


def form_for(
    ctx: Context,
    kind: str,
    language: str,
    *,
    id: str = "f",  # noqa: A002 - the word of HTML
    fixed: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    only: tuple[str, ...] = (),
    back: str = "",
    button: str = "",
    labels: Mapping[str, str] | None = None,
    several: bool = False,
) -> Form:
    """Return the form of a kind of fact.

    Args:
        ctx: the convention, for what there is to choose from.
        kind: of `domain.recording.KINDS`.
        language: of the labels.
        id: unique in its page.
        fixed: fields already known; hidden.
        given: values to show, as typed before or proposed.
        only: the fields to show, all those left by default.
        back: the local page to return to.
        button: its words, those of the kind by default.
        labels: words for some fields in place of the usual ones.
        several: more than one may be ticked, where its kind may be told of several.
    """
    known, typed, words = fixed or {}, given or {}, labels or {}
    found = [
        _field(
            one,
            choices(ctx, kind, one, language),
            typed.get(one.name, ""),
            words.get(one.name) or label_of(one, language),
            said(one.hint, language) if one.hint else "",
            several=several and one.name == MODELS[kind].TOLD_OF_SEVERAL and one.name == MODELS[kind].SETTLES_BY,
        )
        for one in KINDS[kind].fields
        if one.name not in known and not one.of_file and (not only or one.name in only)
    ]
    fields = [_with_its_hour(ctx, kind, one, {**typed, **known}, language) for one in found]
    return Form(
        id=id,
        kind=kind,
        action=f"/conventions/{ctx.dossier.convention.reference}/enregistrer/{kind}",
        title=title_of_kind(kind, language),
        button=button or said(word_of("record"), language),
        fields=tuple(fields),
        fixed=known,
        request=typed.get("request") or secrets.token_hex(16),
        back=back,
        of=ctx.dossier.convention,
        acts=_acts(ctx, kind, known.get("act") or typed.get("act") or None),
    )


def _with_its_hour(ctx: Context, kind: str, field: Field, given: Mapping[str, str], language: str) -> Field:
    if field.input != "datetime-local":
        return field
    asked = hour_asked(ctx, kind, given, language) if field.name == "at" else Hour()
    shown = as_typed(ctx, field.name, given, language)
    return replace(
        field,
        required=field.required or asked.required,
        hint=" ".join(words for words in (asked.hint, field.hint) if words),
        value=shown.value,
        two=tuple(Choice(*one) for one in shown.two),
        chosen=shown.chosen,
    )


def _acts(ctx: Context, kind: str, named: str | None) -> tuple[str, ...]:
    if not issubclass(MODELS[kind], OF_AN_ACT):
        return ()
    return tuple(act.id for act in ctx.dossier.convention.act if act.id is not None and named in (None, act.id))


def _field(field: FieldHelp, offered: tuple[Choice, ...], value: str, label: str, hint: str, *, several: bool) -> Field:
    shape = INPUTS.get(field.sort, "text")
    if offered:
        shape = "ticks" if several else "select"
    elif field.sort == "piece" or (field.sort == "text" and field.name in ("note", "text", "reasons")):
        shape = "textarea"
    return Field(
        name=field.name,
        label=label,
        input=shape,
        required=field.required,
        value=value,
        choices=offered,
        least="" if field.least is None else str(field.least),
        most="" if field.most is None else str(field.most),
        hint=hint,
    )
