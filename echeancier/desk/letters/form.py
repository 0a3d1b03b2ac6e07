"""The form of a letter: what neither the convention nor its facts can know."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from echeancier.desk.facts.choices import Choice
from echeancier.desk.facts.forms import Field
from echeancier.domain.facts.letter_fields import ADDED, LetterFields
from echeancier.domain.facts.letters import LetterValidated, added_to
from echeancier.domain.letters.content import LETTERS
from echeancier.domain.letters.progress import Standing
from echeancier.domain.messages.context import Context
from echeancier.domain.recording import parse_fact
from echeancier.domain.typography import said


@dataclass(frozen=True)
class LetterForm:
    """The form of one letter.

    Attributes:
        own: the fields that this letter needs; ``others`` those that every letter has.
        fixed: what was typed, sent with the validation without being shown.
        request: the same when the button is pressed twice: validates once.
    """

    id: str
    action: str
    own: tuple[Field, ...]
    others: tuple[Field, ...]
    fixed: Mapping[str, str]
    request: str


def form_of(ctx: Context, one: Standing, language: str) -> LetterForm:
    """Return the form of a letter, with what was said already."""
    known = {name: str(value) for name, value in added_to(one.fields).items()}
    return LetterForm(
        id="l",
        action=f"/conventions/{ctx.agenda.reference}/lettres/{one.letter}",
        own=tuple(_field(ctx, name, known, language) for name in LETTERS[one.letter].ASKS),
        others=tuple(_field(ctx, name, known, language) for name, field in ADDED.items() if field.every),
        fixed={"about": one.about, **known},
        request=secrets.token_hex(16),
    )


def added(form: Mapping[str, str]) -> LetterFields:
    """Return what was typed, as a letter takes it.

    Raises:
        Refusal: a day that is no day.
    """
    typed = {name: value for name in ADDED if (value := form.get(name, "").strip())}
    fact = parse_fact(
        {
            "kind": "letter-validated",
            "on": "2000-01-01",
            "letter": "request",
            "about": "-",
            "mark": "-",
            **typed,
        }
    )
    if not isinstance(fact, LetterValidated):
        raise TypeError
    return fact.fields


def _field(ctx: Context, name: str, known: Mapping[str, str], language: str) -> Field:
    asked = ADDED[name]
    shape = {"day": "date", "line": "text", "paragraphs": "textarea"}[asked.sort]
    choices = tuple(_addressees(ctx, language)) if name == "to" else ()
    return Field(
        name=name, label=said(asked.asked, language), input="select" if choices else shape, required=False,
        value=known.get(name, ""), choices=choices,
    )  # fmt: skip


def _addressees(ctx: Context, language: str) -> Iterator[Choice]:
    """Whoever of the other side has an address: the roles, then the parties."""
    convention = ctx.dossier.convention
    for key, role in convention.roles.items():
        if role.party != convention.us and (role.postal or convention.parties[role.party].postal):
            yield Choice(key, said(role.function, language))
    for key, party in convention.parties.items():
        if key != convention.us and party.postal:
            yield Choice(key, said(party.name_on(ctx.s.today), language))
