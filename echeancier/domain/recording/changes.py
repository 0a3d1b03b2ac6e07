"""The terms that an amendment changes, at the front door: they fit what they come to, and lead to terms that hang together."""

from dataclasses import replace

from echeancier.domain.agenda.items import Item
from echeancier.domain.dates.first_term import TERM_UNITS
from echeancier.domain.declared import both
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.refusal import en, fr, refusal
from echeancier.domain.recording.check_context import CheckContext, agenda_or_refusal
from echeancier.domain.recording.start import problems_at_the_door
from echeancier.domain.standing.amendments import Amending, changing_terms
from echeancier.domain.standing.situation import Situation
from echeancier.domain.standing.versions import Versions, versions_of
from echeancier.domain.terms.changes import changed_blocks, changed_keys, same_as_before
from echeancier.domain.terms.convention import Convention


def check_changes(case: CheckContext, trial: Recorded) -> None:
    """Refuse changes that do not suit the terms, that change nothing, that another of the same day contradicts.

    Also those that lead to terms a convention may not have.

    Args:
        case: the convention without the amendment.
        trial: the amendment, under an id that no fact has.
    """
    s, records = case.s, (*case.s.records, trial)
    agreed = s.versions.all[0].convention if s.versions.all else s.convention
    known = versions_of(agreed, records)
    own = next(one for one in changing_terms(records) if one.fact == trial.id)
    _one_for_each_key(s, own)
    _they_fit(known, trial.id)
    number = next(number for number, one in enumerate(known.all) if one.by == own)
    _something_changes(known.all[number - 1].convention, known.all[number].convention, own)
    after = replace(s, records=records, versions=known, convention=known.all[known.on(s.today)].convention)
    _hang_together(after, number)
    _change_the_plan(case, own, after)


def check_changes_still_fit(s: Situation) -> None:
    """Refuse terms that the changes of a recorded amendment would no longer suit."""
    _they_fit(s.versions)


def _they_fit(known: Versions, own: str = "") -> None:
    for one in known.unfit:
        name = one.by.fact
        which, which_en = ("", "") if name == own else (f"l’avenant {name} : ", f"amendment {name}: ")
        said = " ; ".join(one.problems)
        raise refusal(f"ces changements ne vont pas : {which}{said}.", f"these changes do not suit: {which_en}{said}.")


def _one_for_each_key(s: Situation, own: Amending) -> None:
    """Two amendments that nothing tells apart give one key two values."""
    mine = changed_keys(own.changes)
    for known in changing_terms(s.records):
        if (known.effect, known.number) != (own.effect, own.number):
            continue
        theirs = changed_keys(known.changes)
        both_say = [key for key in mine if key in theirs and theirs[key] != mine[key]]
        if both_say:
            key = ".".join(part for part in both_say[0] if part)
            raise refusal(
                f"{key} est déjà changé par l’avenant n° {own.number} du même jour d’effet ({known.fact}), autrement : corriger "
                f"{known.fact}, ou donner à celui-ci son propre numéro, ou sa date d’effet.",
                f"{key} is changed already, otherwise, by amendment no. {own.number} of the same effect ({known.fact}): correct "
                f"{known.fact}, or give this one its own number, or its effect.",
            )


def _something_changes(before: Convention, after: Convention, own: Amending) -> None:
    for key in same_as_before(before, after, own.changes):
        raise refusal(
            f"{key} a déjà cette valeur à cette date : ne donner que ce que l’avenant change.",
            f"{key} has that value already on that day: give only what the amendment changes.",
        )


def _hang_together(after: Situation, number: int) -> None:
    """Refuse terms that would be refused of a convention that begins; what the former ones had already is let be."""
    own = {one.fr for one in problems_at_the_door(_until(after, after.versions.all[0].convention), after.today)}
    for version in after.versions.all[number:]:
        found = [
            one for one in problems_at_the_door(_until(after, version.convention), after.today) if one.fr not in own
        ]
        if found:
            said, said_en = " ; ".join(one.fr for one in found), "; ".join(one.en for one in found)
            raise refusal(
                f"ainsi amendés, les termes ne tiennent pas : {said}.", f"so amended, the terms do not hold: {said_en}."
            )


def _until(after: Situation, convention: Convention) -> Convention:
    """The terms with the end that amendments gave: what is due until then is not due after it."""
    if not after.amended_ends or after.natural_end is None:
        return convention
    term = convention.term.model_copy(update={**dict.fromkeys(TERM_UNITS), "ends_on": after.natural_end})
    return convention.model_copy(update={"term": term})


def _change_the_plan(case: CheckContext, own: Amending, after: Situation) -> None:
    """Refuse to change what has no day left to change."""
    effect, changed = own.effect, changed_blocks(own.changes)
    before, then = (_by_series(agenda.items, changed) for agenda in (case.agenda, agenda_or_refusal(after)))
    for series in changed & before.keys():
        items, now = before[series], then.get(series, ())
        over = all(one.safe_day is not None and one.safe_day < effect for one in items)
        if over and case.s.ends_on is not None and items == now:
            title = both(f"« {items[-1].title.fr} »", f"“{items[-1].title.en}”")
            last = max(one.safe_day for one in items if one.safe_day is not None)
            raise refusal(
                f"{title.fr} n’a plus d’échéance après le {fr(effect)} (la dernière : {fr(last)}) : rien ne changerait. "
                "Vérifier la date d’effet ; un seul jour se déplace par moves et moved_to.",
                f"{title.en} has no due date after {en(effect)} (the last: {en(last)}): nothing would change. Check the "
                "effect; one day is moved by moves and moved_to.",
            )


def _by_series(items: tuple[Item, ...], wanted: frozenset[str]) -> dict[str, tuple[Item, ...]]:
    return {name: found for name in wanted if (found := tuple(one for one in items if one.series == name))}
