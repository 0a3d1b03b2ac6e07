"""Money that the paper makes somebody pay: when, how much, on what condition."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal, NamedTuple

from pydantic import Field, StringConstraints, model_validator

from echeancier.domain.dates.delay import PlainDelay
from echeancier.domain.declared import field_words
from echeancier.domain.euros import Euros, Percent, cents_of, equal_parts, shared
from echeancier.domain.model import Day, Frozen, OneLine, Reference
from echeancier.domain.terms.fields import (
    DELAY_HINT,
    BlockWords,
    Cited,
    EventKey,
    Id,
    Informed,
    NeedKey,
    OwedBy,
    OwedTo,
    Responsible,
    Short,
    ShortEn,
    StakeIfSaid,
    Title,
    TitleEn,
    Whose,
    WithFormerKeys,
    block_words,
)
from echeancier.domain.terms.only import TimesNamed, check_only
from echeancier.domain.terms.owing import TOGETHER, Owing
from echeancier.domain.terms.when import AfterClose, BeforeTerm, PeriodDay, WeeklyDay, When, YearlyDay

LAST_SIGNATURE: Final = "last-signature"
ASKED_FOR: Final = ("statement", "request")
"""What starts a payment is a paper that its creditor sends: a statement of account, a request for payment."""

EARLY_END: Final = "early-end"
"""What starts a payment where the convention ends before the day first agreed; never recorded."""

CREDITS_VOTED: Final = "credits-voted"
"""The event by which a payer votes the credits of a civil year, recorded with that year as its label."""

CREDITS_REFUSED: Final = "credits-refused"
"""The event by which it votes none for that year."""

_WHOLE: Final = 100

_LAST_RANK: Final = 60
"""A number of a year up to this is that of a year of the contract, from the effect; a civil year is written with four digits."""

POLICY_DAYS: Final = 30
"""Days we allow ourselves to pay where the text gives none."""

Need = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*){0,2}$", max_length=182)]
"""The id of a duty, ``report``, one time of it, ``report/2027``, of one party, ``report/2027/agency``; else a paper."""


class Falling(WithFormerKeys):
    """When a sum of money falls due: on a day, from what starts it, or once all that it needs is there.

    Attributes:
        starts: ``last-signature``, ``statement``, ``request``, or an event: recorded, or of the convention's own life.
        on: the day printed.
        needs: duties to be done, and papers to be received, before anything is due: then from the last of them.
        delay: as the text gives it, from what starts it or the last thing needed.
        policy_days: days we allow ourselves there where the text gives none, 30 unless said.
        not_before: the day before which nothing is paid.
        documents: the references whose signatures are awaited too, with ``last-signature``.
    """

    starts: Annotated[
        EventKey | None,
        field_words(
            "Dû à partir de",
            "Due from",
            hint=(
                (
                    "last-signature (la dernière signature), statement (chaque mémoire reçu), request (chaque demande de "
                    "paiement), effective (la prise d’effet), ended (la fin), credits-voted (chaque année, le vote des crédits), "
                    "ou le nom d’un événement à enregistrer."
                ),
                (
                    "last-signature, statement (each statement received), request (each request for payment), effective, ended, "
                    "credits-voted (each year, the vote of the credits), or the name of an event to record."
                ),
            ),
        ),
    ] = None
    on: Annotated[Day | None, field_words("Ou le jour écrit", "Or the day printed")] = None
    needs: Annotated[
        tuple[Annotated[Need, Whose.NEED], ...],
        field_words(
            "Ou une fois là",
            "Or once there",
            hint=(
                (
                    "Des devoirs du fichier par leur identifiant (bilan, ou bilan/2027 pour une fois précise), des pièces à "
                    "recevoir par un nom (factures) ; tout doit y être."
                ),
                "Duties of the file by their ids (report, or report/2027), papers to receive by a name (invoices); all of them.",
            ),
        ),
    ] = ()
    delay: Annotated[
        PlainDelay | None,
        field_words(
            "Délai de paiement du texte",
            "Time to pay, by the text",
            label=("Délai", "Delay"),
            hint=DELAY_HINT,
            folded=True,
        ),
    ] = None
    policy_days: Annotated[
        int | None,
        field_words(
            "Jours que nous nous donnons, sans délai au texte (30)",
            "Days we allow ourselves, where the text gives none (30)",
            folded=True,
        ),
    ] = Field(default=None, ge=0, le=3660)
    not_before: Annotated[Day | None, field_words("Pas avant le", "Not before", folded=True)] = None
    documents: Annotated[
        tuple[Reference, ...],
        field_words("Documents dont la signature est attendue", "Documents whose signature is awaited", folded=True),
    ] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """Which of ``starts``, ``on``, ``needs`` and ``when`` it says."""
        return tuple(name for name in ("starts", "on", "needs", "when") if getattr(self, name, None))

    @property
    def asked_for(self) -> bool:
        """Whether a paper of its creditor starts it."""
        return self.starts in ASKED_FOR

    def check_falling(self, name: str) -> None:
        """Check what it says of its day.

        Raises:
            ValueError: it says nothing, two things, or what means nothing there (message in French).
        """
        if len(self.said) != 1:
            raise ValueError(
                f"« {name} » : dire par l’un de starts (ce qui le fait courir), on (le jour), needs (ce qu’il faut d’abord) "
                "quand il est dû ; ce qui revient, par when"
            )
        on_a_day = self.said[0] in ("on", "when")
        if on_a_day and (self.delay is not None or self.not_before is not None or self.policy_days is not None):
            raise ValueError(
                f"« {name} » : dû un jour écrit ({self.said[0]}), il n’a ni delay, ni policy_days, ni not_before : les ôter"
            )
        if self.delay is not None and self.policy_days is not None:
            raise ValueError(f"« {name} » : le texte donne un délai (delay), le nôtre ne sert pas : ôter policy_days")
        if self.documents and self.starts != LAST_SIGNATURE:
            raise ValueError(
                f'« {name} » : documents dit quelles signatures attendre : il va avec starts = "{LAST_SIGNATURE}"'
            )
        if len(set(self.needs)) < len(self.needs):
            raise ValueError(f"« {name} » : needs nomme deux fois la même chose")


class Instalment(Falling):
    """One instalment of a payment: its share of the total, and when it falls due."""

    WORDS: ClassVar[BlockWords] = block_words(
        called=("Versement", "Instalment"),
        adding=("Ajouter un versement", "Add an instalment"),
        either=(("starts", "on", "needs", "when"), ("delay",)),
    )
    share: Annotated[
        Percent, field_words("Part en % du total", "Share of the total, in %", label=("Part (%)", "Share (%)"))
    ]
    when: Annotated[
        When | None,
        field_words(
            "Ou chaque année, à un jour",
            "Or each year, on a day",
            hint=(
                "De ce qui revient chaque année : « avant le 31 mars ». Choisir, puis « Garder ».",
                "Of what comes back each year: “before 31 March”. Choose, then “Keep”.",
            ),
            folded=True,
        ),
    ] = None


class YearAmount(Frozen):
    """How much is due of one year: a civil one, ``2027``, or the first, the second… of the contract, ``1``, ``2``."""

    WORDS: ClassVar[BlockWords] = block_words(
        called=("Montant d’une année", "Amount of one year"), adding=("Ajouter une année", "Add a year")
    )
    year: Annotated[
        int,
        field_words(
            "Année (2027), ou son rang depuis la prise d’effet (1, 2…)",
            "Year (2027), or its rank from the effect (1, 2…)",
        ),
    ] = Field(ge=1, le=2200)
    amount: Annotated[Euros, field_words("Montant en euros", "Amount in euros")]


class OneSum(NamedTuple):
    """One sum that a payment makes due.

    Attributes:
        number: which instalment it is, from 1; None of a payment that has but one sum.
        falling: when it falls due.
        cents: how much, None where the text does not say.
        share: of the total, as the text says it; empty where it says none.
        year: the one it is of, where it comes back each year.
    """

    number: int | None
    falling: Falling
    cents: int | None
    share: str = ""
    year: int | None = None

    @property
    def name(self) -> str:
        """What tells it from the others in its key, ``2``, ``2027-2``; empty of the only one."""
        return "-".join(f"{one}" for one in (self.year, self.number) if one is not None)


class Sum(Owing):
    """A sum of money and its name."""

    id: Id
    title: Title
    title_en: TitleEn
    short: Short = ""
    short_en: ShortEn = ""
    amount: Annotated[
        Euros | None,
        field_words(
            "Montant en euros (vide : non donné)",
            "Amount in euros (empty: not given)",
            label=("Montant (€)", "Amount (€)"),
            hint=("Comme 1200.00 ; 1 200,00 € se lit aussi.", "As 1200.00; 1 200,00 € is read too."),
        ),
    ] = None
    total: Annotated[
        Euros | None,
        field_words(
            "Ou le total, versé en plusieurs fois",
            "Or the total, paid in instalments",
            label=("Ou total (€)", "Or total (€)"),
        ),
    ] = None
    parts: Annotated[
        int | None,
        field_words("En tant de parts égales", "In so many equal parts", folded=True),
    ] = Field(default=None, ge=2, le=120)
    amounts: tuple[YearAmount, ...] = ()
    unit_amount: Annotated[
        Euros | None,
        field_words(
            "Ou le prix de chacun, en euros (« 3,50 € par repas »)",
            "Or the price of each, in euros (“3.50 € per meal”)",
            folded=True,
        ),
    ] = None
    unit: Annotated[
        OneLine, field_words("Ce que l’on compte (repas, habitant…)", "What is counted (repas, habitant…)", folded=True)
    ] = ""

    @property
    def ranked(self) -> bool:
        """Whether its amounts are those of years of the contract, rather than civil ones."""
        return bool(self.amounts) and self.amounts[0].year <= _LAST_RANK

    def check_amount(self) -> None:
        """Check that how much it is is said in one way.

        Raises:
            ValueError: two ways are mixed, or a year is said twice (message in French).
        """
        said = [name for name in ("amount", "amounts", "unit_amount", "total") if getattr(self, name)]
        if len(said) > 1:
            raise ValueError(
                f"« {self.id} » : un montant se dit d’une seule façon, ici {' et '.join(said)} : en garder une"
            )
        if bool(self.unit) != (self.unit_amount is not None):
            raise ValueError(
                f'« {self.id} » : le prix de chacun (unit_amount) va avec ce que l’on compte (unit), comme unit = "repas"'
            )
        years = [one.year for one in self.amounts]
        if years != sorted(set(years)):
            raise ValueError(f"« {self.id} » : les années de amounts se suivent, chacune une fois")
        if any(_LAST_RANK < year < 1990 for year in years) or (years and years[0] <= _LAST_RANK < years[-1]):
            raise ValueError(
                f"« {self.id} » : amounts nomme des années civiles (2027), ou les rangs de celles du contrat (1, 2…)"
            )


class Payment(Falling, Sum):
    """Money due: on a day, from what starts it, or once all that it needs is there; at once, in instalments, or each period.

    Attributes:
        amount: the sum, where it is paid at once, or each time; ``total``: what the instalments make.
        when: it comes back on days of the calendar: a rent, each quarter in advance.
        amounts: the sum by year, each time or the instalments of that year together; a year without one is asked.
        unit_amount: the price of one ``unit``: the sum is known once they are counted.
        every_year: it comes back each year, civil or of the contract, with the instalments of that year; ``amounts`` says so too.
        subject_to_vote: « sous réserve du vote annuel des crédits » : a sum is to be confirmed until those of its civil year are
            recorded as voted; one that does not come back by civil years is of the year in which it falls due.
        only: the times that are due, where not all are: « la première année seulement ».
        repays: the payment of which this gives some back: what an early end leaves unused, what was not justified.
        prorata: what is due of a period that the effect or the end cuts: by days over days, by thirtieths, or all of it; None
            where the text does not say: days over days, to be confirmed. Of a repayment, the part of what was paid that the time
            after an early end makes.
        parts: so many equal parts, each on a day of the calendar, a statement or a request; the last takes the rest of the cents.
        instalments: shares that make 100, each with a day, an event or needs of its own.
    """

    FORMER: ClassVar[Mapping[str, str]] = {
        "amount_cents": 'amount = "300.00", en euros entre guillemets',
        "due": 'starts = "last-signature" ou starts = "statement"',
    }
    WORDS: ClassVar[BlockWords] = block_words(
        called=("Paiement", "Payment"),
        either=(
            ("starts", "on", "needs", "when", "instalments"),
            ("amount", "total", "amounts", "unit_amount"),
            ("delay",),
        ),
    )
    when: Annotated[
        When | None,
        field_words(
            "Ou à des jours du calendrier",
            "Or on days of the calendar",
            label=("Ou le calendrier", "Or the calendar"),
            hint=(
                "Un loyer, par exemple. Choisir, puis « Garder » : ses champs viennent ensuite.",
                "A rent, for instance. Choose, then “Keep”: its own fields come next.",
            ),
        ),
    ] = None
    every_year: Annotated[
        Literal["civil", "contract"] | None,
        field_words(
            "Revient chaque année",
            "Comes back each year",
            values={
                "civil": ("civile", "civil"),
                "contract": ("du contrat (comptée de la prise d’effet)", "of the contract (counted from the effect)"),
            },
            folded=True,
        ),
    ] = None
    subject_to_vote: Annotated[
        bool,
        field_words(
            "Sous réserve du vote annuel des crédits de qui paie",
            "Only if whoever pays votes the credits, each year",
            hint=(
                "Chaque année est à confirmer jusqu’à l’événement credits-voted qui la nomme.",
                "Each year is to be confirmed until the event credits-voted that names it.",
            ),
            folded=True,
        ),
    ] = False
    only: TimesNamed = ()
    repays: Annotated[
        NeedKey | None,
        field_words(
            "Rembourse tout ou partie d’un autre paiement (son identifiant)",
            "Gives back some of another payment (its id)",
            label=("Rembourse un autre paiement", "Gives back another payment"),
            folded=True,
        ),
    ] = None
    prorata: Annotated[
        Literal["days", "thirtieths", "full"] | None,
        field_words(
            "D’une période entamée, il est dû",
            "Of a period cut short, is due",
            values={
                "days": ("les jours, sur ceux de la période", "the days, out of those of the period"),
                "thirtieths": ("des trentièmes (mois de trente jours)", "thirtieths (months of thirty days)"),
                "full": ("le tout", "all of it"),
            },
            folded=True,
        ),
    ] = None
    owed_by: OwedBy
    owed_to: OwedTo
    responsible: Responsible = ()
    informed: Informed = ()
    stake: StakeIfSaid = None
    instalments: tuple[Instalment, ...] = ()
    clauses: Cited

    @model_validator(mode="after")
    def _when_it_falls_due(self) -> "Payment":
        if self.instalments:
            self._check_instalments()
        else:
            self.check_falling(self.id)
        self._check_when()
        self._check_parts()
        self._check_total()
        self.check_amount()
        self._check_years()
        self._check_only()
        self._check_repayment()
        self._check_vote()
        return self

    def _check_total(self) -> None:
        several = bool(self.instalments or self.parts)
        if self.amount is not None and (self.total is not None or several):
            raise ValueError(f"« {self.id} » : versé en plusieurs fois, il a un total (total), pas de amount")
        if self.total is not None and not several:
            raise ValueError(
                f"« {self.id} » : total se verse en plusieurs fois (instalments ou parts) ; en une fois, écrire amount"
            )
        if (self.unit_amount is not None and several) or (self.amounts and self.parts is not None):
            raise ValueError(
                f"« {self.id} » : un prix de chacun (unit_amount) se paie en une fois ou à chaque fois ; un montant par année "
                "(amounts) se partage par instalments"
            )
        totals = [cents_of(one.amount) for one in self.amounts] if self.instalments else []
        if any(
            cents is not None and cents <= 0 for cents in (*self._cents, *(c for t in totals for c in self._shared(t)))
        ):
            raise ValueError(f"« {self.id} » : ce total ne fait pas un centime par versement : vérifier total")

    def _check_when(self) -> None:
        if self.instalments and self.when is not None:
            raise ValueError(
                f"« {self.id} » : ce qui revient (when) se partage en parts égales (parts), pas en instalments"
            )
        if isinstance(self.when, WeeklyDay):  # pydantic wants a ValueError
            raise ValueError(  # noqa: TRY004
                f"« {self.id} » : une somme ne se suit pas à la semaine : l’écrire au mois (day, ou every_months et due)"
            )
        if self.prorata is None or self.repays is not None:
            return
        if not isinstance(self.when, PeriodDay) or self.parts is not None or self.unit_amount is not None:
            raise ValueError(
                f"« {self.id} » : prorata partage une période entamée : il va avec when = {{ every_months, due }}, sans parts ni "
                "unit_amount"
            )

    def _check_instalments(self) -> None:
        fields = [name for name in Falling.model_fields if name in self.model_fields_set]
        beside = [name for name in fields if getattr(self, name)]
        if beside:
            raise ValueError(
                f"« {self.id} » : versé en plusieurs fois, c’est dans chaque versement que se dit {', '.join(beside)}"
            )
        for number, one in enumerate(self.instalments, start=1):
            one.check_falling(f"{self.id}, versement {number}")
            if one.when is not None and self.yearly is None:
                raise ValueError(
                    f"« {self.id}, versement {number} » : when revient chaque année ; il va avec every_year, ou amounts par année"
                )
        shares = sum((Decimal(one.share) for one in self.instalments), Decimal())
        if shares != _WHOLE:
            raise ValueError(f"« {self.id} » : les parts font {shares.normalize():f} %, elles doivent faire 100 %")

    def _check_parts(self) -> None:
        if self.parts is None:
            return
        if self.instalments:
            raise ValueError(f"« {self.id} » : des parts égales (parts) ou des versements (instalments), pas les deux")
        if not self.asked_for and self.when is None:
            raise ValueError(
                f'« {self.id} » : des parts égales (parts) se versent chacune sur un mémoire (starts = "statement"), une demande '
                '(starts = "request"), ou à des jours qui reviennent (when) ; autrement, écrire chaque versement dans instalments'
            )

    def _check_years(self) -> None:
        """What comes back each year falls due each year: by a day, a paper of its creditor, or what that year must show first."""
        if self.every_year is not None and (self.amounts or self.when is not None or self.parts is not None):
            raise ValueError(
                f"« {self.id} » : every_year se dit d’un montant, d’un total ou d’un prix de chacun ; amounts le dit déjà, when "
                "revient de lui-même, et parts s’écrit en instalments"
            )
        if self.amounts and isinstance(self.when, AfterClose | BeforeTerm):
            raise ValueError(
                f"« {self.id} » : un montant par année (amounts) va avec un jour de l’année, du mois ou d’une période (when)"
            )
        if self.amounts and self.ranked and self.when is not None:
            counted = isinstance(self.when, PeriodDay) and self.when.year == "contract"
            if not counted:
                raise ValueError(
                    f"« {self.id} » : les années 1, 2… de amounts sont celles du contrat : elles vont avec when = "
                    "{ every_months, due }, périodes du contrat ; un autre when prend des années civiles (2027)"
                )
        if self.yearly is not None:
            for one in self.fallings:
                self._check_yearly(one)

    def _check_yearly(self, one: Falling) -> None:
        when = getattr(one, "when", None)
        each = isinstance(when, YearlyDay) and len(when.on) == 1 and self.yearly == "civil"
        each = each or (isinstance(when, PeriodDay) and when.every_months == 12 and when.year == self.yearly)
        starts = one.asked_for or one.starts is None or (one.starts == CREDITS_VOTED and self.yearly == "civil")
        if (when is not None and not each) or one.on is not None or not starts:
            day = 'when = { on = "03-31" } ou ' if self.yearly == "civil" else ""
            raise ValueError(
                f"« {self.id} » : ce qui revient chaque année est dû par {day}when = {{ every_months = 12, due, year = "
                f'"{self.yearly}" }}, par starts = "statement" ou "request", par needs, ou, par année civile, par starts = '
                f'"{CREDITS_VOTED}"'
            )
        if one.not_before is not None:
            raise ValueError(f"« {self.id} » : not_before est d’un seul jour ; ce qui revient chaque année n’en a pas")

    def _check_only(self) -> None:
        if not self.only:
            return
        if self.parts is not None or (self.when is None and self.yearly is None):
            raise ValueError(
                f"« {self.id} » : only choisit entre plusieurs fois : il va avec when, every_year ou amounts"
            )
        check_only(self.id, self.only, self.when if self.yearly is None else self.yearly)

    def _check_repayment(self) -> None:
        if self.repays is None:
            return
        if self.repays == self.id:
            raise ValueError(f"« {self.id} » : repays nomme un autre paiement, celui dont on rend une part")
        if self.prorata is None:
            return
        if self.starts != EARLY_END or self.prorata == "full":
            raise ValueError(
                f'« {self.id} » : au prorata du temps, on rembourse après une fin anticipée : starts = "{EARLY_END}", et '
                'prorata = "days" ou "thirtieths"'
            )
        if self.amount is not None or self.amounts or self.unit_amount is not None:
            raise ValueError(
                f"« {self.id} » : remboursé au prorata, son montant se calcule : ôter le montant écrit, ou prorata"
            )

    def _check_vote(self) -> None:
        """A vote of credits is that of one party, and of each civil year."""
        if self._starts_with_vote and self.yearly is None:
            raise ValueError(
                f'« {self.id} » : {CREDITS_VOTED} est le vote de chaque année : ajouter every_year = "civil" (ou amounts) ; ce '
                "qui n’est dû qu’une fois part d’un événement d’un autre nom"
            )
        if self.subject_to_vote and all(one.starts == CREDITS_VOTED for one in self.fallings):
            raise ValueError(
                f"« {self.id} » : dû à partir du vote des crédits, il l’attend déjà : ôter subject_to_vote"
            )
        if self.hangs_on_vote and self.owed_by in TOGETHER:
            raise ValueError(
                f"« {self.id} » : chacun vote ses crédits : dire laquelle des parties paie (owed_by), ou each pour chacune"
            )

    @property
    def _starts_with_vote(self) -> bool:
        return any(one.starts == CREDITS_VOTED for one in self.fallings)

    @property
    def hangs_on_vote(self) -> bool:
        """Whether anything of it waits for the yearly vote of the credits, or is to be confirmed by it."""
        return self.subject_to_vote or self._starts_with_vote

    @property
    def fallings(self) -> tuple[Falling, ...]:
        """What says when it falls due: itself, or each of its instalments."""
        return self.instalments or (self,)

    @property
    def sums(self) -> tuple[OneSum, ...]:
        """The sums it makes due, in the order of the paper, each as the text gives it."""
        cents = self._cents
        if self.instalments:
            return self._instalments(cents)
        if self.parts is not None:
            return tuple(OneSum(number, self, amount) for number, amount in enumerate(cents, start=1))
        return (OneSum(None, self, cents[0]),)

    def sums_in(self, year: int) -> tuple[OneSum, ...]:
        """Return the sums of one year, where it comes back each year; without an amount where that of the year is not written."""
        written = self.written_for(year)
        if not self.instalments:
            cents = self._cents[0] if written is None else written
            return (OneSum(None, self, cents, year=year),)
        cents_of_each = self._cents if written is None else self._shared(written)
        return tuple(one._replace(year=year) for one in self._instalments(cents_of_each))

    def shared_out(self, cents: int) -> tuple[int, ...]:
        """Return what each instalment makes of an amount in cents; all of it where there are none."""
        return self._shared(cents) if self.instalments else (cents,)

    def written_for(self, year: int) -> int | None:
        """Return the amount that the text gives of a year, in cents; None where it gives none by year, or none of that one."""
        return next((cents_of(one.amount) for one in self.amounts if one.year == year), None)

    @property
    def yearly(self) -> Literal["civil", "contract"] | None:
        """Which years it comes back by, with sums of each; None where it is paid once, or on days of the calendar."""
        if self.amounts and self.when is None:
            return "contract" if self.ranked else "civil"
        return self.every_year

    def _instalments(self, cents: tuple[int | None, ...]) -> tuple[OneSum, ...]:
        return tuple(
            OneSum(number, one, amount, one.share)
            for number, (one, amount) in enumerate(zip(self.instalments, cents, strict=True), start=1)
        )

    def _shared(self, cents: int) -> tuple[int, ...]:
        return shared(cents, tuple(one.share for one in self.instalments))

    @property
    def _cents(self) -> tuple[int | None, ...]:
        """How much each sum is, None where the text does not say."""
        if self.total is not None:
            total = cents_of(self.total)
            return self._shared(total) if self.instalments else equal_parts(total, self.parts or 1)
        if self.amount is not None:
            return (cents_of(self.amount),)
        return (None,) * (len(self.instalments) or self.parts or 1)
