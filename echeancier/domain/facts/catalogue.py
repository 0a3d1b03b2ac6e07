"""Every kind of fact: its model, and its description in words, read from the model, for help texts, forms and refusals."""

from typing import get_args

from echeancier.domain.facts.dated import AnyFact
from echeancier.domain.facts.description import KindHelp, describe
from echeancier.domain.facts.recorded import Fact

MODELS: dict[str, type[AnyFact]] = {model.model_fields["kind"].default: model for model in get_args(get_args(Fact)[0])}
"""Kind -> its model, in the order of a convention’s life."""

KINDS: dict[str, KindHelp] = {kind: describe(model) for kind, model in MODELS.items()}
"""Kind -> its description, in the same order."""


def settles_by(kind: str | None) -> str | None:
    """Return how a kind of fact names what it settles (`AnyFact.SETTLES_BY`); None for what is no kind or settles nothing so."""
    return MODELS[kind].SETTLES_BY if kind in MODELS else None
