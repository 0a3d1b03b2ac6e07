"""The answer of ``echeancier notice`` as plain data; described in ``docs/plan-format.md``."""

from datetime import date

from echeancier.adapters.files.plan_format import clause_words
from echeancier.cli.notice.answers import Answer, PostedLetter
from echeancier.domain.agenda.end_sentence import end_sentence
from echeancier.domain.dates.notice import NoticeEffect, PostingAdvice
from echeancier.domain.standing.situation import Situation
from echeancier.domain.typography import nbsp, said

Plain = dict[str, object]


def notice_document(s: Situation, answers: tuple[Answer, ...], asked: date | PostedLetter, language: str) -> Plain:
    """Return the question and the answer of each clause; days are ISO strings, null where unknown."""
    letter = asked if isinstance(asked, PostedLetter) else None
    sentence = end_sentence(s)
    return {
        "reference": s.convention.reference,
        "effect_on": _iso(s.effect_on),
        "natural_end": _iso(s.natural_end),
        "bound_until": _iso(s.bound_until),
        "renews": None if sentence is None else said(sentence, language, nbsp),
        "asked": {
            "end": None if isinstance(asked, PostedLetter) else _iso(asked),
            "posted": _iso(letter.posted) if letter else None,
            "presented": _iso(letter.presented) if letter else None,
            "delivered": _iso(letter.delivered) if letter else None,
            "letter_date": _iso(letter.dated) if letter else None,
        },
        "rules": [_rule(s, answer, language) for answer in answers],
    }


def _rule(s: Situation, answer: Answer, language: str) -> Plain:
    rule = answer.rule
    return {
        "id": rule.id,
        "who": list(rule.who),
        "clause": clause_words(s.clause(rule.clauses), language).model_dump(),
        "length": None if rule.length is None else rule.length.model_dump(exclude_defaults=True, by_alias=True),
        "last_day": rule.last_day,
        "starts": rule.starts,
        "until": rule.until,
        "form": rule.form,
        "reasons_required": rule.reasons_required,
        "advice": _advice(answer.advice),
        "effect": _effect(answer.effect),
        "impossible": nbsp(answer.impossible) or None,
        "pointless": answer.pointless,
    }


def _advice(advice: PostingAdvice | None) -> Plain | None:
    if advice is None:
        return None
    plans = advice.plans
    return {
        "ends_on": _iso(advice.ends_on),
        "legal_last_day": _iso(advice.legal_last_day),
        "safe_day": _iso(advice.safe_day),
        "plan": advice.plan,
        "p0": _iso(plans.p0 if plans else None),
        "p1": _iso(plans.p1 if plans else None),
        "p2": _iso(plans.p2 if plans else None),
        "nothing_to_post": advice.nothing_to_post,
        "certainty": advice.certainty.value,
        "trace": nbsp(advice.trace),
    }


def _effect(effect: NoticeEffect | None) -> Plain | None:
    if effect is None:
        return None
    return {
        "earliest": _iso(effect.earliest),
        "expected": _iso(effect.expected),
        "latest": _iso(effect.latest),
        "capped": effect.capped,
        "useless": effect.useless,
        "certainty": effect.certainty.value,
        "trace": nbsp(effect.trace),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
