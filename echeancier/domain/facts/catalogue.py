"""Every kind of fact in words, read from the models: for help texts, forms and refusals."""

from typing import get_args

from echeancier.domain.facts.description import KindHelp, describe
from echeancier.domain.facts.recorded import Fact

KINDS: dict[str, KindHelp] = {help_.kind: help_ for help_ in map(describe, get_args(get_args(Fact)[0]))}
"""Kind -> its description, in the order of a convention’s life."""
