"""The hour of a fact in a form: whether it decides, until when, and which of the two of an autumn night is meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from echeancier.domain.agenda.item_row import item_row
from echeancier.domain.agenda.items import SETTLED
from echeancier.domain.dates.delays import local_instants
from echeancier.domain.dates.words import hour, hour_of_two, in_words
from echeancier.domain.facts.description import FieldHelp
from echeancier.domain.facts.refusal import one_instant, refusal
from echeancier.domain.messages.context import Context
from echeancier.domain.model import Text
from echeancier.domain.typography import said

_WHICH = ".which"
"""After the name of a field: which of the two instants was chosen."""


@dataclass(frozen=True)
class Hour:
    """What a form says of the field of an hour.

    Attributes:
        required: the hour decides, and what it is about is known.
        hint: until which hour, in words.
    """

    required: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Instant:
    """An instant as the field of a form has it.

    Attributes:
        value: the local hour, without offset.
        two: both instants, where the clocks of the place show that hour twice: the value, and the words.
        chosen: the value of one of them.
    """

    value: str
    two: tuple[tuple[str, str], ...] = ()
    chosen: str = ""


def hour_asked(ctx: Context, kind: str, named: Mapping[str, str], language: str) -> Hour:
    """Return what the field ``at`` of a fact says.

    Args:
        ctx: the convention.
        kind: of fact.
        named: what is known of the fact: its item, its event.
        language: of the words.
    """
    if kind == "done":
        return _of_a_duty(ctx, named.get("item", ""), language)
    if kind == "event":
        return _of_an_event(ctx, named.get("event", ""), language)
    return Hour()


def _of_a_duty(ctx: Context, key: str, language: str) -> Hour:
    item = ctx.agenda.item(key)
    if item is not None:
        if item.legal_last_instant is None:
            return Hour()
        last = item_row(ctx.s, item, language).last_in_a_sentence
        return Hour(True, said(Text(fr=f"Attendu au plus tard le {last}.", en=f"Expected by {last}."), language))
    return Hour(hint=" ".join(_those_in_hours(ctx, language)))


def _those_in_hours(ctx: Context, language: str) -> Iterator[str]:
    for item in ctx.agenda.items:
        if item.legal_last_instant is not None and item.state not in SETTLED:
            row = item_row(ctx.s, item, language)
            last = row.last_in_a_sentence
            words = Text(fr=f"« {row.title} » : au plus tard le {last}.", en=f"“{row.title}”: by {last}.")
            yield said(words, language)


def _of_an_event(ctx: Context, event: str, language: str) -> Hour:
    convention = ctx.dossier.convention
    duties = [d for d in convention.event_duty if d.in_hours and event in ("", d.event)]
    titles, titles_en = "», «".join(f" {d.title} " for d in duties), "”, “".join(d.title_en for d in duties)
    if duties:
        words = Text(
            fr=f"L’heure fait courir le délai de «{titles}».", en=f"The hour starts the delay of “{titles_en}”."
        )
        return Hour(bool(event), said(words, language))
    rule = convention.data_protection
    if rule is not None and event in ("", rule.breach) and convention.us in rule.controllers:
        words = Text(
            fr="L’heure fait courir les 72 heures de la CNIL ; sans elle, elles se comptent du début du jour.",
            en="The hour starts the seventy-two hours of the authority; without it they run from the start of the day.",
        )
        return Hour(hint=said(words, language))
    return Hour()


def as_typed(ctx: Context, name: str, given: Mapping[str, str], language: str) -> Instant:
    """Return an hour as the field of a form shows it; both instants where that hour exists twice."""
    value = given.get(name, "")
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return Instant(value)
    zone = ctx.s.calendar.time_zone
    local = read if read.tzinfo is None else read.astimezone(ctx.s.zone)
    wall = local.replace(tzinfo=None, fold=0)
    instants = local_instants(wall, zone)
    shown = wall.isoformat(timespec="seconds" if wall.second else "minutes")
    if len(instants) < 2:
        return Instant(shown)
    chosen = given.get(name + _WHICH, "") or (local.isoformat() if local.tzinfo is not None else "")
    return Instant(shown, tuple((one.isoformat(), hour_of_two(one, language)) for one in instants), chosen)


def as_meant(ctx: Context, field: FieldHelp, form: Mapping[str, str]) -> object:
    """Return an hour typed in a form, which is one of the place, as the door reads it; what is none, as it was typed.

    Raises:
        Refusal: the clocks of the place never show that hour, or show it twice and neither was chosen.
    """
    value = form[field.name].strip()
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return value
    if read.tzinfo is not None:
        return value
    instants = local_instants(read, ctx.s.calendar.time_zone)
    if len(instants) == 1:
        return value
    if not instants:
        return one_instant(read, ctx.s.calendar.time_zone)  # says so
    chosen = form.get(field.name + _WHICH, "")
    meant = next((one for one in instants if one.isoformat() == chosen), None)
    if meant is None:
        day = read.date()
        raise refusal(
            f"le {in_words(day)}, {hour(read)} existe deux fois : l’heure change cette nuit-là. Choisir laquelle des deux.",
            f"on {in_words(day, 'en')} {hour(read, 'en')} exists twice: clocks go back that night. Choose which of the two.",
        )
    return meant
