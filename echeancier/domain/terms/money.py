"""Money that the paper makes somebody pay: when, how much, on what condition."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final

from pydantic import Field, StringConstraints, model_validator

from echeancier.domain.dates.delay import PlainDelay
from echeancier.domain.declared import field_words
from echeancier.domain.euros import Euros
from echeancier.domain.model import Day, Frozen, Reference, Slug
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
    block_words,
)
from echeancier.domain.terms.owing import Owing

LAST_SIGNATURE: Final = "last-signature"
ASKED_FOR: Final = ("statement", "request")
"""What starts a payment is a paper that its creditor sends: a statement of account, a request for payment."""

POLICY_DAYS: Final = 30
"""Days we allow ourselves to pay where the text gives none."""

Need = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*){0,2}$", max_length=182)]
"""The id of a duty, ``report``, one time of it, ``report/2027``, of one party, ``report/2027/agency``; else a paper."""


class Falling(Owing):
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
                "quand il est dû"
            )
        if self.on is not None and (
            self.delay is not None or self.not_before is not None or self.policy_days is not None
        ):
            raise ValueError(
                f"« {name} » : dû un jour écrit (on), il n’a ni delay, ni policy_days, ni not_before : les ôter"
            )
        if self.delay is not None and self.policy_days is not None:
            raise ValueError(f"« {name} » : le texte donne un délai (delay), le nôtre ne sert pas : ôter policy_days")
        if self.documents and self.starts != LAST_SIGNATURE:
            raise ValueError(
                f'« {name} » : documents dit quelles signatures attendre : il va avec starts = "{LAST_SIGNATURE}"'
            )
        if len(set(self.needs)) < len(self.needs):
            raise ValueError(f"« {name} » : needs nomme deux fois la même chose")


class Sum(Frozen):
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


class Payment(Falling, Sum):
    """Money due: on a day, from what starts it, or once all that it needs is there."""

    FORMER: ClassVar[Mapping[str, str]] = {
        "amount_cents": 'amount = "300.00", en euros entre guillemets',
        "due": 'starts = "last-signature" ou starts = "statement"',
    }
    WORDS: ClassVar[BlockWords] = block_words(called=("Paiement", "Payment"))
    owed_by: OwedBy
    owed_to: OwedTo
    responsible: Responsible = ()
    informed: Informed = ()
    clauses: Cited

    @model_validator(mode="after")
    def _when_it_falls_due(self) -> "Payment":
        self.check_falling(self.id)
        return self
