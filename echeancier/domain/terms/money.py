"""Money that the paper makes somebody pay: when, how much, on what condition."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal, NamedTuple

from pydantic import Field, StringConstraints, model_validator

from echeancier.domain.dates.delay import PlainDelay
from echeancier.domain.declared import field_words
from echeancier.domain.euros import Euros, Percent, cents_of, equal_parts, shared
from echeancier.domain.model import Day, Reference, Slug
from echeancier.domain.terms.fields import (
    DELAY_HINT,
    BlockWords,
    Cited,
    Id,
    Informed,
    OwedBy,
    OwedTo,
    Responsible,
    Title,
    TitleEn,
    WithFormerKeys,
    block_words,
)
from echeancier.domain.terms.owing import Owing
from echeancier.domain.terms.when import PeriodDay, WeeklyDay, When

LAST_SIGNATURE: Final = "last-signature"
ASKED_FOR: Final = ("statement", "request")
"""What starts a payment is a paper that its creditor sends: a statement of account, a request for payment."""

_WHOLE: Final = 100

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
        Slug | None,
        field_words(
            "Dû à partir de",
            "Due from",
            hint=(
                (
                    "last-signature (la dernière signature), statement (chaque mémoire reçu), request (chaque demande de "
                    "paiement), effective (la prise d’effet), ended (la fin), ou le nom d’un événement à enregistrer."
                ),
                (
                    "last-signature, statement (each statement received), request (each request for payment), effective, ended, "
                    "or the name of an event to record."
                ),
            ),
        ),
    ] = None
    on: Annotated[Day | None, field_words("Ou le jour écrit", "Or the day printed")] = None
    needs: Annotated[
        tuple[Need, ...],
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
        PlainDelay | None, field_words("Délai de paiement du texte", "Time to pay, by the text", hint=DELAY_HINT)
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
        """Which of ``starts``, ``on`` and ``needs`` it says."""
        return tuple(name for name in ("starts", "on", "needs") if getattr(self, name))

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
        called=("Versement", "Instalment"), adding=("Ajouter un versement", "Add an instalment")
    )
    share: Annotated[Percent, field_words("Part en % du total", "Share of the total, in %")]


class OneSum(NamedTuple):
    """One sum that a payment makes due.

    Attributes:
        number: which instalment it is, from 1; None of a payment that has but one sum.
        falling: when it falls due.
        cents: how much, None where the text does not say.
        share: of the total, as the text says it; empty where it says none.
    """

    number: int | None
    falling: Falling
    cents: int | None
    share: str = ""

    @property
    def name(self) -> str:
        """What tells it from the others in its key; empty of the only one."""
        return "" if self.number is None else f"{self.number}"


class Sum(Owing):
    """A sum of money and its name."""

    id: Id
    title: Title
    title_en: TitleEn
    amount: Annotated[
        Euros | None,
        field_words(
            "Montant en euros (vide : non donné)",
            "Amount in euros (empty: not given)",
            hint=("Comme 1200.00 ; 1 200,00 € se lit aussi.", "As 1200.00; 1 200,00 € is read too."),
        ),
    ] = None
    total: Annotated[
        Euros | None,
        field_words(
            "Ou le total, versé en plusieurs fois",
            "Or the total, paid in instalments",
            folded=True,
        ),
    ] = None
    parts: Annotated[
        int | None,
        field_words("En tant de parts égales", "In so many equal parts", folded=True),
    ] = Field(default=None, ge=2, le=120)


class Payment(Falling, Sum):
    """Money due: on a day, from what starts it, or once all that it needs is there; at once, in instalments, or each period.

    Attributes:
        amount: the sum, where it is paid at once, or each time; ``total``: what the instalments make.
        when: it comes back on days of the calendar: a rent, each quarter in advance.
        prorata: what is due of a period that the effect or the end cuts: by days over days, by thirtieths, or all of it; None
            where the text does not say: days over days, to be confirmed.
        parts: so many equal parts, each on a day of the calendar, a statement or a request; the last takes the rest of the cents.
        instalments: shares that make 100, each with a day, an event or needs of its own.
    """

    FORMER: ClassVar[Mapping[str, str]] = {
        "amount_cents": 'amount = "300.00", en euros entre guillemets',
        "due": 'starts = "last-signature" ou starts = "statement"',
    }
    WORDS: ClassVar[BlockWords] = block_words(called=("Paiement", "Payment"))
    when: Annotated[
        When | None,
        field_words(
            "Ou à des jours du calendrier",
            "Or on days of the calendar",
            hint=(
                "Un loyer, par exemple. Choisir, puis « Voir l’échéancier » : ses champs viennent ensuite.",
                "A rent, for instance. Choose, then “See the agenda”: its own fields come next.",
            ),
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
        if self.amount is not None and (self.total is not None or self.instalments or self.parts):
            raise ValueError(f"« {self.id} » : versé en plusieurs fois, il a un total (total), pas de amount")
        if self.total is not None and not (self.instalments or self.parts):
            raise ValueError(
                f"« {self.id} » : total se verse en plusieurs fois (instalments ou parts) ; en une fois, écrire amount"
            )
        if any(cents is not None and cents <= 0 for cents in self._cents):
            raise ValueError(f"« {self.id} » : ce total ne fait pas un centime par versement : vérifier total")
        return self

    def _check_when(self) -> None:
        if self.instalments and self.when is not None:
            raise ValueError(
                f"« {self.id} » : ce qui revient (when) se partage en parts égales (parts), pas en instalments"
            )
        if isinstance(self.when, WeeklyDay):  # pydantic wants a ValueError
            raise ValueError(  # noqa: TRY004
                f"« {self.id} » : une somme ne se suit pas à la semaine : l’écrire au mois (day, ou every_months et due)"
            )
        if self.prorata is not None and (not isinstance(self.when, PeriodDay) or self.parts is not None):
            raise ValueError(
                f"« {self.id} » : prorata partage une période entamée : il va avec when = {{ every_months, due }}, sans parts"
            )

    @property
    def said(self) -> tuple[str, ...]:
        """Which of ``starts``, ``on``, ``needs`` and ``when`` it says."""
        return (*super().said, *(("when",) if self.when is not None else ()))

    def _check_instalments(self) -> None:
        beside = [name for name in Falling.model_fields if name in self.model_fields_set and getattr(self, name)]
        if beside:
            raise ValueError(
                f"« {self.id} » : versé en plusieurs fois, c’est dans chaque versement que se dit {', '.join(beside)}"
            )
        for number, one in enumerate(self.instalments, start=1):
            one.check_falling(f"{self.id}, versement {number}")
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

    @property
    def fallings(self) -> tuple[Falling, ...]:
        """What says when it falls due: itself, or each of its instalments."""
        return self.instalments or (self,)

    @property
    def sums(self) -> tuple[OneSum, ...]:
        """The sums it makes due, in the order of the paper, each as the text gives it."""
        cents = self._cents
        if self.instalments:
            return tuple(
                OneSum(number, one, amount, one.share)
                for number, (one, amount) in enumerate(zip(self.instalments, cents, strict=True), start=1)
            )
        if self.parts is not None:
            return tuple(OneSum(number, self, amount) for number, amount in enumerate(cents, start=1))
        return (OneSum(None, self, cents[0]),)

    @property
    def _cents(self) -> tuple[int | None, ...]:
        """How much each sum is, None where the text does not say."""
        if self.total is not None:
            total, shares = cents_of(self.total), tuple(one.share for one in self.instalments)
            return shared(total, shares) if shares else equal_parts(total, self.parts or 1)
        if self.amount is not None:
            return (cents_of(self.amount),)
        return (None,) * (len(self.instalments) or self.parts or 1)
