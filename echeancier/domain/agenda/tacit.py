"""A term that renews itself (« tacite reconduction »): what it binds us to, when to decide, and what its clause leaves open.

Nobody is told that it ends when it goes on unless somebody writes: the end of its period, the day until which it binds, the last
day of all and the day it really ends are four days, each under its own words.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile

from echeancier.domain.agenda.items import Item, Question, ReadingShown, State, Warning
from echeancier.domain.agenda.procedure import Found, opening, state_of
from echeancier.domain.dates.delay import plus
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.first_term import first_term, is_contested
from echeancier.domain.dates.notice import PostingAdvice, to_end_on
from echeancier.domain.dates.proof import POLICY, WANTED, given, note, worked
from echeancier.domain.dates.proof import months as in_months
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.model import Text
from echeancier.domain.standing import renewals
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.renewals import denial_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import Termination
from echeancier.domain.terms.convention import Clause

SERIES = "denial"
"""The series of the steps to the decision to let it renew itself or not."""
DENIAL = "renewal-denial"
"""The question of a tacit renewal that no letter stops."""
NONE_LEFT = "renewal-none-left"
"""The question of a cap that the first term already reaches."""


def clause_of_renewal(s: Situation) -> Clause:
    """Return the clause to quote about what renews it."""
    return s.clause(s.convention.renewal.clauses or s.convention.term.clauses)


def coming_ends(s: Situation, rule: Termination) -> tuple[date, ...]:
    """Return the ends at which a denial bites, past ones first, until the one that a letter of today could still bring."""
    bound, ends = s.bound_by(rule), s.period_ends
    if bound is None or ends is None:
        return ()
    return tuple(end for end in takewhile(lambda end: end <= bound, ends) if end != s.natural_end)


def next_end(s: Situation, end: date) -> date | None:
    """Return the end it is renewed until once ``end`` has passed undenied; None where that is unknown."""
    ends = s.period_ends
    return None if ends is None else next((later for later in ends if later > end), None)


def advice_for(s: Situation, rule: Termination, end: date) -> PostingAdvice:
    """Return when to post a denial so that ``end`` is the last day in force."""
    return to_end_on(end, s.notice(rule), s.calendar, s.natural_end, s.effect_on)


def decided_about(s: Situation, end: date) -> RenewalDecided | None:
    """Return what was decided about one end: the last decision since the one before it could no longer be denied.

    What is decided just after that day came too late for it, and is no decision about the next one yet: that one counts from
    the day its review is spoken of.
    """
    if not s.of(RenewalDecided):
        return None
    since = _moot_since(s, end)
    found = [fact for _, fact in s.of(RenewalDecided) if since is None or fact.on > since]
    advice, rule = None, denial_of(s.convention)
    if since is not None and rule is not None and end != s.natural_end:
        advice = advice_for(s, rule, end)
    if advice is not None and advice.safe_day is not None:
        leads = s.policy.leads_for("renewal").notice
        spoken_of = opening(s.calendar.prev_workable(add_months(advice.safe_day, -2)), leads)
        found = [fact for fact in found if fact.on >= spoken_of]
    return max(found, key=lambda fact: fact.on, default=None)


def _moot_since(s: Situation, end: date) -> date | None:
    """The last day on which a decision could still be about an earlier end; None for the first one."""
    rule, ends = denial_of(s.convention), s.period_ends
    earlier = list(takewhile(lambda one: one < end, ends)) if ends is not None else []
    if not earlier:
        return None
    advice = None if rule is None else advice_for(s, rule, earlier[-1])
    return earlier[-1] if advice is None or advice.legal_last_day is None else advice.legal_last_day


def periods_in_doubt(s: Situation) -> bool:
    """Whether the ends of its periods depend on how its first term, or one of its school years, is read."""
    first, effect, period = s.first_length, s.effect_on, renewals.period_of(s)
    if s.first_end is None or effect is None:
        return True
    counted = first is not None and s.convention.term.ends_on is None and is_contested(effect, first)
    silent = period is not None and period.unit == "school_years" and period.ends is None
    signed = s.anniversary_end is not None and not s.term_reading.settled
    return counted or silent or signed


def turning_days(s: Situation) -> Iterator[date]:
    """Yield the next days on which it binds for longer, or ends, though nothing happens: what is planned changes with them."""
    one = timedelta(days=1)
    if s.ends_on is None and s.ends_at_most is not None:
        yield s.ends_at_most + one
    if s.ends_on is not None or not s.is_tacit or s.period_end is None:
        return
    yield s.period_end + one
    for rule in renewals.denials_of(s.convention):
        bound = s.bound_by(rule)
        legal = None if bound is None else advice_for(s, rule, bound).legal_last_day
        if legal is not None:
            yield legal + one


# -- what is asked, warned of, and decided ------------------------------------------------------------------------------------


def tacit(s: Situation) -> Found:
    """Yield what the clause of a tacit renewal leaves open, what it does not bound, and the steps to the next decision."""
    if not s.is_tacit:
        return
    yield from _left_open(s)
    yield from _contradicted(s)
    yield from _unbounded(s)
    yield from _longer_than_a_period(s)
    yield from _deciding(s)


def _left_open(s: Situation) -> Found:
    if s.convention.renewal.period is None:
        yield _blank(
            s, renewals.PERIOD, "months",
            "La convention se reconduit d’elle-même : par périodes de combien de mois ? Tant que ce n’est pas répondu, aucune "
            "échéance n’est calculée au-delà de la première.",
            "It renews itself: for how many months each time? Until this is answered nothing is computed beyond the first end.",
        )  # fmt: skip
    if denial_of(s.convention) is None:
        yield _blank(
            s, DENIAL, "text",
            "La convention se reconduit d’elle-même, et rien ne dit comment l’en empêcher : par quelle lettre, et combien de "
            "temps avant ? Le répondre, puis rectifier les termes (une résiliation, pour finir au terme d’une période).",
            "It renews itself, and nothing says how to stop it: by which letter, how long before? Answer, then correct the terms "
            "(a termination that ends it at the end of a period).",
        )  # fmt: skip
    ends = s.period_ends
    if ends is not None and s.cap is not None and ends.final == s.first_end == s.cap:
        yield _blank(
            s, NONE_LEFT, "text",
            f"La durée atteint déjà le plafond ({figures(s.cap)}) : aucune reconduction ne peut avoir lieu. Est-ce ce que dit le "
            "texte ? Sinon, rectifier la durée ou le plafond.",
            f"The term already reaches the cap ({s.cap}): no renewal can take place. Is that what the text says? If not, correct "
            "the term or the cap.",
        )  # fmt: skip


def _blank(s: Situation, id: str, answer: str, fr: str, en: str) -> Question:  # noqa: A002 - the word of the file
    known = s.answer(id)
    said = None if known is None else known.text or (f"{known.months} mois" if known.months else None)
    return Question(
        id=id, kind="blank", answer=answer, ask=s.convention.coordinator, about=Text(fr=fr, en=en),
        clause=clause_of_renewal(s), answered=said,
    )  # fmt: skip


def _contradicted(s: Situation) -> Found:
    ends, rule, cap = renewals.first_ends(s), s.convention.renewal, s.cap
    if ends is None or cap is None or ends.renewals is None:
        return
    if rule.times is not None and (whole := ends.after_all(rule.times)) is not None and whole != cap:
        yield _either(
            s, renewals.TIMES_OR_CAP,
            Text(
                fr=f"{rule.times} reconductions mènent au {figures(whole)}, le plafond au {figures(cap)}. Lequel compte ?",
                en=f"{rule.times} renewals lead to {whole}, the cap to {cap}. Which one counts?",
            ),
            (
                _reading(renewals.TIMES_RULE, "le nombre de reconductions", "the number of renewals", whole),
                _reading(renewals.CAP_RULES, "le plafond", "the cap", cap),
            ),
            renewals.TIMES_RULE if whole < cap else renewals.CAP_RULES,
        )  # fmt: skip
    longer = ends.shortened_from
    if longer is not None:
        before = max(takewhile(lambda end: end < cap, ends), default=cap)
        yield _either(
            s, renewals.CAP_INSIDE,
            Text(
                fr=f"La dernière reconduction irait jusqu’au {figures(longer)}, le plafond est au {figures(cap)} : est-elle "
                "écourtée, ou n’a-t-elle pas lieu ?",
                en=f"The last renewal would run until {longer}, the cap is {cap}: is it cut short, or does it not take place?",
            ),
            (
                _reading(renewals.CUT, "elle est écourtée", "it is cut short", cap),
                _reading(renewals.NOT_RENEWED, "elle n’a pas lieu", "it does not take place", before),
            ),
            renewals.CUT,
        )  # fmt: skip


def _either(s: Situation, id: str, about: Text, readings: tuple[ReadingShown, ...], prudent: str) -> Question:  # noqa: A002
    return Question(
        id=id, kind="contested", answer="reading", ask=s.convention.coordinator, about=about, readings=readings,
        prudent=prudent, clause=clause_of_renewal(s), answered=renewals.answered(s, id),
    )  # fmt: skip


def _reading(id: str, fr: str, en: str, end: date) -> ReadingShown:  # noqa: A002 - the word of the file
    return ReadingShown(
        id=id, says=Text(fr=fr, en=en),
        changes=Text(fr=f"elle s’achève au plus tard le {figures(end)}", en=f"it ends on {end} at the latest"),
    )  # fmt: skip


def _unbounded(s: Situation) -> Found:
    rule = s.convention.renewal
    if rule.times is None and rule.cap is None and rule.cap_on is None and s.ends_on is None:
        yield Warning(
            id="renews-without-end",
            text=Text(
                fr="Elle se reconduit sans limite : vérifier que c’est permis (commande publique : non), et décider chaque fois.",
                en="It renews itself without limit: check that this is allowed (it is not in procurement), decide each time.",
            ),
            clause=clause_of_renewal(s),
        )


def _longer_than_a_period(s: Situation) -> Found:
    """Warn of a notice that is over only after the end of the period in which it would be given."""
    rule, period, first = denial_of(s.convention), renewals.period_of(s), s.first_end
    if rule is None or rule.length is None or rule.length.bound == "at_most" or period is None or first is None:
        return
    begins = first + timedelta(days=1)
    if s.ends_on is None and plus(begins, rule.length, s.calendar) > first_term(begins, period) + timedelta(days=1):
        yield Warning(
            id=f"notice-longer-than-period/{rule.id}",
            text=Text(
                fr=f"Le préavis ({delay_in_words(rule.length)}) est plus long qu’une période ({period.words.fr}) : une "
                "dénonciation ne peut jouer que pour la période d’après.",
                en=f"The notice is longer than a period ({period.words.en}): a denial can only work for the next period.",
            ),
            clause=s.clause(rule.clauses),
        )


def _deciding(s: Situation) -> Found:
    """The review and the decision before the next day to post (two months and one month before, a policy of ours)."""
    rule = denial_of(s.convention)
    ends = () if rule is None else coming_ends(s, rule)
    if rule is None or not ends or s.ends_on is not None or s.convention.us not in rule.who:
        return
    end, advice = ends[-1], advice_for(s, rule, ends[-1])
    if advice.safe_day is None:
        return
    decision = decided_about(s, end)
    for step, months in (("review", 2), ("decision", 1)):
        due = add_months(advice.safe_day, -months)
        day = s.calendar.prev_workable(due)
        if s.effect_on is not None and day < s.effect_on:
            continue
        done = s.done_on(key_of(SERIES, str(len(ends)), step)) or (decision.on if decision is not None else None)
        opens = opening(day, s.policy.leads_for("renewal").notice)
        state = state_of(s, opens_on=opens, last_day=advice.safe_day, done_on=done)
        yield Item(
            series=SERIES, occurrence=str(len(ends)), step=step, kind="renewal",
            settled_by="renewal-decided" if step == "decision" else "done", title=_STEPS[step],
            clause=clause_of_renewal(s), owed_by=s.convention.us, owed_to=s.convention.us,
            opens_on=opens, safe_day=day, anchor=advice.safe_day, rule="denial_plan",
            proof=(
                note(f"{months} mois avant le "), given(advice.safe_day, key_of("notice", rule.id, str(len(ends)))),
                given(end, WANTED, ", jour de poster la dénonciation pour finir le {}"),
                in_months(advice.safe_day, -months, POLICY, due),
                worked("prev_workable", due, day, " → {}, jour ouvré (choix de conduite)"),
            ),
            certainty=Certainty.POLICY, state=State.ELAPSED if state is State.LATE else state, done_on=done,
            responsible=(s.convention.coordinator,), informed=(s.convention.manager,) if step == "decision" else (),
        )  # fmt: skip


_STEPS = {
    "review": Text(fr="Tacite reconduction : faire le bilan", en="Tacit renewal: take stock"),
    "decision": Text(
        fr="Tacite reconduction : décider de dénoncer ou de laisser reconduire",
        en="Tacit renewal: decide whether to deny it or let it renew itself",
    ),
}
