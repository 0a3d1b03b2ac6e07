"""The known conventions that a form may begin from, by kind, in the words of a town hall."""

from functools import cache
from typing import NamedTuple

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.examples import EXAMPLES
from echeancier.domain.declared import words_of
from echeancier.domain.model import Text, title_of
from echeancier.domain.terms.convention import Convention


class KnownConvention(NamedTuple):
    """One of them: the name of its file, its kind and its title."""

    name: str
    kind: str
    title: Text


@cache
def kinds() -> dict[str, Text]:
    """Return the kinds of conventions and their words, in the order of the model."""
    words = words_of(Convention.model_fields["kind"])
    assert words is not None  # noqa: S101 - the model carries them
    return dict(words.values)


@cache
def known_conventions() -> tuple[KnownConvention, ...]:
    """Return the example conventions, by kind in the order of the kinds, then by title."""
    files = sorted(path for path in EXAMPLES.glob("*.toml") if not path.stem.endswith(".facts"))
    found = [(path.stem, load_convention(path)) for path in files]
    rows = [KnownConvention(name, one.kind, title_of(one)) for name, one in found]
    order = [*kinds()]
    return tuple(sorted(rows, key=lambda row: (order.index(row.kind), row.title.fr)))
