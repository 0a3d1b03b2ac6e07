"""Letters at the front door: validated in exactly the words that were read, posted, presented, delivered or returned."""

from datetime import date

from echeancier.domain.declared import both
from echeancier.domain.facts.letter_fields import BLANK, LetterRefusedError
from echeancier.domain.facts.letters import (
    LetterDelivered,
    LetterPosted,
    LetterPresented,
    LetterReturned,
    LetterValidated,
    NoticeWithdrawn,
)
from echeancier.domain.facts.refusal import Refusal, en, fr, refusal, unknown
from echeancier.domain.letters.content import LetterContent, letter_for
from echeancier.domain.letters.due import calls
from echeancier.domain.letters.progress import content_mark, is_about
from echeancier.domain.model import Text
from echeancier.domain.recording.check_context import Change, CheckContext, check, hangs
from echeancier.domain.standing.ending_letters import EndingLetter
from echeancier.domain.standing.exits import addressees, by_addressee
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.posted_letters import OF_A_BREACH, Posting, posting_of, postings
from echeancier.domain.terms.clauses import Termination

_STEPS = {letter: step for step, letter in OF_A_BREACH.items()}


def check_other_posted(case: CheckContext, fact: LetterPosted) -> None:
    """Refuse a letter that is another fact, is not ours, or is about nothing we know; or the same letter twice."""
    case.party(fact.by)
    breaches = {breach.id for breach in case.convention.breach}
    if fact.letter in _STEPS and series_of(fact.about) in breaches:
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
    twice = next((p for p in postings(case.s) if (p.letter, p.about, p.on) == (fact.letter, fact.about, fact.on)), None)
    if twice is not None:
        raise refusal(
            f"cette lettre figure déjà au dossier, postée le {fr(twice.on)} ({twice.id}).",
            f"this letter is already recorded, posted on {en(twice.on)} ({twice.id}).",
        )


def _about_something(case: CheckContext, fact: LetterPosted) -> None:
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


_FORMS = {
    "lrar": both("recommandé avec avis de réception (form = lrar)", "registered with receipt (form = lrar)"),
    "lr": both("recommandé (form = lr ou lrar)", "registered (form = lr or lrar)"),
}
_POSTING = both("le dépôt", "posting")
_PRESENTATION = both("la présentation", "presentation")
_DELIVERY = both("la remise", "delivery")
_RETURN = both("le retour", "return")
_WITHDRAWAL = both("l’abandon", "withdrawal")
_ENOUGH = {"lrar": ("lrar",), "lr": ("lrar", "lr"), "unstated": ("lrar", "lr", "other")}


@check
def check_posted(case: CheckContext, fact: LetterPosted) -> None:
    """Refuse a letter the clause does not allow: sender, reasons, form, time, or a second on its way.

    A letter that ends nothing passes if its subject is known. Whether anybody validated it is not asked here: what was
    posted was posted, and the agenda warns of it.
    """
    if fact.letter != "termination":
        check_other_posted(case, fact)
        return
    rule = _rule(case, fact)
    quoted, quoted_en = case.quote(rule.clauses), case.quote_en(rule.clauses)
    if rule.reasons_required and not fact.reasons.strip() and not _reasons_were_read(case, rule):
        raise refusal(
            f"la clause veut une lettre motivée ({_reasons_clause(case, rule)}) : donner les motifs dans reasons.",
            f"the clause wants reasons ({_reasons_clause(case, rule, english=True)}): give them in reasons.",
        )
    if fact.form not in _ENOUGH[rule.form]:
        wanted = _FORMS[rule.form]
        raise refusal(
            f"la clause veut un envoi {wanted.fr} ({quoted}) ; une lettre d’une autre forme ne met pas fin à "
            f"la convention.",
            f"the clause wants a letter {wanted.en} ({quoted_en}); another form does not end the convention.",
        )
    if fact.effect_wanted is not None and fact.effect_wanted < fact.on:
        raise refusal(
            f"la lettre du {fr(fact.on)} ne peut pas mettre fin à la convention le {fr(fact.effect_wanted)}, "
            f"avant d’être postée.",
            f"a letter of {en(fact.on)} cannot end the convention on {en(fact.effect_wanted)}, before it was posted.",
        )
    if (early := case.s.notice(rule).not_on(fact.on)) is not None:
        raise refusal(
            f"{early.fr} ({quoted}) : une lettre du {fr(fact.on)} n’y met pas fin.", f"{early.en} ({quoted_en})."
        )
    _during_the_term(case, fact)
    _no_other_on_its_way(case, fact)


def _reasons_were_read(case: CheckContext, rule: Termination) -> bool:
    """Whether the letter, validated before it left, gives its reasons: nobody has to type them twice."""
    read = [x for _, x in case.s.of(LetterValidated) if (x.letter, x.about) == ("termination", rule.id)]
    return bool(read) and bool(read[-1].reasons.strip())


@check
def check_presented(case: CheckContext, fact: LetterPresented) -> None:
    """Refuse a presentation before the posting or after the delivery, or a second first presentation."""
    letter = _posting(case, fact.letter, _to_whom(case, fact))
    _in_order(letter.on, fact.on, _PRESENTATION, _POSTING)
    if letter.presented_on is not None:
        raise _recorded_already(case, LetterPresented, letter.id, "la première présentation", "first presentation")
    if letter.delivered_on is not None:
        _in_order(fact.on, letter.delivered_on, _DELIVERY, _PRESENTATION)


@check
def check_delivered(case: CheckContext, fact: LetterDelivered) -> None:
    """Refuse a delivery before posting or presentation, of a letter that came back, or a second one."""
    letter = _posting(case, fact.letter, _to_whom(case, fact))
    _in_order(letter.on, fact.on, _DELIVERY, _POSTING)
    if letter.presented_on is not None:
        _in_order(letter.presented_on, fact.on, _DELIVERY, _PRESENTATION)
    if letter.delivered_on is not None:
        raise _recorded_already(case, LetterDelivered, letter.id, "la remise", "delivery")
    if letter.outcome is not None:
        raise _recorded_already(case, LetterReturned, letter.id, "le retour de la lettre", "its return")


@check
def check_returned(case: CheckContext, fact: LetterReturned) -> None:
    """Refuse the return of a letter that was delivered, or before it was posted or presented, or twice."""
    letter = _posting(case, fact.letter, _to_whom(case, fact))
    _in_order(letter.presented_on or letter.on, fact.on, _RETURN, _PRESENTATION)
    if letter.delivered_on is not None:
        raise _recorded_already(case, LetterDelivered, letter.id, "la remise", "delivery")
    if letter.outcome is not None:
        raise _recorded_already(case, LetterReturned, letter.id, "le retour de la lettre", "its return")


@check
def check_withdrawn(case: CheckContext, fact: NoticeWithdrawn) -> None:
    """Refuse to give up a notice that has already ended the convention: what is over does not start again."""
    letter = _letter(case, fact.letter)
    if letter.withdrawn:
        raise _recorded_already(case, NoticeWithdrawn, letter.id, "l’abandon de cette lettre", "its withdrawal")
    _in_order(letter.posted.on, fact.on, _WITHDRAWAL, _POSTING)
    end = letter.own_end or case.s.ends_on
    if end is not None and fact.on > end:
        raise refusal(
            f"le {fr(fact.on)}, la convention avait déjà pris fin (dernier jour {fr(end)}) : on ne la "
            f"prolonge plus, il faut "
            "une nouvelle convention.",
            f"on {en(fact.on)} the convention had already ended (last day {en(end)}): it cannot go on, a new "
            f"convention is "
            "needed.",
        )


def _rule(case: CheckContext, fact: LetterPosted) -> Termination:
    rules = {rule.id: rule for rule in case.s.terms_on(fact.on).termination}
    if fact.rule is None or fact.rule not in rules:
        if not rules:
            raise refusal(
                "cette convention n’a aucune clause de résiliation : aucune lettre ne peut y mettre fin par préavis.",
                "this convention has no termination clause: no letter can end it by notice.",
            )
        shown = " ; ".join(f"« {r.id} » ({case.quote(r.clauses)})" for r in rules.values())
        what = both("la clause de résiliation", "the termination clause")
        near = unknown(what, fact.rule or fact.about, rules).text
        raise refusal(
            f"{near.fr} Clauses possibles : {shown}.",
            f"{near.en} Possible clauses: "
            f"{'; '.join(f'“{r.id}” ({case.quote_en(r.clauses)})' for r in rules.values())}.",
        )
    rule = rules[fact.rule]
    case.party(fact.by)
    if fact.by not in rule.who:
        usable = [r.id for r in rules.values() if fact.by in r.who]
        hint = f" Elle peut user de : {', '.join(usable)}." if usable else ""
        hint_en = f" It may use: {', '.join(usable)}." if usable else ""
        raise refusal(
            f"la clause « {rule.id} » n’est pas ouverte à « {fact.by} », seulement à {', '.join(rule.who)} "
            f"({case.quote(rule.clauses)}).{hint}",
            f"clause “{rule.id}” is not open to “{fact.by}”, only to {', '.join(rule.who)} "
            f"({case.quote_en(rule.clauses)}).{hint_en}",
        )
    return rule


def _reasons_clause(case: CheckContext, rule: Termination, *, english: bool = False) -> str:
    """Return the clause of the rule that speaks of reasons, the first one failing that."""
    chosen = next((i for i in rule.clauses if "motiv" in case.s.clause((i,)).says.casefold()), rule.clauses[0])
    return case.quote_en((chosen,)) if english else case.quote((chosen,))


def _during_the_term(case: CheckContext, fact: LetterPosted) -> None:
    start = case.in_force("il n’y a encore rien à résilier", "there is nothing to terminate yet")
    if fact.on < start:
        raise refusal(
            f"le {fr(fact.on)}, la convention n’était pas encore en vigueur (elle l’est depuis le {fr(start)}).",
            f"on {en(fact.on)} the convention was not in force yet (it is since {en(start)}).",
        )
    if case.s.has_left(fact.by, fact.on):
        left = case.s.exits[fact.by]
        raise refusal(
            f"« {fact.by} » est sortie de la convention le {fr(left)} : une lettre du {fr(fact.on)} n’y change plus rien.",
            f"“{fact.by}” left the convention on {en(left)}: a letter of {en(fact.on)} changes nothing.",
        )
    end = case.s.ends_on
    if end is not None and fact.on > end:
        raise refusal(
            f"la convention a pris fin le {fr(end)} : une lettre du {fr(fact.on)} n’y change plus rien.",
            f"the convention ended on {en(end)}: a letter of {en(fact.on)} changes nothing.",
        )


def _no_other_on_its_way(case: CheckContext, fact: LetterPosted) -> None:
    for letter in case.s.letters:
        if letter.posted.by == fact.by and letter.own_end is not None and letter.outcome is None:
            raise refusal(
                f"une lettre de « {fact.by} » court déjà, postée le {fr(letter.posted.on)} ({letter.id}) : "
                f"corriger "
                f"{letter.id}, ou enregistrer son retour (letter-returned) ou son abandon "
                f"(notice-withdrawn).",
                f"a letter of “{fact.by}” is already running, posted on {en(letter.posted.on)} "
                f"({letter.id}): correct "
                f"{letter.id}, or record its return (letter-returned) or its withdrawal (notice-withdrawn).",
            )


def _to_whom(case: CheckContext, fact: LetterPresented | LetterDelivered | LetterReturned) -> str | None:
    """Return the party that a fact about a letter is about: the one it names, or the only one left.

    Raises:
        Refusal: several are left and none is named, or the one named does not receive this letter.
    """
    posted = dict(case.s.of(LetterPosted)).get(fact.letter)
    if posted is None:
        return None  # no such letter: `_posting` says so
    gone = [party for party in case.convention.parties if case.s.has_left(party, posted.on)]
    to = addressees(case.convention.parties, posted, gone)
    if fact.party is not None:
        case.party(fact.party)
        if fact.party == posted.by:
            raise refusal(
                f"cette lettre est de « {fact.party} » : party est la partie qui la reçoit.",
                f"this letter comes from “{fact.party}”: party is the one that receives it.",
            )
        return fact.party if fact.party in to else None
    known = by_addressee((x for _, x in case.s.of(type(fact))), fact.letter, to)
    left = [one for one in to if one not in known]
    if len(left) > 1:
        raise refusal(
            f"à quelle partie ? Cette lettre va à {', '.join(left)}, et chacune reçoit la sienne. Le dire par party.",
            f"to which party? This letter goes to {', '.join(left)}, each has its own. Say it by party.",
        )
    if not left and len(to) > 1:
        raise refusal(
            f"c’est déjà dit pour chacune des parties à qui va cette lettre ({', '.join(to)}) : nommer celle à corriger (party).",
            f"it is told already for each party this letter goes to ({', '.join(to)}): name the one to put right (party).",
        )
    return left[0] if left and len(to) > 1 else None


def _posting(case: CheckContext, letter_id: str, party: str | None = None) -> Posting:
    """Return any letter that was posted, by us or to us; to one party, where several receive it."""
    found = {fact_id: posting_of(case.s, fact_id, fact, party) for fact_id, fact in case.s.of(LetterPosted)}
    if letter_id in found:
        return found[letter_id]
    raise _no_such_letter(letter_id, [(one.id, one.on) for one in found.values()])


def _letter(case: CheckContext, letter_id: str) -> EndingLetter:
    found = next((letter for letter in case.s.letters if letter.id == letter_id), None)
    if found is not None:
        return found
    raise _no_such_letter(letter_id, [(letter.id, letter.posted.on) for letter in case.s.letters])


def _no_such_letter(letter_id: str, known: list[tuple[str, date]]) -> Refusal:
    if not known:
        return refusal(
            "aucune lettre n’est enregistrée : enregistrer d’abord letter-posted.",
            "no letter is recorded: record letter-posted first.",
        )
    posted = ", ".join(f"{one} ({fr(on)})" for one, on in known)
    return refusal(
        f"« {letter_id} » n’est pas une lettre enregistrée ; les lettres sont : {posted}.",
        f"“{letter_id}” is not a recorded letter; the letters are: {', '.join(one for one, _ in known)}.",
    )


def _in_order(first: date, then: date, what: Text, before: Text) -> None:
    if then < first:
        raise refusal(
            f"{what.fr} ({fr(then)}) ne peut pas précéder {before.fr} ({fr(first)}).",
            f"{what.en} ({en(then)}) cannot precede {before.en} ({en(first)}).",
        )


def _recorded_already(
    case: CheckContext,
    kind: type[LetterPresented] | type[LetterDelivered] | type[LetterReturned] | type[NoticeWithdrawn],
    letter: str,
    what: str,
    what_en: str,
) -> Exception:
    found = [(r.id, r.fact) for r in case.s.records if isinstance(r.fact, kind) and r.fact.letter == letter]
    fact_id, fact = found[-1]
    return refusal(
        f"{what} figure déjà au dossier, au {fr(fact.on)} ({fact_id}) ; si c’est une erreur, corriger ou "
        f"annuler "
        f"{fact_id}.",
        f"{what_en} is already recorded on {en(fact.on)} ({fact_id}); if that is wrong, correct or cancel {fact_id}.",
    )


@check
def check_validated(case: CheckContext, fact: LetterValidated) -> None:
    """Refuse to validate what cannot be written, was not read in these words, is not dated, or was validated already."""
    content = _written(case, fact)
    if content.about != fact.about:
        raise refusal(
            f"cette lettre parle de « {content.about} » : l’écrire ainsi dans about (donné : « {fact.about} »).",
            f"this letter is about “{content.about}”: write that in about (given: “{fact.about}”).",
        )
    if fact.letter == "termination" and fact.posted is None and fact.dated is None:
        raise refusal(
            "la fin annoncée dépend du jour d’envoi : donner posted (le jour où la lettre sera postée) ou dated.",
            "the end it announces depends on the day of posting: give posted (the day it will be posted) or dated.",
        )
    if BLANK in content.model_dump_json():
        raise refusal(
            f"il reste « {BLANK} » dans la lettre : compléter d’abord.",
            f"“{BLANK}” is still in the letter: fill it in first.",
        )
    _same_words(fact, content)
    _not_twice(case, fact)


def _written(case: CheckContext, fact: LetterValidated) -> LetterContent:
    try:
        return letter_for(case.s, fact.letter, fact.about, fact.fields)
    except LetterRefusedError as error:
        raise refusal(
            f"cette lettre ne peut pas s’écrire : {error}", f"this letter cannot be written: {error}"
        ) from error


def _same_words(fact: LetterValidated, content: LetterContent) -> None:
    mark = content_mark(content)
    if fact.mark != mark:
        raise refusal(
            f"le texte a changé depuis qu’il a été relu (marque relue : {_short(fact.mark)} ; marque du texte tel qu’il "
            f"s’écrit maintenant : {_short(mark)}). Le relire, puis le valider avec la marque affichée.",
            f"the text has changed since it was read (mark read: {_short(fact.mark)}; mark of the text as it is written "
            f"now: {_short(mark)}). Read it again, then validate it with the mark shown.",
        )


def _short(mark: str) -> str:
    return mark[:12] or "–"


def _not_twice(case: CheckContext, fact: LetterValidated) -> None:
    order = {record.id: place for place, record in enumerate(case.s.records)}
    mine = (fact.letter, fact.about, fact.to)
    same = [(one, x) for one, x in case.s.of(LetterValidated) if (x.letter, x.about, x.to) == mine]
    if not same or same[-1][1].mark != fact.mark:
        return
    fact_id, last = same[-1]
    left = [p for p in postings(case.s) if is_about(p, fact.letter, fact.about) and order[p.id] > order[fact_id]]
    if left:
        raise refusal(
            f"cette lettre, validée le {fr(last.on)}, a été postée le {fr(left[-1].on)} ({left[-1].id}) : elle n’est plus à "
            f"valider.",
            f"this letter, validated on {en(last.on)}, was posted on {en(left[-1].on)} ({left[-1].id}): there is nothing left "
            f"to validate.",
        )
    raise refusal(
        f"cette lettre est déjà validée dans ces mots, depuis le {fr(last.on)} ({fact_id}) : il reste à la poster.",
        f"this letter is already validated in these words, since {en(last.on)} ({fact_id}): it remains to be posted.",
    )


@hangs
def hangs_on_its_letter(
    fact: LetterPresented | LetterDelivered | LetterReturned | NoticeWithdrawn, change: Change
) -> bool:
    """What came of a letter hangs on the letter."""
    return fact.letter == change.gone.id and change.cancelled


@hangs
def hangs_on_the_force(fact: LetterPosted, change: Change) -> bool:  # noqa: ARG001 - which letter makes no difference
    """Nothing is posted about a convention that is not in force."""
    return change.out_of_force
