"""Ending early.

The last day to post a notice for each due date, the letters on their way, and those that left otherwise than they were read. A
notice that may end it any day has no such day: it is the calculator's, and its letter stays at hand.
"""

from dataclasses import replace
from datetime import date, timedelta

from echeancier.domain.agenda.items import Item, Nature, Question, ReadingShown, State, Warning
from echeancier.domain.agenda.procedure import Found, opening, side_name, state_of
from echeancier.domain.agenda.tacit import coming_ends, decided_about, next_end, periods_in_doubt
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.notice import EffectRange, NoticeTerms, PostingAdvice, due_dates, if_posted_on, to_end_on
from echeancier.domain.dates.proof import (
    ONE_DAY,
    POLICY,
    cited,
    given,
    kept,
    literally,
    note,
    plus,
    without_words,
    worked,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.event_words import event_quoted
from echeancier.domain.facts.letters import LetterReturned, LetterValidated
from echeancier.domain.model import Text
from echeancier.domain.standing.ending_letters import EndingLetter
from echeancier.domain.standing.exits import CONTINUES, ENDS, ON_EXIT
from echeancier.domain.standing.item_keys import key_of, series_of
from echeancier.domain.standing.posted_letters import Posting, postings
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import Termination
from echeancier.domain.terms.owing import ALL

LATE_DENIAL = "late-denial/"
"""How the id of the question about a denial of the other side that came too late begins."""


def termination(s: Situation) -> Found:
    """Yield the posting days of every notice we may give, and what each posted letter produces."""
    live = [letter for letter in s.letters if letter.ends_on is not None]
    yield from _no_way_out(s)
    for rule in s.convention.termination:
        if s.convention.us in rule.who and not live and not s.ended_early:
            yield from _posting_days(s, rule)
        yield from _form_not_said(s, rule)
        yield from _only_at_the_end(s, rule)
        yield from _what_of_the_others(s, rule)
    for letter in s.letters:
        yield from _letter(s, letter)
    for party, day in s.exits.items():
        yield from _goes_on_without(s, party, day)


def _what_of_the_others(s: Situation, rule: Termination) -> Found:
    """Ask, of three parties or more, whether one that leaves ends it for all, where the text is silent."""
    if rule.on_exit is not None or s.convention.together != ALL:
        return
    answer = s.answer(ON_EXIT + rule.id)
    said = {
        CONTINUES: Text(fr="elle se poursuit entre les autres", en="it goes on between the others"),
        ENDS: Text(fr="elle prend fin pour toutes", en="it ends for all of them"),
    }
    changes = {
        CONTINUES: Text(
            fr="seule la partie qui écrit sort, à son dernier jour", en="only the party that writes leaves"
        ),
        ENDS: Text(
            fr="le dernier jour en vigueur est celui que donne la lettre", en="its last day is the one the letter gives"
        ),
    }
    yield Question(
        id=ON_EXIT + rule.id, kind="contested", answer="reading", ask=s.convention.coordinator, prudent=CONTINUES,
        readings=tuple(ReadingShown(id=one, says=said[one], changes=changes[one]) for one in (CONTINUES, ENDS)),
        about=Text(
            fr="Si une seule partie résilie, la convention se poursuit-elle entre les autres, ou prend-elle fin pour toutes ?",
            en="If one party alone terminates, does the convention go on between the others, or end for all?",
        ),
        clause=s.clause(rule.clauses), answered=None if answer is None else answer.reading,
    )  # fmt: skip


def _goes_on_without(s: Situation, party: str, day: date) -> Found:
    """Tell who goes on without a party that leaves, and that a quorum was fixed while it was there."""
    who, who_en = side_name(s, party), side_name(s, party, "en")
    left = [key for key in s.convention.parties if s.exits.get(key) is None or s.exits[key] > day]
    names, names_en = ", ".join(side_name(s, one) for one in left), ", ".join(side_name(s, one, "en") for one in left)
    clause = s.clause(next(x.rule.clauses for x in s.letters if x.alone and x.posted.by == party))
    yield Warning(
        id=f"party-leaves/{party}",
        text=Text(
            fr=f"{who} sort de la convention le {figures(day)} : elle se poursuit entre {names}. Ce que doit {who} s’arrête ce "
            "jour-là, sauf ce qui porte sur le temps d’avant et ce que sa propre sortie fait naître.",
            en=f"{who_en} leaves the convention on {day}: it goes on between {names_en}. What {who_en} owes stops then, but "
            "for what is about the time before and what its own exit starts.",
        ),
        clause=clause,
    )
    for duty in s.convention.duty:
        if duty.meeting is not None and duty.meeting.quorum:
            yield Warning(
                id=f"quorum-after-exit/{party}/{duty.id}",
                text=Text(
                    fr=f"« {duty.title} » : le quorum ({duty.meeting.quorum}) a été fixé avec {who} ; le relire avant les "
                    f"réunions d’après le {figures(day)}.",
                    en=f"“{duty.title_en}”: its quorum ({duty.meeting.quorum}) was set with {who_en}; read it again before "
                    f"meetings after {day}.",
                ),
                clause=s.clause(duty.clauses),
            )


def _no_way_out(s: Situation) -> Found:
    if s.convention.term.unlimited and not s.convention.termination:
        yield Warning(
            id="no-way-out",
            text=Text(
                fr="Durée indéterminée, et aucune clause ne dit comment en sortir : chaque partie peut y mettre fin avec un "
                "préavis raisonnable (C. civ. art. 1211).",
                en="No last day, and no clause says how to leave: each party may end it with reasonable notice (C. civ. art. "
                "1211).",
            ),
            clause=s.clause(s.convention.term.clauses),
        )


def _posting_days(s: Situation, rule: Termination) -> Found:
    if s.effect_on is None:
        return
    if rule.within is not None:
        yield from _while_it_is_open(s, rule)
        return
    if rule.until == "term":
        for number, end in enumerate(coming_ends(s, rule), start=1):
            yield from _posting_day(s, rule, end, str(number))
        return
    for due in due_dates(s.effect_on, _planned_until(s), s.notice(rule)):
        if not s.is_pointless(rule, due):
            yield from _posting_day(s, rule, due, _named(rule, due))


def _while_it_is_open(s: Situation, rule: Termination) -> Found:
    """A right that an event opens for a while: its last day is that while's, whatever day the convention would end on."""
    terms = s.notice(rule)
    if terms.closes is None:
        return
    at_once = NoticeTerms(length=Delay(days=0), starts=rule.starts, opens=terms.opens, form=rule.form)
    assert rule.within is not None  # noqa: S101 - it has a last day
    advice = to_end_on(terms.closes, at_once, s.calendar, None, None)
    if s.natural_end is not None:
        last_posting = advice.safe_day or terms.closes
        obtained = if_posted_on(last_posting, terms, s.calendar, s.natural_end, s.effect_on)
        if s.is_pointless(rule, obtained.expected):
            return
    happened = s.of_event(rule.within.event)[-1][1].on
    advice = replace(advice, proof=(
        given(happened, rule.within.event, literally(event_quoted(s.convention, rule.within.event).fr) + " le {}"),
        plus(happened, rule.within.delay, cited(rule.clauses), terms.closes, gives="legal"),
        *without_words(advice.proof), kept(advice.safe_day or terms.closes, " ; à poster au plus tard le {}"),
    ))  # fmt: skip
    yield from _advised(s, rule, advice, terms.closes, f"{terms.closes:%Y-%m-%d}")


def _planned_until(s: Situation) -> date:
    """The last day for which a notice is planned: the last day in force; where there is none, two years ahead."""
    known = s.latest_end or s.bound_until
    endless = s.convention.term.unlimited or s.awaits_an_event
    if known is not None or s.effect_on is None or not endless:
        return known or s.effect_on or s.today
    return add_months(max(s.today, s.effect_on), 24)


def _named(rule: Termination, due: date) -> str:
    """Which of its days: its year, with its month where there may be several in one."""
    return f"{due:%Y-%m}" if rule.until in ("month-end", "period-end") else str(due.year)


def _posting_day(s: Situation, rule: Termination, end: date, year: str) -> Found:
    yield from _advised(s, rule, to_end_on(end, s.notice(rule), s.calendar, s.latest_end, s.effect_on), end, year)


def _advised(s: Situation, rule: Termination, advice: PostingAdvice, end: date, year: str) -> Found:
    if advice.safe_day is None:
        return
    opens, may_leave = opening(advice.safe_day, s.policy.leads_for("notice").notice), s.notice(rule).opens
    opens = opens if may_leave is None else max(opens, may_leave)
    last = advice.legal_last_day or advice.safe_day
    state = state_of(s, opens_on=opens, last_day=last, done_on=None)
    if state is State.LATE:  # a notice is a right, not a duty: letting its day go by is no fault
        state = State.ELAPSED
    if s.operational_from is None and state is not State.PAST:
        state = State.WAITING
    decision = decided_about(s, end) if rule.until == "term" else None
    if decision is not None and decision.decision == "renew" and state is not State.PAST:
        state = State.CANCELLED
    yield Item(
        series="notice", occurrence=rule.id, step=year, nature=Nature.OUR_RIGHT, settled_by="letter-posted", kind="notice",
        title=_posting_title(s, advice, rule), clause=s.clause(rule.clauses),
        owed_by=s.convention.us, owed_to=_others(s), opens_on=opens, legal_last_day=advice.legal_last_day,
        safe_day=advice.safe_day, rule=f"posting_plan.{advice.plan}" if advice.plan else "posting_plan",
        proof=advice.proof, certainty=_certainty(s, rule, advice), state=state,
        responsible=(s.convention.coordinator, s.convention.manager), standing=_renewed(s, rule, end, state),
    )  # fmt: skip


def _certainty(s: Situation, rule: Termination, advice: PostingAdvice) -> Certainty:
    """A denial is as sure as the ends that it counts back from."""
    doubted = rule.until == "term" and periods_in_doubt(s)
    return Certainty.CONTESTED if doubted else advice.certainty


def _renewed(s: Situation, rule: Termination, end: date, state: State) -> Text | None:
    """What became of the right to deny a renewal: it was let go, on purpose or not."""
    later = next_end(s, end) if rule.until == "term" else None
    if later is None or state not in (State.ELAPSED, State.PAST, State.CANCELLED):
        return None
    if state is State.CANCELLED:
        return Text(fr=f"décidé : laisser reconduire jusqu’au {figures(later)}", en=f"decided: renewed until {later}")
    return Text(fr=f"reconduite jusqu’au {figures(later)}", en=f"it runs until {later}")


def _posting_title(s: Situation, advice: PostingAdvice, rule: Termination) -> Text:
    with_reasons = Text(fr=", motivée", en=", giving reasons") if rule.reasons_required else Text(fr="", en="")
    later = next_end(s, advice.ends_on) if rule.until == "term" else None
    if rule.within is not None:
        after = event_quoted(s.convention, rule.within.event)
        return Text(
            fr=f"Dernier jour pour poster une résiliation{with_reasons.fr} (après {after.fr})",
            en=f"Last day to post a termination letter{with_reasons.en} (after {after.en})",
        )
    if rule.until == "term":
        until = "" if later is None else f" ; sinon reconduite jusqu’au {figures(later)}"
        until_en = "" if later is None else f"; otherwise renewed until {later}"
        return Text(
            fr=f"Dernier jour pour poster la dénonciation{with_reasons.fr} (fin au {figures(advice.ends_on)}{until})",
            en=f"Last day to post the denial{with_reasons.en} (ending on {advice.ends_on}{until_en})",
        )
    return Text(
        fr=f"Dernier jour pour poster une résiliation{with_reasons.fr} (fin au {figures(advice.ends_on)})",
        en=f"Last day to post a termination letter{with_reasons.en} (ending on {advice.ends_on})",
    )


def _others(s: Situation) -> str:
    return s.convention.facing


def _form_not_said(s: Situation, rule: Termination) -> Found:
    if rule.form == "unstated":
        yield Warning(
            id=f"notice-form-unsaid/{rule.id}",
            text=Text(
                fr="La clause de résiliation ne dit pas sous quelle forme : une lettre recommandée avec avis de réception "
                "est un conseil de prudence, non une exigence du texte.",
                en="The termination clause names no form: a registered letter with receipt is advice, not the clause.",
            ),
            clause=s.clause(rule.clauses),
        )
    if rule.starts == "unstated":
        yield Warning(
            id=f"notice-start-unsaid/{rule.id}",
            text=Text(
                fr="La clause ne dit pas ce qui fait courir le préavis : les jours sont calculés sur la réception, la "
                "lecture la plus prudente pour qui écrit.",
                en="The clause does not say what starts the notice: days are computed on receipt, the prudent reading.",
            ),
            clause=s.clause(rule.clauses),
        )


def _only_at_the_end(s: Situation, rule: Termination) -> Found:
    """Warn of a notice at due dates none of which comes before the end by itself."""
    end, effect = s.natural_end, s.effect_on
    if rule.until in ("any-day", "term") or end is None or effect is None or s.is_over or s.ended_early:
        return
    if all(day >= end for day in due_dates(effect, end, s.notice(rule))):
        yield Warning(
            id=f"notice-only-at-the-end/{rule.id}",
            text=Text(
                fr=f"La clause de résiliation ne permet de finir qu’à une échéance, et aucune ne vient avant le {figures(end)}, "
                "où la convention s’achève d’elle-même : elle ne sert à rien avant la fin.",
                en=f"The termination clause ends it on a due date only, and none comes before {end}, when it ends by itself: it "
                "serves nothing before the end.",
            ),
            clause=s.clause(rule.clauses),
        )


def _missed_by(s: Situation, letter: EndingLetter) -> tuple[date, date] | None:
    """Return the end that a denial of the other side came too late for, and the one it is renewed until; None if in time."""
    if not letter.received_by_us or letter.withdrawn or letter.rule.until != "term" or s.period_ends is None:
        return None
    missed = s.period_ends.period_end(letter.delivered_on or letter.presented_on or letter.posted.on)
    until = letter.ends_on or s.natural_end
    return (missed, until) if until is not None and until > missed else None


def _came_too_late(s: Situation, letter: EndingLetter, missed: date, until: date) -> Question:
    """Ask whether a denial of the other side that came too late is accepted all the same; only an amendment says so."""
    who, who_en = side_name(s, letter.posted.by), side_name(s, letter.posted.by, "en")
    answer = s.answer(f"{LATE_DENIAL}{letter.id}")
    return Question(
        id=f"{LATE_DENIAL}{letter.id}", kind="blank", answer="text", ask=s.convention.coordinator,
        about=Text(
            fr=f"Dénonciation reçue ({who}) après le dernier jour utile pour finir le {figures(missed)} : reconduite jusqu’au "
            f"{figures(until)}. L’accepter quand même ? Si oui, signer un avenant qui la fait finir le {figures(missed)}, et "
            "l’enregistrer.",
            en=f"Denial received ({who_en}) too late to end on {missed}: renewed until {until}. Accept it all the same? If so, "
            f"sign an amendment that ends it on {missed}, and record it.",
        ),
        clause=s.clause(letter.rule.clauses), answered=answer.text if answer is not None else None,
    )  # fmt: skip


def _letter(s: Situation, letter: EndingLetter) -> Found:
    effect = letter.effect
    shown = EffectRange(earliest=effect.earliest, expected=effect.expected, latest=effect.latest)
    contested = effect.earliest != effect.latest
    end = letter.own_end or effect.expected
    over = State.DONE if s.today > end else State.RUNNING
    ready = min(effect.earliest, end) if letter.alone else end  # the others must reckon with the first receipt
    missed, safe = _missed_by(s, letter), s.calendar.prev_workable(ready)
    if missed is not None and s.today <= missed[0]:
        yield _came_too_late(s, letter, *missed)
    word, word_en = ("Dénonciation", "Denial") if letter.rule.until == "term" else ("Résiliation", "Termination")
    yield Item(
        series="termination", occurrence=letter.id, kind="termination", nature=Nature.RUNNING, settled_by=None, event=letter.id,
        title=_exit_title(s, letter) if letter.alone else Text(
            fr=f"{word} postée le {figures(letter.posted.on)} : dernier jour en vigueur",
            en=f"{word_en} posted on {letter.posted.on}: last day in force",
        ),
        clause=s.clause(letter.rule.clauses), owed_by=letter.posted.by, owed_to=s.convention.together,
        opens_on=min(letter.posted.on, safe), legal_last_day=end, safe_day=safe,
        effect_range=shown if contested else None, rule="notice_last_day",
        proof=(*effect.proof, kept(end, gives="legal"), worked("prev_workable", ready, safe)),
        certainty=Certainty.CONTESTED if contested else Certainty.CERTAIN,
        state=State.CANCELLED if letter.withdrawn else over,
        responsible=(s.convention.coordinator,), informed=(s.convention.manager,),
        standing=None if missed is None else Text(
            fr=f"arrivée trop tard pour finir le {figures(missed[0])} : reconduite jusqu’au {figures(missed[1])}",
            en=f"too late to end on {missed[0]}: renewed until {missed[1]}",
        ),
    )  # fmt: skip
    if letter.outcome in ("unclaimed", "refused", "unknown-address") and not letter.received_by_us:
        for party in letter.returned_by:
            yield _serve(s, letter, party)


def _exit_title(s: Situation, letter: EndingLetter) -> Text:
    who, who_en = side_name(s, letter.posted.by), side_name(s, letter.posted.by, "en")
    return Text(
        fr=f"Sortie d’une partie ({who}), lettre postée le {figures(letter.posted.on)} : son dernier jour",
        en=f"A party leaves ({who_en}), letter posted on {letter.posted.on}: its last day",
    )


def _serve(s: Situation, letter: EndingLetter, party: str) -> Item:
    """A letter that was not delivered is worth little: have it served at once, the working day after it came back."""
    facts = (fact for _, fact in s.of(LetterReturned) if fact.letter == letter.id)
    returned = max(fact.on for fact in facts if not party or fact.party in (None, party))
    morrow = returned + timedelta(days=1)
    safe = s.calendar.next_workable(morrow)
    done = s.done_on(key_of("serve", letter.id, party))
    return Item(
        series="serve", occurrence=letter.id, step=party, kind="notification", event=letter.id,
        title=Text(
            fr="Faire signifier la résiliation par commissaire de justice (lettre non remise)",
            en="Have the termination served by a bailiff (letter not delivered)",
        ),
        clause=s.clause(letter.rule.clauses), owed_by=letter.posted.by, owed_to=party or s.convention.together, opens_on=returned,
        safe_day=safe, anchor=returned, rule="serve_policy",
        proof=(
            given(returned, letter.id, "lettre non remise, revenue le {} : "),
            plus(returned, ONE_DAY, POLICY, morrow, ""), worked("next_workable", morrow, safe),
            note("l’effet d’une lettre non réclamée est contesté ; à signifier sans attendre"),
        ),
        certainty=Certainty.POLICY, state=state_of(s, opens_on=returned, last_day=safe, done_on=done), done_on=done,
        responsible=(s.convention.coordinator, s.convention.manager),
    )  # fmt: skip


def posting(s: Situation) -> Found:
    """Warn of each letter of ours that nobody validated before it was posted, and of an end computed from another day.

    What left before the convention was registered here is left in peace.
    """
    validated: dict[tuple[str, str], LetterValidated] = {}
    gone = {one.id: one for one in postings(s)}
    for record in s.records:
        if isinstance(record.fact, LetterValidated):
            validated[record.fact.letter, series_of(record.fact.about)] = record.fact
        elif (one := gone.get(record.id)) is not None:
            read = validated.pop((one.letter, series_of(one.about)), None)
            if s.registered_on is None or one.on >= s.registered_on:
                yield from _warned(one, read)


def _warned(one: Posting, read: LetterValidated | None) -> Found:
    if read is None:
        yield _unread(one)
        return
    meant = read.posted or read.dated
    if one.letter == "termination" and meant is not None and meant != one.on:
        yield _another_day(one, meant)


def _unread(one: Posting) -> Warning:
    return Warning(
        id=f"letter-not-validated/{one.id}",
        text=Text(
            fr=f"La lettre postée le {figures(one.on)} n’avait été validée par personne ici : garder la copie de ce qui est "
            "parti, et vérifier ce qu’elle annonce.",
            en=f"Nobody had validated here the letter posted on {one.on}: keep a copy of what left, and check what it "
            "announces.",
        ),
    )


def _another_day(one: Posting, meant: date) -> Warning:
    return Warning(
        id=f"letter-another-day/{one.id}",
        text=Text(
            fr=f"La lettre validée pour un envoi le {figures(meant)} a été postée le {figures(one.on)} : le dernier jour "
            "qu’elle annonce est à comparer avec celui du calendrier.",
            en=f"The letter validated to be posted on {meant} was posted on {one.on}: compare the last day it announces "
            "with the calendar.",
        ),
    )
