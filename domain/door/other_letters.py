"""A letter that ends nothing, posted: its subject is known, and it is ours."""

from domain import facts as f
from domain.door.case import Case
from domain.door.refusal import en, fr, refusal
from domain.facts import LetterValidated
from domain.letters_to_write.calls import calls
from domain.postings import OF_A_BREACH, postings

_STEPS = {letter: step for step, letter in OF_A_BREACH.items()}


def check_other_posted(case: Case, fact: f.LetterPosted) -> None:
    """Refuse a letter that is another fact, is not ours, or is about nothing we know; or the same letter twice."""
    case.party(fact.by)
    breaches = {breach.id for breach in case.convention.breach}
    if fact.letter in _STEPS and fact.about.split("/")[0] in breaches:
        raise refusal(
            f"cette lettre est une étape d’un manquement : l’enregistrer par breach-step (step = "
            f"{_STEPS[fact.letter]}), avec ses jours de présentation et de remise.",
            f"this letter is a step of a breach: record it by breach-step (step = {_STEPS[fact.letter]}), with its days "
            f"of presentation and delivery.",
        )
    if fact.by != case.convention.us:
        raise refusal(
            f"seule une résiliation de l’autre partie s’enregistre comme une lettre postée ; celle-ci vient de "
            f"« {fact.by} » : noter plutôt ce qu’elle a changé.",
            f"only a termination of the other side is recorded as a letter posted; this one comes from “{fact.by}”: "
            f"record what it changed instead.",
        )
    if fact.rule is not None:
        raise refusal(
            "rule ne vaut que pour une résiliation : dire de quoi parle cette lettre dans about.",
            "rule is for a termination only: say what this letter is about in about.",
        )
    _about_something(case, fact)
    twice = next(
        (p for p in postings(case.s) if (p.letter, p.about, p.on) == (fact.letter, fact.about, fact.on)), None
    )
    if twice is not None:
        raise refusal(
            f"cette lettre figure déjà au dossier, postée le {fr(twice.on)} ({twice.id}).",
            f"this letter is already recorded, posted on {en(twice.on)} ({twice.id}).",
        )


def _about_something(case: Case, fact: f.LetterPosted) -> None:
    read = {x.about for _, x in case.s.of(LetterValidated) if x.letter == fact.letter}
    asked = {call.about for call in calls(case.s) if call.letter == fact.letter}
    questions = {f"question/{question.id}" for question in case.agenda.questions}
    keys = {item.key for item in case.agenda.items}
    if fact.about in {*read, *asked, *questions, *keys}:
        return
    near = sorted(read | asked)
    hint = f" ; lettres attendues : {', '.join(near)}" if near else ""
    hint_en = f"; letters expected: {', '.join(near)}" if near else ""
    raise refusal(
        f"about : « {fact.about} » n’est ni une échéance de l’agenda, ni une question, ni l’objet d’une lettre "
        f"validée{hint}.",
        f"about: “{fact.about}” is neither an item of the agenda, nor a question, nor what a validated letter is about"
        f"{hint_en}.",
    )
