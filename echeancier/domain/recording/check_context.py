"""What a check looks at: the fact at the door, and the convention as it stands without it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar, get_args, get_type_hints

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.declared import both
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.refusal import Refusal, nearest, refusal, unknown
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention


def situation_at(dossier: Dossier, records: tuple[Recorded, ...], at: datetime) -> Situation:
    """Return the situation of a dossier with these records instead of its own, seen at an aware instant."""
    bare = situation(dossier.convention, records, at)
    registered_on = dossier.registered_at.astimezone(bare.zone).date()
    return situation(dossier.convention, records, at, registered_on=registered_on)


def agenda_or_refusal(s: Situation) -> Agenda:
    """Return the agenda of a situation.

    Raises:
        Refusal: a date cannot be computed (the calendar ends, days contradict each other).
    """
    try:
        return agenda_of(s)
    except (ValueError, OverflowError) as error:
        raise refusal(
            f"avec ce fait, le calendrier de la convention ne peut plus être calculé : {error}. Vérifier les dates.",
            f"with this fact the convention’s calendar can no longer be computed: {error}. Check the dates.",
        ) from error


@dataclass(frozen=True)
class CheckContext:
    """The convention as it stands when a fact is brought to the door.

    Attributes:
        s: the situation at the instant of recording, without the fact.
        outbox: the messages ordered so far.
    """

    s: Situation
    outbox: tuple[Message, ...] = ()

    @property
    def convention(self) -> Convention:
        """The terms."""
        return self.s.convention

    @property
    def today(self) -> date:
        """The local day of recording."""
        return self.s.today

    @cached_property
    def agenda(self) -> Agenda:
        """The agenda without the fact."""
        return agenda_or_refusal(self.s)

    def item(self, key: str) -> Item:
        """Return the item of that key.

        Raises:
            Refusal: there is none; the nearest keys are named.
        """
        found = self.agenda.item(key)
        if found is not None:
            return found
        keys = [item.key for item in self.agenda.items]
        same_duty = [item.key for item in self.agenda.items if item.series == series_of(key)]
        what = both("l’échéance", "the item")
        if same_duty and not nearest(key, same_duty):
            shown = ", ".join(same_duty[:12])
            raise refusal(
                f"l’échéance « {key} » n’existe pas ; celles de cette obligation sont : {shown}.",
                f"the item “{key}” does not exist; those of this duty are: {shown}.",
            )
        raise unknown(what, key, same_duty or keys)

    def party(self, key: str) -> None:
        """Check that a party is one of the convention's.

        Raises:
            Refusal: it is not.
        """
        if key not in self.convention.parties:
            raise unknown(both("la partie", "the party"), key, self.convention.parties)

    def quote(self, clauses: tuple[str, ...]) -> str:
        """Return the clause that decides, as quoted in a French refusal."""
        clause = self.s.clause(clauses)
        return f"{clause.article} : {clause.says}"

    def quote_en(self, clauses: tuple[str, ...]) -> str:
        """Return the clause that decides, as quoted in an English refusal."""
        clause = self.s.clause(clauses)
        return f"{clause.article}: {clause.meaning.en}"

    def in_force(self, what: str, what_en: str) -> date:
        """Return the day from which the convention is in force.

        Raises:
            Refusal: it is not in force yet; what is missing is named.
        """
        start = self.s.operational_from
        if start is not None:
            return start
        raise self._not_in_force(what, what_en)

    def _not_in_force(self, what: str, what_en: str) -> Refusal:
        s = self.s
        missing = [f"signed ({party})" for party in s.convention.parties if party not in s.signatures]
        for act in s.deliberations:
            which = "" if act.alone else f" ({act.name})"
            missing += [f"act-published{which}"] if act.published_on is None else []
            missing += [f"act-transmitted{which}"] if act.transmitted_on is None else []
        shown = ", ".join(missing)
        return refusal(
            f"{what} : la convention n’est pas encore en vigueur. Enregistrer d’abord : {shown}.",
            f"{what_en}: the convention is not in force yet. Record first: {shown}.",
        )


CHECKS: dict[type, Callable[[CheckContext, Any], None]] = {}
"""Model of a fact -> what it passes at the door; a test holds it complete."""


@dataclass(frozen=True)
class Change:
    """A fact that goes away or is corrected.

    Attributes:
        gone: the fact as it was.
        before, after: the convention with it, and without it or with its corrected version.
    """

    gone: Recorded
    before: Situation
    after: Situation

    @cached_property
    def lost(self) -> frozenset[str]:
        """The keys of the items that are there no more."""
        keys = [{item.key for item in agenda_or_refusal(s).items} for s in (self.before, self.after)]
        return frozenset(keys[0] - keys[1])

    @cached_property
    def cancelled(self) -> bool:
        """Whether the fact went away altogether."""
        return all(r.id != self.gone.id for r in self.after.records)

    @property
    def out_of_force(self) -> bool:
        """Whether the convention was in force with it and is no more."""
        return self.before.operational_from is not None and self.after.operational_from is None


HANGS: dict[type, Callable[[Any, Change], bool]] = {}
"""Model of a fact -> whether it no longer holds once another one changed; a kind left out holds by itself."""


_F = TypeVar("_F")


def check(function: Callable[[CheckContext, _F], None]) -> Callable[[CheckContext, _F], None]:
    """Register a check for the kinds of fact that its second argument names."""
    CHECKS.update(dict.fromkeys(_kinds_of(function), function))
    return function


def hangs(function: Callable[[_F, Change], bool]) -> Callable[[_F, Change], bool]:
    """Register what a fact hangs on, for the kinds of fact that its first argument names."""
    HANGS.update(dict.fromkeys(_kinds_of(function), function))
    return function


def _kinds_of(function: Callable[..., object]) -> tuple[type, ...]:
    kinds = get_type_hints(function)["fact"]
    return get_args(kinds) or (kinds,)
