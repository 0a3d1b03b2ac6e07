"""A form for any kind of fact, made from the table that the door itself reads."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from echeancier.desk.facts.choices import Choice, choices
from echeancier.desk.facts.labels import label_of, title_of, word_of
from echeancier.domain.messages.context import Context
from echeancier.domain.recording import KINDS, FieldHelp
from echeancier.domain.typography import said

INPUTS = {"day": "date", "moment": "datetime-local", "number": "number", "yes-no": "checkbox"}


@dataclass(frozen=True)
class Field:
    """One field as the page shows it.

    Attributes:
        input: of HTML: date, datetime-local, number, checkbox, select, textarea, text.
        choices: of a select, the value first.
        hint: what is good to know, under the field.
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


@dataclass(frozen=True)
class Form:
    """A form that records one fact.

    Attributes:
        id: makes the ids of its fields unique in a page.
        fixed: fields already known, sent without being shown.
        request: the same when the button is pressed twice: records once.
        back: where to return to.
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
    """
    known, typed, words = fixed or {}, given or {}, labels or {}
    fields = [
        _field(
            one,
            choices(ctx, kind, one, language),
            typed.get(one.name, ""),
            words.get(one.name) or label_of(one, language),
            said(one.hint, language) if one.hint else "",
        )
        for one in KINDS[kind].fields
        if one.name not in known and (not only or one.name in only)
    ]
    return Form(
        id=id,
        kind=kind,
        action=f"/conventions/{ctx.dossier.convention.reference}/enregistrer/{kind}",
        title=title_of(kind, language),
        button=button or said(word_of("record"), language),
        fields=tuple(fields),
        fixed=known,
        request=typed.get("request") or secrets.token_hex(16),
        back=back,
    )


def _field(field: FieldHelp, offered: tuple[Choice, ...], value: str, label: str, hint: str) -> Field:
    shape = INPUTS.get(field.sort, "text")
    if offered:
        shape = "select"
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
