"""How a convention begins, and how long its first term lasts."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, StrictInt, model_validator

from echeancier.domain.dates.delay import FirstDay
from echeancier.domain.dates.first_term import TERM_UNITS, TermLength
from echeancier.domain.declared import field_words
from echeancier.domain.model import Day, DayOfYear, Frozen, Months, Slug
from echeancier.domain.terms.fields import DAY_OF_YEAR_HINT, BlockWords, Cited, EventKey, WithFormerKeys, block_words
from echeancier.domain.terms.renewal import UpTo50


class Effect(Frozen):
    """When the convention takes effect: on a fixed day, at the last signature or an event, or on a day counted from it.

    Attributes:
        on: the fixed day.
        event: what it waits for (its notification, its transmission, …), recorded when it happens.
        from_: the first day is named: the day after the last signature or the event, or the first of the month after it.
        not_before: « au plus tôt le … », however early it is signed: the later counts.
        question: the id of the question that asks for it, where the paper leaves it blank; no date runs until the answer.
    """

    model_config = ConfigDict(serialize_by_alias=True)  # « from » is a word of Python: written and read by its alias

    WORDS: ClassVar[BlockWords] = block_words(called=("Prise d’effet", "Effect"))
    rule: Annotated[
        Literal["fixed", "last-signature", "event"],
        field_words(
            "Prend effet",
            "Takes effect",
            values={
                "fixed": ("à un jour fixe", "on a fixed day"),
                "last-signature": ("à la dernière signature", "at the last signature"),
                "event": ("à un événement (sa notification, sa transmission)", "at an event (its notification)"),
            },
        ),
    ]
    on: Annotated[
        Day | None,
        field_words(
            "Jour fixe (vide : laissé en blanc, la question sera posée)",
            "Fixed day (empty: left blank, the question will be asked)",
        ),
    ] = None
    question: Annotated[
        Slug | None,
        field_words("Question qui demandera le jour", "Question that asks for the day", folded=True, of_file=True),
    ] = None
    event: Annotated[
        EventKey | None,
        field_words(
            "Événement attendu (clé)",
            "Event awaited (key)",
            label=("Événement attendu", "Event awaited"),
            hint=(
                "L’événement à enregistrer, comme convention-notifiee.",
                "The event to record, as convention-notified.",
            ),
            folded=True,
        ),
    ] = None
    from_: Annotated[
        FirstDay | None,
        field_words(
            "Premier jour, s’il n’est pas celui de la signature",
            "First day, where it is not that of the signature",
            values={
                "next-day": ("le lendemain", "the day after"),
                "next-month": ("le premier jour du mois suivant", "the first day of the next month"),
            },
            folded=True,
        ),
    ] = Field(default=None, alias="from")
    not_before: Annotated[
        Day | None,
        field_words("Au plus tôt le, même signée avant", "Not before, even if signed earlier", folded=True),
    ] = None
    not_before_parent_signature: Annotated[
        bool,
        field_words("Pas avant la signature de la convention mère", "Not before the parent is signed", folded=True),
    ] = False
    clauses: Cited

    @model_validator(mode="after")
    def _fixed_has_a_day(self) -> "Effect":
        if (self.rule == "fixed") != (self.on is not None or self.question is not None) or (self.on and self.question):
            raise ValueError(
                'effect : rule = "fixed" demande on = AAAA-MM-JJ, ou question (qui le demandera), et lui seul'
            )
        return self

    @model_validator(mode="after")
    def _counted_from_a_signature(self) -> "Effect":
        if (self.rule == "event") != (self.event is not None):
            raise ValueError('effect : rule = "event" demande event, l’événement attendu, et lui seul le prend')
        if self.rule == "fixed" and (self.from_ is not None or self.not_before is not None):
            raise ValueError(
                'effect : from et not_before se comptent de la signature (rule = "last-signature") ou de l’événement ; un jour '
                "fixe s’écrit dans on"
            )
        return self


class TermEnd(Frozen):
    """One of two ends, of which the first or the last rules: a length, a last day, or an event; exactly one of them.

    Attributes:
        months: counted from the effect; ``years``, ``weeks``, ``days``, ``civil_years``, ``school_years`` likewise.
        ends_on: the last day.
        event: its day, once recorded.
    """

    WORDS: ClassVar[BlockWords] = block_words(
        called=("Une des deux fins", "One of two ends"), adding=("Ajouter une fin", "Add an end")
    )
    months: Annotated[Months | None, field_words("En mois", "In months")] = None
    years: Annotated[UpTo50 | None, field_words("En années", "In years")] = None
    weeks: Annotated[
        Annotated[StrictInt, Field(ge=1, le=2600)] | None, field_words("En semaines", "In weeks", folded=True)
    ] = None
    days: Annotated[
        Annotated[StrictInt, Field(ge=1, le=18_300)] | None, field_words("En jours", "In days", folded=True)
    ] = None
    civil_years: Annotated[UpTo50 | None, field_words("En années civiles", "In civil years", folded=True)] = None
    school_years: Annotated[UpTo50 | None, field_words("En années scolaires", "In school years", folded=True)] = None
    ends_on: Annotated[Day | None, field_words("Ce jour", "That day")] = None
    event: Annotated[
        EventKey | None,
        field_words(
            "Le jour d’un événement (clé)",
            "The day of an event (key)",
            label=("Le jour d’un événement", "The day of an event"),
        ),
    ] = None

    @model_validator(mode="after")
    def _one_saying(self) -> "TermEnd":
        said = [name for name in (*TERM_UNITS, "ends_on", "event") if getattr(self, name) is not None]
        if len(said) != 1:
            raise ValueError(
                f"term : chacune des deux fins se dit d’une seule façon ({', '.join(TERM_UNITS)}, ends_on ou event)"
            )
        return self

    @property
    def length(self) -> TermLength | None:
        """Its length, None where it is a day or an event."""
        unit = next((unit for unit in TERM_UNITS if getattr(self, unit) is not None), None)
        return None if unit is None else TermLength(unit, getattr(self, unit))


class Term(WithFormerKeys):
    """How long it lasts.

    Attributes:
        months: printed duration; a term has one length only, in one of these units.
        years: twelve months each.
        weeks: seven days each, the first day counted.
        days: calendar days, the first day counted.
        civil_years: until 31 December of the last of them; the first may be partial.
        school_years: until the end of the last of them; the first may be partial.
        school_year_ends: the last day of a school year, month then day; 31 August unless given, which leaves it contested.
        ends_on: printed last day; it may stand beside months or years, with which it must agree.
        within_parent: it may not outlive its parent.
        with_parent: it ends when its parent ends.
        question: the id of the question that asks for it, where the paper leaves it blank: a last day or a number of
            months; the end is unknown until the answer.
        unlimited: « durée indéterminée »: no last day, ever (C. civ. art. 1211).
        event: it ends on the day of an event (the reception of works, the end of a mandate), unknown until it is recorded.
        earlier_of: the first of two ends rules; unknown, at most the one known, until both are.
        later_of: the last of two ends rules; unknown, at least the one known, until both are.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Durée", "Term"), either=(TERM_UNITS,))
    SAID_BY: ClassVar[tuple[str, ...]] = (
        *TERM_UNITS, "ends_on", "event", "unlimited", "earlier_of", "later_of", "within_parent", "with_parent", "question",
    )  # fmt: skip
    FORMER: ClassVar[Mapping[str, str]] = {
        "cap_months": "cap = { months = 36 } dans [renewal] ; si ce plafond dépasse la durée, la convention se renouvelle-t-elle "
        'd’elle-même (how = "tacit") ?'
    }
    months: Annotated[
        Months | None,
        field_words(
            "Durée imprimée, en mois (si rien ne dit la fin, la question sera posée)",
            "Duration printed, in months (where nothing tells the end, the question will be asked)",
        ),
    ] = None
    years: Annotated[UpTo50 | None, field_words("Ou durée en années", "Or duration in years", folded=True)] = None
    weeks: Annotated[
        Annotated[StrictInt, Field(ge=1, le=2600)] | None,
        field_words("Ou durée en semaines", "Or duration in weeks", folded=True),
    ] = None
    days: Annotated[
        Annotated[StrictInt, Field(ge=1, le=18_300)] | None,
        field_words("Ou durée en jours, le premier compté", "Or duration in days, the first one counted", folded=True),
    ] = None
    civil_years: Annotated[
        UpTo50 | None,
        field_words(
            "Ou nombre d’années civiles, jusqu’au 31 décembre",
            "Or number of civil years, until 31 December",
            hint=("La première compte, même entamée.", "The first one counts, even begun late."),
            folded=True,
        ),
    ] = None
    school_years: Annotated[
        UpTo50 | None,
        field_words(
            "Ou nombre d’années scolaires",
            "Or number of school years",
            hint=("La première compte, même entamée.", "The first one counts, even begun late."),
            folded=True,
        ),
    ] = None
    school_year_ends: Annotated[
        DayOfYear | None,
        field_words(
            "Dernier jour de l’année scolaire, s’il est écrit (mois-jour ; 31 août à défaut)",
            "Last day of the school year, where it is written (month-day; failing that, 31 August)",
            hint=DAY_OF_YEAR_HINT,
            folded=True,
        ),
    ] = None
    ends_on: Annotated[Day | None, field_words("Dernier jour imprimé", "Last day printed")] = None
    question: Annotated[
        Slug | None,
        field_words("Question qui demandera la durée", "Question that asks for the term", folded=True, of_file=True),
    ] = None
    unlimited: Annotated[bool, field_words("Durée indéterminée", "No last day (“durée indéterminée”)", folded=True)] = (
        False
    )
    event: Annotated[
        EventKey | None,
        field_words(
            "Ou jusqu’à un événement (clé)",
            "Or until an event (key)",
            label=("Ou jusqu’à un événement", "Or until an event"),
            hint=("L’événement à enregistrer, comme travaux-recus.", "The event to record, as works-received."),
            folded=True,
        ),
    ] = None
    earlier_of: Annotated[
        tuple[TermEnd, ...], field_words("Ou la première de deux fins", "Or the first of two ends", folded=True)
    ] = ()
    later_of: Annotated[
        tuple[TermEnd, ...], field_words("Ou la dernière de deux fins", "Or the last of two ends", folded=True)
    ] = ()
    within_parent: Annotated[
        bool, field_words("Ne peut durer plus que sa convention mère", "May not outlive its parent", folded=True)
    ] = False
    with_parent: Annotated[
        bool, field_words("Prend fin avec sa convention mère", "Ends with its parent", folded=True)
    ] = False
    clauses: Cited

    @model_validator(mode="after")
    def _says_something(self) -> "Term":
        if not any(getattr(self, name) for name in self.SAID_BY):
            raise ValueError(
                f"term : donner une durée ({', '.join(TERM_UNITS)}), ends_on, unlimited, event, earlier_of, later_of, "
                "within_parent, with_parent ou question (qui la demandera)"
            )
        if self.question and self.said:
            raise ValueError(f"term : question ne va qu’à une durée laissée en blanc, sans {' ni '.join(self.said)}")
        return self

    @model_validator(mode="after")
    def _said_once(self) -> "Term":
        if len(self.said) > 1 and self.said not in (("months", "ends_on"), ("years", "ends_on")):
            raise ValueError(
                "term : une seule durée ; une date de fin (ends_on) seulement à côté de mois (months) ou d’années (years) ; ici, "
                f"{' et '.join(self.said)}"
            )
        for name in ("earlier_of", "later_of"):
            if getattr(self, name) and len(getattr(self, name)) != 2:
                raise ValueError(
                    f'term : {name} veut deux fins, comme [{{ months = 36 }}, {{ event = "travaux-recus" }}]'
                )
        if self.school_year_ends is not None and self.school_years is None:
            raise ValueError("term : school_year_ends ne va qu’à un nombre d’années scolaires : ajouter school_years")
        return self

    @property
    def said(self) -> tuple[str, ...]:
        """The keys that say how long it lasts: one, or a length and the day on which it ends."""
        printed = tuple(name for name in (*TERM_UNITS, "ends_on", "event") if getattr(self, name) is not None)
        return printed + tuple(name for name in ("unlimited", "earlier_of", "later_of") if getattr(self, name))

    @property
    def two_ends(self) -> tuple[TermEnd, ...]:
        """The two ends of which the first or the last rules; empty where it has one."""
        return self.earlier_of or self.later_of

    @property
    def events(self) -> tuple[Slug, ...]:
        """The events it waits for to end."""
        return tuple(event for event in (self.event, *(end.event for end in self.two_ends)) if event is not None)

    @property
    def length(self) -> TermLength | None:
        """Its length, None where no length is printed."""
        unit = next((unit for unit in TERM_UNITS if getattr(self, unit) is not None), None)
        if unit is None:
            return None
        ends = self.school_year_ends
        return TermLength(unit, getattr(self, unit), None if ends is None else (int(ends[:2]), int(ends[3:])))
