"""A convention written as its file, with what must be looked at as comments beside it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import tomli_w

from echeancier.domain.terms.convention import Convention
from echeancier.domain.typography import nbsp

_HEADER: Final = re.compile(r"\[{1,2}([A-Za-z0-9_.-]+)\]{1,2}$")
_KEY: Final = re.compile(r"([A-Za-z0-9_-]+) = ")


def convention_file(
    convention: Convention, head: Iterable[str] = (), marks: Mapping[str, Iterable[str]] | None = None
) -> str:
    """Return the file of a convention; reading it back gives the same terms.

    Args:
        convention: the terms; what the format takes for granted is left out.
        head: lines of comment at the beginning.
        marks: comments by place, a path in the file such as ``term.ends_on`` or ``duty.2.meeting`` (blocks counted
            from 0); those of a place that the file does not write stand at the beginning.
    """
    terms: dict[str, Any] = convention.model_dump(by_alias=True, exclude_defaults=True, exclude_none=True)
    left = {place: [*said] for place, said in (marks or {}).items()}
    lines = [*_with_comments(tomli_w.dumps(terms).splitlines(), left)]
    homeless = [f"# {place} : {words}" for place, said in left.items() for words in said]
    first = [nbsp(f"# {line}") for line in head] + [nbsp(line) for line in homeless]
    text = "\n".join([*first, *([""] if first else []), *lines])
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _with_comments(lines: Iterable[str], left: dict[str, list[str]]) -> Iterator[str]:
    """Yield the lines, the comments of each place before it; what was said is taken away."""
    table, counts = "", dict[str, int]()
    for line in lines:
        places: list[str] = []
        if header := _HEADER.match(line):
            table = _table(header[1], counts, repeated=line.startswith("[["))
            parts = table.split(".")
            places = [
                ".".join(parts[:count]) for count in range(1, len(parts) + 1)
            ]  # « roles » stands at its first block
        elif key := _KEY.match(line):
            places = [f"{table}.{key[1]}" if table else key[1]]
        for place in places:
            for words in left.pop(place, []):
                yield nbsp(f"# À REVOIR : {words}")
        yield line


def _table(name: str, counts: dict[str, int], *, repeated: bool) -> str:
    """Return the path of a table, its repeated blocks numbered; ``counts`` holds how many of each there were."""
    path = ""
    parts = name.split(".")
    for place, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        last = place == len(parts) - 1
        if repeated and last:
            counts[path] = counts.get(path, -1) + 1
            for known in [one for one in counts if one.startswith(f"{path}.{counts[path]}.")]:
                del counts[known]
        if path in counts:
            path = f"{path}.{counts[path]}"
    return path
