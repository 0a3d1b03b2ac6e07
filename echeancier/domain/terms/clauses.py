"""How a convention begins, lasts, is renewed, ends, and hangs from another one."""

from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from echeancier.domain.model import Day, Frozen, Months, OneLine, Prose, Reference, Slug


class CouncilAct(Frozen):
    """The decision of the assembly that authorises the signature (the dates are facts, not terms).

    Attributes:
        party: the local authority whose assembly votes.
        body: the assembly, as in « conseil municipal ».
        number: as printed; a number whose digits contradict the session is a warning.
        authorises_months: the duration the assembly voted; a warning when it differs from the convention’s.
        authority_cited_on: the date of the deliberation that the convention cites as its authority, if printed.
        transmission_id: what the prefecture's platform printed (department, SIREN, act day, number…); an act day that
            is not the session's is a warning.
        inhabitants_under_3500: shortens the convocation delay (CGCT L.2121-11 / L.2121-12).
    """

    party: Slug
    body: OneLine
    number: OneLine = ""
    authorises_months: Months | None = None
    authority_cited_on: Day | None = None
    transmission_id: OneLine = ""
    inhabitants_under_3500: bool = False
    clauses: tuple[OneLine, ...] = ()


class Effect(Frozen):
    """When the convention takes effect: on a fixed day, or at the last signature.

    Attributes:
        on: the fixed day.
        question: the id of the question that asks for it, where the paper leaves it blank; no date runs until the answer.
    """

    rule: Literal["fixed", "last-signature"]
    on: Day | None = None
    question: Slug | None = None
    not_before_parent_signature: bool = False
    clauses: tuple[OneLine, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fixed_has_a_day(self) -> "Effect":
        if (self.rule == "fixed") != (self.on is not None or self.question is not None) or (self.on and self.question):
            raise ValueError(
                'effect : rule = "fixed" demande on = AAAA-MM-JJ, ou question (qui le demandera), et lui seul'
            )
        return self


class Signing(Frozen):
    """How the paper goes round for signature.

    Attributes:
        order: the parties one after the other; those left out, or all when it is empty, may sign at any time.
    """

    order: tuple[Slug, ...] = ()
    clauses: tuple[OneLine, ...] = ()


class Term(Frozen):
    """How long it lasts.

    Attributes:
        months: printed duration.
        ends_on: printed last day.
        within_parent: it may not outlive its parent.
        with_parent: it ends when its parent ends.
        cap_months: no amendment may carry it beyond this many months from the effect.
        question: the id of the question that asks for it, where the paper leaves it blank: a last day or a number of
            months; the end is unknown until the answer.
    """

    months: Months | None = None
    ends_on: Day | None = None
    question: Slug | None = None
    within_parent: bool = False
    with_parent: bool = False
    cap_months: Months | None = None
    clauses: tuple[OneLine, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _says_something(self) -> "Term":
        if not (self.months or self.ends_on or self.within_parent or self.with_parent or self.question):
            raise ValueError("term : donner months, ends_on, within_parent, with_parent ou question (qui la demandera)")
        if self.question and (self.months or self.ends_on):
            raise ValueError("term : question ne va qu’à une durée laissée en blanc, sans months ni ends_on")
        return self


class Renewal(Frozen):
    """What the text allows at the end; none of the conventions known to us renews tacitly.

    Attributes:
        how: not provided for, by a signed amendment, if the parent is extended, or on the same terms by express act.
        times: how many times it may be renewed.
        months: for how long each time.
    """

    how: Literal["not-provided", "amendment", "with-parent", "same-terms"] = "not-provided"
    times: int | None = Field(default=None, ge=1, le=50)
    months: Months | None = None
    clauses: tuple[OneLine, ...] = ()


class Termination(Frozen):
    """One way to end the convention early by a notice.

    Attributes:
        who: the parties that may use it.
        months: the length of the notice.
        basis: what starts it: the sending, the receipt, the annual due date (counted back), the day written in the
            letter (with a floor counted from receipt), or nothing said.
        bound: the length is exact, a floor, or a ceiling (« un mois maximum »).
        form: registered letter with receipt (``lrar``), registered letter (``lr``), or none said.
        reasons_required: the letter must give its reasons.
        letter_to: the role the letter is addressed to.
    """

    id: Slug
    who: tuple[Slug, ...] = Field(min_length=1)
    months: int = Field(ge=0, le=120)
    basis: Literal["sending", "receipt", "annual-due-date", "letter-date", "unstated"]
    bound: Literal["exact", "floor", "ceiling"] = "exact"
    form: Literal["lrar", "lr", "unstated"] = "lrar"
    reasons_required: bool = False
    letter_to: Slug | None = None
    clauses: tuple[OneLine, ...] = Field(min_length=1)


class BreachProcedureStep(Frozen):
    """One step of a breach procedure.

    Attributes:
        does: what happens.
        form: of the letter, if there is one.
        months: the delay it opens, None when the text gives none.
        from_: what starts that delay; ``answer`` is contested (whose answer?), ``information`` and ``letter`` differ.
    """

    model_config = ConfigDict(serialize_by_alias=True)  # « from » is a word of Python: written and read by its alias

    does: Literal["inform-reasons", "comment", "decide", "suspend", "formal-notice", "cure", "ends"]
    by: Slug
    form: Literal["lrar", "lr", "unstated"] = "unstated"
    months: int | None = Field(default=None, ge=0, le=120)
    from_: Literal["sending", "receipt", "information", "letter", "answer", "none"] = Field("none", alias="from")
    clauses: tuple[OneLine, ...] = Field(min_length=1)


class Breach(Frozen):
    """A breach procedure, step by step; no step with a delay means a human event only, hence no timer."""

    id: Slug
    against: tuple[Slug, ...] = Field(min_length=1)
    grounds: Prose
    steps: tuple[BreachProcedureStep, ...] = ()
    clauses: tuple[OneLine, ...] = Field(min_length=1)


class Suspension(Frozen):
    """What suspends the convention and how it resumes (Metz: an absence of more than 30 calendar days).

    Attributes:
        absence_days: an absence longer than this many calendar days suspends.
        on_departure: the departure of the person assigned suspends too, at once.
        resumes_after: what must have happened for it to resume, in words.
    """

    id: Slug
    absence_days: int | None = Field(default=None, ge=1, le=3660)
    on_departure: bool = False
    resumes_after: Prose = ""
    clauses: tuple[OneLine, ...] = Field(min_length=1)


class Dispute(Frozen):
    """An amicable phase before court; ``months`` None when the text gives no delay."""

    months: int | None = Field(default=None, ge=1, le=120)
    court: OneLine = ""
    clauses: tuple[OneLine, ...] = Field(min_length=1)


class Parent(Frozen):
    """The convention this one hangs from.

    Attributes:
        reference: of the convention that really is its parent in our files, None when it is not known (orphan).
        cited_as: what the text cites, in our words.
        contradictory: the text cites another one: capped prudently, and asked about.
        on_parent_end: what its own clause says when the parent ends (``unstated``: the text is silent).
        on_parent_extended: what it says when the parent is extended.
    """

    reference: Reference | None = None
    cited_as: Prose
    contradictory: bool = False
    on_parent_end: Literal["ends", "capped", "own-date", "unstated"] = "unstated"
    on_parent_extended: Literal["may-renew", "follows-cap", "unstated"] = "unstated"
    clauses: tuple[OneLine, ...] = Field(min_length=1)


class AccountManager(Frozen):
    """Who manages the accounts opened on the operator's tool (RGC, « administrateur »), and how that is watched."""

    name: OneLine
    agreed_by: OneLine
    told_to: OneLine
    accounts: int = Field(ge=0, le=1_000_000)
    staff_of: OneLine = ""
    clauses: tuple[OneLine, ...] = Field(min_length=1)


class DataProtection(Frozen):
    """Who answers for personal data before the supervisory authority and the persons (GDPR), beside the clauses.

    Attributes:
        controllers: the parties that decide on a processing of their own: they notify breaches (GDPR art. 33 and 34).
        breach: the event of a breach found; ``request``, that of a person who asks (GDPR art. 12).
    """

    controllers: tuple[Slug, ...] = Field(min_length=1)
    breach: Slug = "breach-discovered"
    request: Slug = "person-request"
    clauses: tuple[OneLine, ...] = Field(min_length=1)


class Territory(Frozen):
    """A territory that communes may join or leave while the convention runs.

    Attributes:
        party: whose territory it is.
        follows: the convention applies to whoever joins, by its own words, without an amendment.
    """

    party: Slug
    follows: bool = False
    clauses: tuple[OneLine, ...] = Field(min_length=1)


class Survival(Frozen):
    """Something that outlives the convention: its end and the closing of the file do not end it."""

    id: Slug
    text: Prose
    text_en: Prose
    clauses: tuple[OneLine, ...] = Field(min_length=1)
