"""How sure the last day in force is: printed, counted, inherited, produced by a letter or by a breach."""

from domain import parents
from domain.breach_days import end_of
from domain.items import Certainty, EffectRange
from domain.parents import OWN_DATE
from domain.situation import Situation


def end_range(s: Situation) -> EffectRange | None:
    """Return the last days in force under the readings of what decides the end, None where they agree."""
    if s.ends_on is None:
        return None
    case = s.ends_by_breach
    if case is not None:
        found = end_of(s, case)
    elif (letter := next((x for x in s.letters if x.ends_on == s.ends_on), None)) is not None:
        effect = letter.effect
        found = EffectRange(earliest=effect.earliest, expected=effect.expected, latest=effect.latest)
    else:
        found = _of_a_silent_annex(s) or _of_a_year_from_signature(s)
    return found if found is not None and found.earliest != found.latest else None


def end_certainty(s: Situation) -> Certainty:
    """Return how sure the end is; a parent that the text does not name rightly leaves it to be confirmed."""
    if s.ends_on is None or end_range(s) is not None:
        return Certainty.CONTESTED
    parent, silent = s.convention.parent, parents.fate(s)
    inherited = s.ends_on == s.parent_end and s.ends_on != s.own_end
    if inherited and parent is not None and parent.contradictory and s.answer(parents.WHICH_PARENT) is None:
        return Certainty.CONTESTED
    if s.falls_with_its_parent and silent is not None and not silent.settled:
        return Certainty.CONTESTED
    blank = s.convention.term.question or s.convention.effect.question
    return Certainty.CHOSEN if blank and s.ends_on == s.own_end else Certainty.CERTAIN


def end_rule(s: Situation) -> str:
    """Return the rule that gave the end."""
    if (case := s.ends_by_breach) is not None:
        ends = case.defined("ends")
        if case.closed is not None or ends is None:
            return "breach_recorded"
        return "answer_month" if ends.from_ == "answer" else "automatic_end"
    if any(letter.ends_on == s.ends_on for letter in s.letters if letter.ends_on is not None):
        return "notice_last_day"
    inherited = s.ends_on != s.own_end or (s.own_end is None and s.convention.parent is not None)
    return "parent_end" if inherited or s.falls_with_its_parent else "term_last_day"


def end_clauses(s: Situation) -> tuple[str, ...]:
    """Return the clauses that give the end: of the breach or of the notice that brings it, else of the term."""
    if (case := s.ends_by_breach) is not None:
        ends = case.defined("ends")
        return ends.clauses if ends is not None else case.breach.clauses
    letter = next((x for x in s.letters if x.ends_on is not None and x.ends_on == s.ends_on), None)
    return letter.rule.clauses if letter is not None else s.convention.term.clauses


def _of_a_silent_annex(s: Situation) -> EffectRange | None:
    """Its parent was ended early, its own words are silent or disputed, and nobody answered: two ends."""
    gone, silent = parents.terminated_on(s), parents.fate(s)
    if gone is None or silent is None or silent.settled or s.own_end is None or gone >= s.own_end:
        return None
    expected = s.own_end if silent.id == OWN_DATE else gone
    return EffectRange(earliest=gone, expected=expected, latest=s.own_end)


def _of_a_year_from_signature(s: Situation) -> EffectRange | None:
    """« Un an à compter de la signature »: the eve of the anniversary, or the anniversary itself."""
    if s.anniversary_end is None or s.term_reading.settled or s.ends_on != s.own_end:
        return None
    assert s.own_end is not None  # noqa: S101 - it equals the end, which is known
    return EffectRange(earliest=s.own_end, expected=s.own_end, latest=s.anniversary_end)
