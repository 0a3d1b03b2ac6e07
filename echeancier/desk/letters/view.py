"""Letters in words: where each stands, with the days that prove it, and what can be done about it."""

from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import quote, urlencode

from echeancier.desk.facts.choices import Choice
from echeancier.desk.words import sayer
from echeancier.domain.dates.words import shown
from echeancier.domain.facts.letter_fields import LetterKind, without_options
from echeancier.domain.facts.letters import LetterValidated
from echeancier.domain.letters.content import KINDS, LETTERS
from echeancier.domain.letters.progress import STAGES, LetterStage, Standing
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.letters import title_of
from echeancier.domain.model import Text
from echeancier.domain.overview.journal import function_of
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.posted_letters import OF_A_BREACH
from echeancier.domain.typography import said

_STEPS = {letter: step for step, letter in OF_A_BREACH.items()}


@dataclass(frozen=True)
class LetterRow:
    """One letter, as the page of its convention shows it.

    Attributes:
        proofs: what happened to it, as (what, day or number).
        level: ``late``, ``soon`` or nothing: the colour that goes with the words.
        next_steps: what can be recorded of it now, as (words, address).
        pdf: where its text can be opened; empty for one that left before it could be kept.
    """

    one: Standing
    name: str
    title: str
    stage: str
    level: str
    by: str
    page: str
    pdf: str
    proofs: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]
    missing: str
    warning: str
    next_steps: tuple[tuple[str, str], ...]


_LATEST = 30


def subjects(ctx: Context, kind: str, language: str) -> tuple[Choice, ...]:
    """Return what a letter of a kind can be about now, the likeliest first."""
    found = islice(LETTERS[kind].subjects(ctx.s, ctx.agenda), _LATEST)
    return tuple(Choice(one.about, " · ".join(_shown(part, language) for part in one.says)) for one in found)


def _shown(part: Text | str | date | None, language: str) -> str:
    return said(part, language) if isinstance(part, Text | str) else shown(part, language)


def offered(ctx: Context, language: str) -> tuple[LetterKind, ...]:
    """Return the letters that this convention has something to write about."""
    return tuple(kind for kind in KINDS if subjects(ctx, kind, language))


def letter_rows(ctx: Context, language: str) -> tuple[LetterRow, ...]:
    """Return every letter that the dossier calls for or has seen, what waits first."""
    return tuple(letter_row(ctx, one, language) for one in ctx.letters)


def letter_row(ctx: Context, one: Standing, language: str) -> LetterRow:
    """Return one letter in words."""
    name = said(LETTERS[one.letter].WORDS.name, language)
    say = sayer(language)
    warning = ""
    if one.unvalidated:
        warning = say(
            "Partie sans avoir été validée ici : garder la copie de ce qui a été posté.",
            "It left without having been validated here: keep a copy of what was posted.",
        )
    return LetterRow(
        one=one,
        name=name[:1].upper() + name[1:],
        title=said(title_of(ctx, one), language),
        stage=said(STAGES[one.stage], language),
        level=_level(ctx, one),
        by=shown(one.by, language, ""),
        page=page_of(ctx, one.letter, one.about, one.to),
        pdf=page_of(ctx, one.letter, one.about, one.to, "/lettre.pdf") if one.content or one.validated else "",
        proofs=tuple(_proofs(ctx, one, language)),
        changes=tuple(said(change, language) for change in one.changes),
        missing=said(without_options(one.missing, language), "fr") if one.missing else "",
        warning=warning,
        next_steps=tuple(_next(ctx, one, language)),
    )


def page_of(ctx: Context, letter: str, about: str, to: str = "", tail: str = "") -> str:
    """Return the address of a letter's page; what people write stands in no address."""
    asked = {"about": about, **({"to": to} if to else {})}
    return f"/conventions/{quote(ctx.agenda.reference, safe='')}/lettres/{letter}{tail}?{urlencode(asked)}"


def _level(ctx: Context, one: Standing) -> str:
    if (
        not one.waits
        or one.by is None
        or (one.call is not None and one.call.optional and one.stage is not LetterStage.VALIDATED)
    ):
        return ""
    far = (one.by - ctx.s.today).days
    return "late" if far < 0 else "soon" if far <= 7 else ""


def _proofs(ctx: Context, one: Standing, language: str) -> list[tuple[str, str]]:
    say = sayer(language)
    found = []
    if one.validated is not None and isinstance(one.validated.fact, LetterValidated):
        by = function_of(ctx.dossier, one.validated.recorded_by)
        day = shown(one.validated.fact.on, language)
        found.append((say("validée", "validated"), say(f"{day}, par {by}", f"{day}, by {by}")))
    posting = one.posting
    if posting is None:
        return found
    days = [
        (say("postée", "posted"), posting.on),
        (say("présentée", "presented"), posting.presented_on),
        (say("remise", "delivered"), posting.delivered_on),
        (said(STAGES[one.stage], language), posting.returned_on),
    ]
    found += [(words, shown(day, language)) for words, day in days if day is not None]
    if posting.tracking:
        found.append((say("suivi", "tracking"), posting.tracking))
    return found


def _next(ctx: Context, one: Standing, language: str) -> list[tuple[str, str]]:
    say = sayer(language)
    record = f"/conventions/{quote(ctx.agenda.reference, safe='')}/enregistrer"
    if one.waits:
        kind, fields = posting_fields(ctx, one)
        return [(say("Elle est postée", "It is posted"), f"{record}/{kind}?{urlencode(fields)}")]
    posting = one.posting
    if posting is None or (posting.letter in _STEPS and one.letter != "formal-notice"):
        return []
    steps = []
    about = {"letter": posting.id}
    if posting.presented_on is None and one.stage is LetterStage.POSTED:
        steps.append((say("Présentée", "Presented"), f"{record}/letter-presented?{urlencode(about)}"))
    if one.stage in (LetterStage.POSTED, LetterStage.PRESENTED):
        steps.append((say("Remise", "Delivered"), f"{record}/letter-delivered?{urlencode(about)}"))
        steps.append((say("Revenue", "Returned"), f"{record}/letter-returned?{urlencode(about)}"))
    if LETTERS[one.letter].ENDS:
        words = say("Retirée d’un commun accord", "Withdrawn by agreement")
        steps.append((words, f"{record}/notice-withdrawn?{urlencode(about)}"))
    return steps


def posting_fields(ctx: Context, one: Standing) -> tuple[str, dict[str, str]]:
    """Return the fact that records the posting of a letter, and what is known of it already."""
    us = ctx.dossier.convention.us
    breach = series_of(one.about)
    if one.letter in _STEPS and breach in {b.id for b in ctx.dossier.convention.breach}:
        return "breach-step", {"breach": breach, "step": _STEPS[one.letter], "fixed": "breach,step"}
    fields = {"by": us, "letter": one.letter, "fixed": "by,letter"}
    if LETTERS[one.letter].ENDS:
        return "letter-posted", {**fields, "rule": one.about, "fixed": "by,letter,rule"}
    return "letter-posted", {**fields, "about": one.about, "fixed": "by,letter,about"}


def heading(one: Standing, language: str) -> str:
    """Return what is to be done about a letter that waits, as a line of « À faire »."""
    todo = {
        LetterStage.TO_PREPARE: Text(fr="Lettre à préparer", en="Letter to prepare"),
        LetterStage.DRAFT: Text(fr="Lettre à valider", en="Letter to validate"),
        LetterStage.VALIDATED: Text(fr="Lettre à poster", en="Letter to post"),
    }[one.stage]
    colon = ": " if language == "en" else "\u00a0: "
    return said(todo, language) + colon + said(LETTERS[one.letter].WORDS.name, language)
