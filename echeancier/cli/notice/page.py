"""The answer of ``echeancier notice`` for a person: the day first, then why, then the form of the letter."""

from datetime import date

from rich.console import Console

from echeancier.cli.console import say
from echeancier.cli.notice.answers import Answer, PostedLetter
from echeancier.cli.notice.words import FORMS, NO_END, REASONS, UNKNOWN_END, Phrases, phrases
from echeancier.domain.agenda.end_sentence import end_sentence
from echeancier.domain.agenda.item_row import certainty_in_words, clause_in_words, side, title_in_words
from echeancier.domain.dates.notice import NoticeEffect, PostingAdvice
from echeancier.domain.dates.words import in_words
from echeancier.domain.standing.situation import Situation
from echeancier.domain.typography import nbsp, said


def print_notice(
    out: Console, s: Situation, answers: tuple[Answer, ...], asked: date | PostedLetter, language: str
) -> None:
    """Print the answer of each clause; what it depends on and cannot be known is said first."""
    words = phrases(language)
    say(out, f"{s.convention.reference} — {title_in_words(s.convention, language, nbsp)}", style="bold")
    _natural_end(out, s, words, language)
    for answer in answers:
        out.print()
        _answer(out, s, answer, asked, language)


def _natural_end(out: Console, s: Situation, words: Phrases, language: str) -> None:
    """The end that comes unless somebody writes; for a term that renews itself, what happens then."""
    sentence = end_sentence(s)
    if sentence is not None:
        say(out, f"{said(sentence, language, nbsp)}.")
    if s.natural_end is not None:
        line = words.natural_end if sentence is None else words.latest_end
        say(out, line.format(day=in_words(s.natural_end, language)))
    elif sentence is None:
        if s.convention.term.unlimited:
            say(out, NO_END.in_language(language))
        else:
            say(out, UNKNOWN_END.in_language(language), style="yellow")


def _answer(out: Console, s: Situation, answer: Answer, asked: date | PostedLetter, language: str) -> None:
    words, rule = phrases(language), answer.rule
    users = ", ".join(nbsp(side(s, key).in_full(language)) for key in rule.who)
    clause = clause_in_words(s.clause(rule.clauses), language, nbsp)
    say(out, words.clause.format(id=rule.id, article=clause.article, users=users), style="bold")
    _line(out, clause.says)
    if answer.pointless and s.latest_end is not None:
        told = words.pointless if s.natural_end is not None else words.pointless_at_most
        _line(out, told.format(day=in_words(s.latest_end, language)), style="bold")
    if answer.impossible:
        _line(out, nbsp(answer.impossible))
    elif answer.advice is not None and not isinstance(asked, PostedLetter):
        _advice(out, answer.advice, asked, words, language)
    elif answer.effect is not None and isinstance(asked, PostedLetter):
        _effect(out, answer.effect, asked.posted, words, language)
    if answer.impossible or (answer.advice is not None and answer.advice.nothing_to_post):
        return
    _line(out, FORMS[rule.form].in_language(language))
    if rule.reasons_required:
        _line(out, REASONS.in_language(language))


def _advice(out: Console, advice: PostingAdvice, asked: date, words: Phrases, language: str) -> None:
    if advice.ends_on != asked:
        _line(out, words.moved.format(asked=in_words(asked, language)))
    if advice.safe_day is None or advice.plans is None or advice.legal_last_day is None:
        _line(out, words.nothing, style="bold")
        _line(out, f"{words.reasoning}{nbsp(advice.trace)}.")
        return
    _line(out, words.to_end.format(end=in_words(advice.ends_on, language)))
    told = words.post_by.format(
        safe=in_words(advice.safe_day, language),
        legal=in_words(advice.legal_last_day, language),
        certainty=certainty_in_words(advice.certainty, language, nbsp),
    )
    _line(out, told, style="bold")
    for plan, day in (("P0", advice.plans.p0), ("P1", advice.plans.p1), ("P2", advice.plans.p2)):
        kept = words.kept if plan == advice.plan else ""
        _line(out, f"{plan}\u00a0 {in_words(day, language)}, {words.plans[plan]}{kept}", indent=4)
    _line(out, f"{words.reasoning}{nbsp(advice.trace)}.", style="dim")


def _effect(out: Console, effect: NoticeEffect, posted: date, words: Phrases, language: str) -> None:
    told = words.one_end if effect.earliest == effect.latest else words.ends_between
    days = {
        "posted": in_words(posted, language),
        "end": in_words(effect.expected, language),
        "earliest": in_words(effect.earliest, language),
        "latest": in_words(effect.latest, language),
    }
    _line(out, told.format(**days), style="bold")
    if effect.earliest != effect.latest:
        _line(out, words.expected.format(expected=in_words(effect.expected, language)))
    _line(out, words.certainty.format(certainty=certainty_in_words(effect.certainty, language, nbsp)))
    if effect.useless:
        _line(out, words.useless, style="bold")
    elif effect.capped:
        _line(out, words.capped)
    _line(out, f"{words.reasoning}{nbsp(effect.trace)}.", style="dim")


def _line(out: Console, words: str, *, style: str = "", indent: int = 2) -> None:
    say(out, words, style=style, indent=indent)
