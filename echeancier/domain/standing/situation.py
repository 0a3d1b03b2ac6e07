"""Where a convention stands at an instant: the few dates on which everything else depends."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from echeancier.domain.dates.delays import add_months, term_last_day
from echeancier.domain.dates.first_term import TermLength, first_effect, first_term
from echeancier.domain.dates.notice import NoticeTerms
from echeancier.domain.dates.term_ends import TermEnds
from echeancier.domain.facts.end import RenewedByAct
from echeancier.domain.standing import breach as breach_days
from echeancier.domain.standing import litigation as holds
from echeancier.domain.standing import parent as parents
from echeancier.domain.standing import renewals
from echeancier.domain.standing import suspension as suspensions
from echeancier.domain.standing.amendments import Amendments, NewEnd, follow_amendments, new_ends
from echeancier.domain.standing.automatic_ends import EndedOfRight, automatic_ends
from echeancier.domain.standing.breach_cases import BreachRun
from echeancier.domain.standing.ending_letters import EndingLetter, letters, notice_terms, right_of
from echeancier.domain.standing.first_ends import KnownEnd, day_of_event, of_two_ends
from echeancier.domain.standing.readings import Chosen
from echeancier.domain.standing.signing import Circulation, circulation
from echeancier.domain.standing.suspension import Pause, Prolonged
from echeancier.domain.standing.terms_and_facts import TermsAndFacts
from echeancier.domain.terms.clauses import Termination

WHICH_END = "term-day-or-length"
"""The question of a length and a last day printed one day apart; its readings are these."""
DAY_RULES, LENGTH_RULES = "day-rules", "length-rules"


@dataclass(frozen=True)
class Situation(TermsAndFacts):
    """What is known of a convention, and the dates that follow from it.

    Attributes:
        leaver: the party for which it ends when it leaves; empty for those that go on.
    """

    leaver: str = ""

    # -- signatures, effect, end -------------------------------------------------------------------------------

    @cached_property
    def signatures(self) -> dict[str, date]:
        """Day each party signed the paper that goes round now."""
        return {fact.party: fact.on for _, fact in self.circulation.signed}

    @cached_property
    def circulation(self) -> Circulation:
        """How the paper goes round for signature."""
        return circulation(self)

    @cached_property
    def last_signature(self) -> date | None:
        """Day of the last signature, None until every party has signed."""
        if any(party not in self.signatures for party in self.convention.parties):
            return None
        return max(self.signatures.values())

    @cached_property
    def effect_on(self) -> date | None:
        """First day of effect; None for « à la signature » until all have signed.

        Where the text forbids an annex to begin before its parent is signed, it waits for that signature.
        """
        effect = self.convention.effect
        if effect.rule == "fixed" or self.own_effect is None or not effect.not_before_parent_signature:
            return self.own_effect
        signed = parents.parent_signed_on(self)
        return None if signed is None else max(self.own_effect, signed)

    @cached_property
    def own_effect(self) -> date | None:
        """First day of effect by the convention's own words, whenever its parent was signed."""
        effect = self.convention.effect
        if effect.rule == "fixed":
            return self.fixed_effect
        start = self.last_signature if effect.event is None else day_of_event(self, effect.event)
        return start and first_effect(start, effect.from_, effect.not_before)

    @cached_property
    def fixed_effect(self) -> date | None:
        """The fixed day of effect: printed, or answered where the paper leaves it blank; None otherwise."""
        effect = self.convention.effect
        asked = self.answer(effect.question) if effect.question else None
        return asked.day if asked else effect.on

    @property
    def unsigned_in_force(self) -> bool:
        """Whether its fixed day of effect has come and nobody is known to have signed: the signatures would be asked for."""
        return self.fixed_effect is not None and self.fixed_effect <= self.today and not self.signatures

    @cached_property
    def operational_from(self) -> date | None:
        """Day from which duties run: the latest of effect, last signature and executory act; None until known."""
        if self.effect_on is None or self.last_signature is None:
            return None
        if self.convention.act and self.executory_on is None:
            return None
        return max(d for d in (self.effect_on, self.last_signature, self.executory_on) if d is not None)

    @cached_property
    def amended_ends(self) -> tuple[date, ...]:
        """The last days that amendments gave, in the order of their own effect, whatever the order of telling."""
        return tuple(end.ends_on for end in self.amendments.kept)

    @cached_property
    def extensions(self) -> int:
        """How many amendments carried the end further than it stood before them: those renewed it, the others did not."""
        return self.amendments.extensions

    @cached_property
    def renewed_on(self) -> tuple[date, ...]:
        """The day of each act that renewed it for a period, amendments aside."""
        return tuple(sorted(fact.on for _, fact in self.of(RenewedByAct)))

    @cached_property
    def amendment(self) -> NewEnd | None:
        """The amendment that gives the last day, None without any."""
        return next(reversed(self.amendments.kept), None)

    @cached_property
    def amendments(self) -> Amendments:
        """The amendments as they count, one after the other."""
        return follow_amendments(self)

    @cached_property
    def own_end(self) -> date | None:
        """Last day by the convention's own words, amendments, suspensions and renewals, whatever its parent does.

        None for a term that renews itself without end: no last day is ever invented.
        """
        if self.prolonged is None or self.agreed_end is None:
            return None
        cap = renewals.ruling_cap(self)
        begun = self.effect_on is None or cap is None or cap >= self.effect_on  # a cap before the effect says nothing
        if cap is not None and begun and self.prolonged.at_least > cap:
            return cap if self.amendment is None else max(cap, self.agreed_end)
        return None if self.prolonged.end is None else self.prolonged.ends.final

    @cached_property
    def prolonged(self) -> Prolonged | None:
        """What suspensions make of the ends of the term and its amendments; None while the first one is unknown."""
        signed = None if self.amendment is None else self.amendment.signed
        ends = self.amendments.ends
        return None if ends is None else suspensions.prolonged(self, ends, signed)

    @cached_property
    def term_ends(self) -> TermEnds | None:
        """The ends of its term by its own words, one per period where it renews itself; None while the first is unknown."""
        return None if self.prolonged is None else self.prolonged.ends

    @property
    def is_tacit(self) -> bool:
        """Whether it renews itself unless somebody writes (« tacite reconduction »)."""
        return self.convention.renewal.is_tacit

    @cached_property
    def was_prolonged(self) -> bool:
        """Whether suspensions moved the last day by its own words."""
        return self.prolonged is not None and bool(self.prolonged.counted) and self.own_end != self.agreed_end

    @cached_property
    def runs_at_least(self) -> date | None:
        """The day before which its own words cannot end it, while a suspension that prolongs it runs; None otherwise."""
        given_back = self.prolonged
        running = given_back is not None and given_back.end is None and self.own_end is None
        return given_back.at_least if running and given_back and not self.convention.term.with_parent else None

    @cached_property
    def agreed_end(self) -> date | None:
        """Last day by the words of the term and its amendments, as if nothing had been suspended or renewed."""
        return self.first_end if self.amendment is None else self.amendment.ends_on

    @cached_property
    def first_end(self) -> date | None:
        """Last day of the first term, before any amendment: printed, answered, or counted from the effect."""
        term = self.convention.term
        if term.event is not None:
            return day_of_event(self, term.event)
        if term.ends_on is not None or self.two_ends is not None:
            return self._printed_end if self.two_ends is None else self.two_ends.day
        asked = self.answer(term.question) if term.question else None
        if asked is not None and asked.day is not None:
            return asked.day
        if self.first_length is None or self.effect_on is None:
            return None
        if self.anniversary_end and self.term_reading.id == "anniversary":
            return self.anniversary_end
        return first_term(self.effect_on, self.first_length)

    @property
    def _printed_end(self) -> date | None:
        """The last day printed, unless it was answered that the length printed beside it counts."""
        answer = self.answer(WHICH_END)
        counts = answer is not None and answer.reading == LENGTH_RULES and self.counted_beside is not None
        return self.counted_beside if counts else self.convention.term.ends_on

    @cached_property
    def two_ends(self) -> KnownEnd | None:
        """What is known of a term that ends on the first or the last of two days; None for any other term."""
        return of_two_ends(self)

    @cached_property
    def ends_at_most(self) -> date | None:
        """The day that a last day still unknown cannot come after; None where nothing is known of it."""
        return self._at_the_latest if self.natural_end is None else None

    @cached_property
    def _at_the_latest(self) -> date | None:
        """The same, of a term that waits for an event: the other of its two ends, its cap, the end of its parent."""
        if not self.awaits_an_event:
            return None
        parent = self.parent_end if self.convention.term.within_parent else None
        days = (self.two_ends and self.two_ends.at_most, self.cap, parent)
        return min((day for day in days if day is not None), default=None)

    @cached_property
    def awaits_an_event(self) -> bool:
        """Whether an event still to come gives its last day, and no amendment does."""
        waits = self.convention.term.event is not None or self.two_ends is not None
        return waits and self.agreed_end is None

    @cached_property
    def latest_end(self) -> date | None:
        """The day that no letter can carry it beyond: its natural end, or the latest that it may be; None without either."""
        return self.natural_end or self.ends_at_most

    @cached_property
    def counted_beside(self) -> date | None:
        """The last day that the length printed beside a last day gives, where they differ; None otherwise.

        A fixed effect leaves one day between them at most, or the file is refused; a signature, as much as it comes late.
        """
        printed, length = self.convention.term.ends_on, self.first_length
        if printed is None or length is None or self.effect_on is None:
            return None
        counted = first_term(self.effect_on, length)
        return counted if counted != printed else None

    @cached_property
    def first_length(self) -> TermLength | None:
        """The length of the first term: printed, or answered where the paper leaves it blank; None where no length is said."""
        term = self.convention.term
        asked = self.answer(term.question) if term.question else None
        if asked is not None:
            return None if asked.months is None else TermLength("months", asked.months)
        return term.length

    @cached_property
    def term_reading(self) -> Chosen:
        """How « un an à compter de la signature » ends: on the eve of the anniversary, unless somebody answers."""
        return self.reading(self.convention.term.clauses, ("eve", "anniversary"), "eve")

    @cached_property
    def anniversary_end(self) -> date | None:
        """The other reading of a term counted from a signature: the anniversary itself; None where nothing is contested.

        A first day that the text names (« le premier jour du mois suivant », « au plus tôt le … ») counts: nothing to read.
        """
        effect, term = self.convention.effect, self.convention.term
        named = effect.from_ is not None or (effect.not_before is not None and self.effect_on == effect.not_before)
        months = term.length.months if term.length is not None else None
        counted = effect.rule == "last-signature" and not named and term.ends_on is None and not new_ends(self)
        if not counted or months is None or self.effect_on is None:
            return None
        return add_months(self.effect_on, months)

    @cached_property
    def parent_end(self) -> date | None:
        """The parent's last day as it binds this convention, None while unknown."""
        return parents.parent_end(self)

    @cached_property
    def natural_end(self) -> date | None:
        """Last day in force if nobody ends it early, all its renewals included; None while it cannot be known."""
        term = self.convention.term
        if term.with_parent:
            return self.parent_end
        if self.awaits_an_event:  # once the latest day is over, it was that one: the event has not come
            latest = self._at_the_latest
            return latest if latest is not None and self.today > latest else None
        if term.within_parent:
            if self.parent_end is None:
                return None
            if self.own_end is None and (self.runs_at_least is not None or term.question is not None):
                known = self.runs_at_least is not None and self.parent_end <= self.runs_at_least
                return self.parent_end if known else None
            return min(d for d in (self.own_end, self.parent_end) if d is not None)
        return self.own_end

    @cached_property
    def cap(self) -> date | None:
        """The day that nothing may outlive, None without such a clause or effect."""
        return self.convention.renewal.cap_day(self.effect_on)

    @cached_property
    def ends_on(self) -> date | None:
        """Last day in force, as now known: the natural end or an early one; None while something may still renew it."""
        letters_end = [letter.ends_on for letter in self.letters]
        letters_end += [self._leaving[self.leaver]] if self.leaver in self._leaving else []
        natural = self.natural_end
        if natural is not None and self.is_tacit and not renewals.is_settled(self, natural):
            natural = None
        of_right = (end.ends_on for end in self.automatic_ends)
        known = [natural, parents.falls_on(self), *letters_end, *self.breach_ends.values(), *of_right]
        days = [day for day in known if day is not None]
        if self.runs_at_least is not None:  # it may resume, and end by its own words, before a later day comes
            days = [day for day in days if day <= self.runs_at_least]
        return min(days) if days else None

    @cached_property
    def automatic_ends(self) -> tuple[EndedOfRight, ...]:
        """The events that end it by themselves, before its natural end, the earliest end first."""
        natural = self.natural_end
        return tuple(end for end in automatic_ends(self) if natural is None or end.ends_on < natural)

    @cached_property
    def ended_of_right(self) -> EndedOfRight | None:
        """The event that ends it by itself, None when something else does."""
        return next((end for end in self.automatic_ends if end.ends_on == self.ends_on), None)

    @cached_property
    def renews_itself(self) -> bool:
        """Whether, as things stand, it goes on at the end of its period unless somebody writes."""
        return self.is_tacit and self.ends_on is None and self.period_end is not None

    @cached_property
    def period_ends(self) -> TermEnds | None:
        """The ends at which it renews itself or is over, those of its parent's making included; None while unknown."""
        return None if self.term_ends is None else self.term_ends.within(self.natural_end)

    @cached_property
    def period_end(self) -> date | None:
        """Last day of the period that runs today; the last day in force where it does not renew itself, or no longer.

        None while a suspension that prolongs it runs.
        """
        known = self.is_tacit and self.period_ends is not None and self.runs_at_least is None
        if self.ends_on is not None or self.period_ends is None or not known:
            return self.ends_on
        return self.period_ends.period_end(self.today)

    @cached_property
    def bound_until(self) -> date | None:
        """« Engagés jusqu’au »: the first end that a letter posted today could still bring; the last day in force otherwise.

        Where nothing says which letter stops it, the end of the period that runs, at least.
        """
        denials = renewals.denials_of(self.convention)
        return min((day for rule in denials if (day := self.bound_by(rule)) is not None), default=self.period_end)

    def bound_by(self, rule: Termination) -> date | None:
        """Return the first end that a letter of one clause posted today could still bring; None while it is unknown."""
        if self.ends_on is not None or self.period_end is None or self.period_ends is None:
            return self.period_end
        return self.period_ends.bound_until(self.today, self.notice(rule), self.calendar)

    def notice(self, rule: Termination) -> NoticeTerms:
        """Return a termination clause as the notice calculator takes it, with the ends at which a denial may bite."""
        ends = self.period_ends if rule.until == "term" and self.period_ends is not None else ()
        return notice_terms(rule, ends, right_of(self, rule))

    def is_pointless(self, rule: Termination, end: date) -> bool:
        """Whether a notice that ends it on a day is not worth a letter: it ends by itself then at the latest, or soon after.

        A denial also stops what would follow the period: it is pointless for the natural end alone.
        """
        least = 1 if rule.until == "term" else self.policy.pointless_notice_days
        return self.latest_end is not None and (self.latest_end - end).days < least

    @cached_property
    def breach_ends(self) -> dict[str, date]:
        """Last day in force that each breach produces, by the id of its case; what the term ends first is left out."""
        found: dict[str, date] = {}
        for case in self.breach_cases:
            end = breach_days.end_of(self, case)
            if end is None:
                continue
            day = breach_days.lived_by(self, case, end)
            if self.natural_end is None or day < self.natural_end:
                found[case.id] = day
        return found

    @cached_property
    def ends_by_breach(self) -> BreachRun | None:
        """The breach that ends the convention, None when something else does."""
        ends = self.breach_ends
        return next((case for case in self.breach_cases if case.id in ends and ends[case.id] == self.ends_on), None)

    @cached_property
    def end_is_conditional(self) -> bool:
        """Whether the end only comes if nobody prevents it, and there is still time to: nobody is told of it yet."""
        if (of_right := self.ended_of_right) is not None:
            return of_right.rule.unless is not None and self.today <= of_right.ends_on
        case = self.ends_by_breach
        if case is None or case.closed is not None or (window := breach_days.window_of(self, case)) is None:
            return False
        return case.defined("cure") is not None and self.today <= window.last

    @cached_property
    def pauses(self) -> tuple[Pause, ...]:
        """Every suspension, those to come included."""
        return suspensions.pauses(self)

    @cached_property
    def letters(self) -> tuple[EndingLetter, ...]:
        """The letters ending the convention, each with the effect its facts give it."""
        return letters(self)

    @cached_property
    def _leaving(self) -> dict[str, date]:
        """The last day of each party that leaves alone, whatever ends the convention."""
        found: dict[str, date] = {}
        for letter in self.letters:
            if letter.alone and letter.own_end is not None:
                found[letter.posted.by] = min(letter.own_end, found.get(letter.posted.by, letter.own_end))
        return found

    @cached_property
    def exits(self) -> dict[str, date]:
        """The last day of each party that leaves before the convention ends, while two others at least go on."""
        return {party: day for party, day in self._leaving.items() if self.ends_on is None or day < self.ends_on}

    def has_left(self, party: str, day: date) -> bool:
        """Whether a party is out on a day, the others going on."""
        return party in self.exits and day > self.exits[party]

    def as_left(self, party: str) -> "Situation":
        """Return what it is for a party that leaves: for it, the convention ends on its own last day."""
        return replace(self, leaver=party)

    def by_version(self, number: int) -> "Situation":
        """Return what it is by one version of its terms alone."""
        return replace(self, convention=self.versions.all[number].convention, version=number)

    def under_terms_of(self, day: date) -> "Situation":
        """Return what it is by the terms in force on a day: those that a letter posted then goes by."""
        return self.by_version(self.versions.on(day)) if self.versions.all else self

    @cached_property
    def ended_early(self) -> bool:
        """Whether a notice cuts the natural term short, its own or its parent's that it falls with."""
        if self.ends_on is None:
            return False
        return self.ends_on != self.natural_end or self.falls_with_its_parent

    @cached_property
    def is_denied(self) -> bool:
        """Whether a letter that stops its renewal ends it, at the end of a period."""
        ending = (letter for letter in self.letters if letter.ends_on is not None and letter.ends_on == self.ends_on)
        return any(letter.rule.until == "term" for letter in ending)

    @cached_property
    def falls_with_its_parent(self) -> bool:
        """Whether it ends early because its parent was ended early."""
        gone = parents.falls_on(self)
        return gone is not None and gone == self.ends_on

    @property
    def is_over(self) -> bool:
        """Whether the last day in force is behind us."""
        return self.ends_on is not None and self.today > self.ends_on

    @cached_property
    def in_litigation(self) -> bool:
        """Whether a litigation was opened, and neither closed nor its hold lifted since."""
        return holds.in_litigation(self)

    def anniversary(self, years: int) -> date | None:
        """Return the first day after so many whole years from the effect, None without an effect."""
        return None if self.effect_on is None else term_last_day(self.effect_on, 12 * years) + timedelta(days=1)
