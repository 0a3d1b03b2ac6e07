"""What happens at the end of a term: it ends, it is renewed by an act, or it renews itself."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field, StrictInt, model_validator

from echeancier.domain.dates.delay import DelayBeforeEnd
from echeancier.domain.dates.delays import term_last_day
from echeancier.domain.dates.first_term import TermLength, TermUnit
from echeancier.domain.declared import field_words
from echeancier.domain.model import Day, Frozen, Months
from echeancier.domain.terms.fields import (
    DELAY_HINT,
    BlockWords,
    CitedIfAny,
    NeedKey,
    PartyKey,
    WithFormerKeys,
    block_words,
)

UpTo50 = Annotated[StrictInt, Field(ge=1, le=50)]
"""A number of years: fifty at most, as for months."""

_PERIOD_UNITS: Final[tuple[TermUnit, ...]] = ("months", "years", "civil_years", "school_years")


class RenewalPeriod(Frozen):
    """For how long each time, in exactly one unit.

    Attributes:
        months: counted from the effect, as the term.
        years: twelve months each.
        civil_years: until 31 December of the last of them.
        school_years: until the end of the last of them, on the day the term says.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Durée de chaque renouvellement", "Length of each renewal"))
    months: Annotated[
        Months | None,
        field_words(
            "En mois",
            "In months",
            hint=(
                "Vide si le papier ne le dit pas : pour une tacite reconduction, la question sera posée.",
                "Empty where the paper does not say it: for a tacit renewal, the question will be asked.",
            ),
        ),
    ] = None
    years: Annotated[UpTo50 | None, field_words("Ou en années", "Or in years")] = None
    civil_years: Annotated[UpTo50 | None, field_words("Ou en années civiles", "Or in civil years", folded=True)] = None
    school_years: Annotated[UpTo50 | None, field_words("Ou en années scolaires", "Or in school years", folded=True)] = (
        None
    )

    @model_validator(mode="after")
    def _one_unit(self) -> "RenewalPeriod":
        if sum(getattr(self, unit) is not None for unit in _PERIOD_UNITS) != 1:
            raise ValueError(
                "renewal.period : une seule durée, comme { months = 12 } ; ou years, civil_years, school_years"
            )
        return self

    def length(self, school_year_ends: tuple[int, int] | None = None) -> TermLength:
        """Return the length of one period, with the day that ends a school year where the term says it."""
        unit = next(unit for unit in _PERIOD_UNITS if getattr(self, unit) is not None)
        return TermLength(unit, getattr(self, unit), school_year_ends)


class Cap(Frozen):
    """How long it may last in all, from the effect, in exactly one unit.

    Attributes:
        months: in all, whatever amends, renews or suspends it.
        years: twelve months each.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Plafond, tout compris", "Cap, everything included"))
    months: Annotated[
        Months | None,
        field_words(
            "En mois depuis la prise d’effet",
            "In months from the effect",
            hint=(
                "Tout compris : « sans pouvoir excéder trois ans » fait 36. La durée, elle, s’arrête au premier terme.",
                "Everything included: “no more than three years” makes 36. The term itself stops at its first end.",
            ),
        ),
    ] = None
    years: Annotated[UpTo50 | None, field_words("Ou en années", "Or in years")] = None

    @model_validator(mode="after")
    def _one_unit(self) -> "Cap":
        if (self.months is None) == (self.years is None):
            raise ValueError("renewal.cap : des mois ou des années, comme { months = 36 }")
        return self

    @property
    def length(self) -> TermLength:
        """The length in all."""
        return TermLength("years", self.years) if self.years is not None else TermLength("months", self.months or 0)

    def ends_on(self, effect: date) -> date:
        """Return the last day that nothing may outlive."""
        return term_last_day(effect, self.length.months or 0)


_FORMER_HOW: Final = {
    "not-provided": 'how = "none"',
    "amendment": 'how = "express"',
    "same-terms": 'how = "express"',
}


class Renewal(WithFormerKeys):
    """What happens at the end: nothing (it ends), a renewal by an act, with the parent, or a renewal by itself (« tacite »).

    Attributes:
        how: ends, unless …; « tacite reconduction » is ``tacit``, whatever must be written to stop it.
        period: for how long each time; of an express renewal, at most.
        times: how many times at most.
        cap: how long in all, amendments, renewals and suspensions included; with any ``how``.
        cap_on: the same as a last day.
        deadline: how long before the end an express renewal must be done; until the end when left out.
        done_by: ``both`` sign an express renewal (an amendment), or ``one`` party decides it by an act of its own.
        who: the party that decides it alone.
        needs: ids of duties without which nothing is renewed, each kept in the period that ends.
        nothing_follows: nothing is prepared after it: the annex of one year, which that of the next replaces.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Renouvellement", "Renewal"))
    FORMER: ClassVar[Mapping[str, str]] = {"months": "period = { months = 12 }"}
    how: Annotated[
        Literal["none", "express", "tacit", "with-parent"],
        field_words(
            "À la fin",
            "At the end",
            values={
                "none": ("elle s’arrête : le texte ne prévoit rien", "it ends: the text provides nothing"),
                "express": (
                    "elle s’arrête, sauf acte signé qui la renouvelle",
                    "it ends, unless a signed act renews it",
                ),
                "tacit": (
                    "tacite reconduction : elle se renouvelle d’elle-même, sauf lettre",
                    "tacit renewal: it renews itself, unless a letter stops it",
                ),
                "with-parent": (
                    "elle suit sa convention mère, si celle-ci est prolongée",
                    "it follows its parent, if extended",
                ),
            },
        ),
    ] = "none"
    period: Annotated[RenewalPeriod | None, field_words("Durée de chaque renouvellement", "Length of each renewal")] = (
        None
    )
    times: Annotated[int | None, field_words("Combien de fois, au plus", "How many times, at most")] = Field(
        default=None, ge=1, le=50
    )
    cap: Annotated[Cap | None, field_words("Plafond, tout compris", "Cap, everything included")] = None
    cap_on: Annotated[
        Day | None,
        field_words("Ou jour que rien ne peut dépasser", "Or the day nothing may outlive", folded=True),
    ] = None
    deadline: Annotated[
        DelayBeforeEnd | None,
        field_words(
            "À renouveler au plus tard, avant la fin",
            "To be renewed at the latest, before the end",
            hint=DELAY_HINT,
            folded=True,
        ),
    ] = None
    done_by: Annotated[
        Literal["both", "one"],
        field_words(
            "Renouvelée par",
            "Renewed by",
            values={
                "both": ("un acte signé par toutes les parties", "an act signed by all parties"),
                "one": ("la décision d’une seule partie", "the decision of one party"),
            },
            folded=True,
        ),
    ] = "both"
    who: Annotated[
        PartyKey | None, field_words("Laquelle, si une seule décide", "Which one, if one decides", folded=True)
    ] = None
    needs: Annotated[
        tuple[NeedKey, ...],
        field_words(
            "Seulement une fois faits (identifiants)",
            "Only once done (ids)",
            label=("Seulement une fois faits", "Only once done"),
            folded=True,
        ),
    ] = ()
    nothing_follows: Annotated[
        bool,
        field_words(
            "Rien n’est à préparer pour la suite (l’annexe d’une année, que la suivante remplace)",
            "Nothing is to be prepared after it (the annex of one year, replaced by the next)",
            folded=True,
        ),
    ] = False
    clauses: CitedIfAny = ()

    @model_validator(mode="before")
    @classmethod
    def _former_ways(cls, given: Any) -> Any:
        former = _FORMER_HOW.get(str(given.get("how"))) if isinstance(given, dict) else None
        if former is not None:
            raise ValueError(f"« {given['how']} » ne s’écrit plus ainsi : {former}")
        return given

    @model_validator(mode="after")
    def _computed(self) -> "Renewal":
        renews = self.how in ("express", "tacit")
        for name in ("period", "times"):
            if getattr(self, name) is not None and not renews:
                raise ValueError(f'renewal : {name} ne va qu’à un renouvellement (how = "express" ou "tacit")')
        for name in ("deadline", "who", "needs"):
            if getattr(self, name) and self.how != "express":
                raise ValueError(f'renewal : {name} ne va qu’à un renouvellement par un acte (how = "express")')
        if self.nothing_follows and self.how != "none":
            raise ValueError('renewal : nothing_follows ne va qu’à ce qui s’arrête (how = "none") : ôter l’un des deux')
        if (self.done_by == "one") != (self.who is not None) or (self.done_by == "one" and self.how != "express"):
            raise ValueError(
                'renewal : done_by = "one" ne va qu’à un renouvellement par un acte (how = "express"), avec who : quelle partie'
            )
        if self.done_by == "one" and self.period is None:
            raise ValueError("renewal : renouvelée par une seule partie, pour combien de temps ? Donner period")
        if self.cap is not None and self.cap_on is not None:
            raise ValueError("renewal : un plafond se dit en durée (cap) ou par un jour (cap_on), pas les deux")
        return self

    @property
    def is_tacit(self) -> bool:
        """Whether it renews itself unless somebody writes."""
        return self.how == "tacit"

    @property
    def is_its_own(self) -> bool:
        """Whether the text says something of its renewal that a parent's would not settle, or that nothing follows."""
        return (
            self.is_tacit or self.nothing_follows or any((self.period, self.times, self.deadline, self.who, self.needs))
        )

    def cap_day(self, effect: date | None) -> date | None:
        """Return the day that nothing may outlive; None without a cap, or while the effect it is counted from is unknown."""
        if self.cap_on is not None:
            return self.cap_on
        return None if self.cap is None or effect is None else self.cap.ends_on(effect)
