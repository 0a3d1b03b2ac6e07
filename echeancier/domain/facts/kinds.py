"""The kinds of facts for who brings one: their descriptions for help texts, forms and refusals, and what reads one."""

from pydantic import TypeAdapter

from echeancier.domain.facts.catalogue import MODELS, Fact
from echeancier.domain.facts.description import KindHelp, describe
from echeancier.domain.model import build_models

KINDS: dict[str, KindHelp] = {kind: describe(model) for kind, model in MODELS.items()}
"""Kind -> its description, in the order of the catalogue."""

build_models(*MODELS.values())  # once: what reads any of them, and every record, takes them as they are
FACT: TypeAdapter[Fact] = TypeAdapter(Fact)
"""Reads a fact of any kind."""
