"""Every kind of fact and its model."""

from datetime import date
from typing import Annotated, get_args

from pydantic import Field

from echeancier.domain.facts.accounts import AccountsCounted
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.act import ActFact, AppealFact
from echeancier.domain.facts.breach import BreachFact
from echeancier.domain.facts.dated import AnyFact
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import EndFact
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterFact
from echeancier.domain.facts.litigation import LitigationFact
from echeancier.domain.facts.mail import MailFact
from echeancier.domain.facts.meetings import MeetingArranged, MeetingFact
from echeancier.domain.facts.money import MoneyFact
from echeancier.domain.facts.parent import ParentFact
from echeancier.domain.facts.people import InstitutionFact, PeopleFact
from echeancier.domain.facts.personal_data import PersonalDataFact
from echeancier.domain.facts.pieces import PieceAttached
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.signing import SigningFact
from echeancier.domain.model import Text

Fact = Annotated[
    ActFact | SigningFact | AppealFact | DutyDone | Acknowledged | MeetingFact | QuestionAnswered | Happened | MoneyFact
    | AccountsCounted | LetterFact | EndFact | BreachFact | LitigationFact | ParentFact
    | MailFact | PeopleFact | PersonalDataFact | InstitutionFact | PieceAttached,
    Field(discriminator="kind"),
]  # fmt: skip
"""Anything that can be recorded, in the order in which a person reads the kinds."""

MODELS: dict[str, type[AnyFact]] = {model.model_fields["kind"].default: model for model in get_args(get_args(Fact)[0])}
"""Kind -> its model, in the order of a convention’s life."""


STEPS_OF_AN_ACT: dict[str, Text] = {
    kind: model.WORDS.on_label for kind, model in MODELS.items() if model.IS_OF_THE_ACT and model.WORDS.on_label
}
"""What is told once of a deliberation, in the order in which it happens, with what its day is called."""


def settles_by(kind: str | None, occurrence: str) -> str | None:
    """Return how a kind of fact names the occurrence that it settles (`AnyFact.SETTLES_BY`), empty where there is only one.

    None for what is no kind or settles nothing so.
    """
    field = MODELS[kind].SETTLES_BY if kind in MODELS else None
    return field and (field if occurrence else "")


def day_of(fact: Fact) -> date:
    """Return the local day on which the fact lies (a meeting's: the day it is fixed for)."""
    return fact.starts_at.date() if isinstance(fact, MeetingArranged) else fact.on
