"""Damaged copies of what people bring, each made from its number: a failure can be made again."""

import io
import zipfile
from collections.abc import Sequence
from random import Random  # noqa: TID251 - seeded: the same number gives the same copy


def mutant(seeds: Sequence[bytes], number: int, tokens: Sequence[bytes]) -> bytes:
    """Return the copy ``number`` of one of the seeds, with one to six wounds; words of the format are among the wounds."""
    chance = Random(number)  # noqa: S311 - no secret
    raw = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 6)):
        _wound(raw, chance, tokens)
    return bytes(raw)


def workbook_mutant(seeds: Sequence[bytes], number: int, tokens: Sequence[bytes]) -> bytes:
    """Return a damaged workbook: the archive itself, or one of its parts, put back in a sound archive."""
    if number % 4 == 0:
        return mutant(seeds, number, tokens)
    chance = Random(number)  # noqa: S311 - no secret
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(chance.choice(seeds))) as old, zipfile.ZipFile(out, "w") as new:
        hurt = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, mutant([content], number, tokens) if name == hurt else content)
    return out.getvalue()


def _wound(raw: bytearray, chance: Random, tokens: Sequence[bytes]) -> None:
    at = chance.randrange(len(raw) + 1)
    to = min(len(raw), at + chance.choice((1, 2, 8, 40, 400)))
    match chance.randrange(7):
        case 0:
            del raw[at:to]
        case 1:
            raw[at:at] = raw[at:to] * chance.choice((1, 2, 50, 500))
        case 2:
            raw[at:at] = chance.choice(tokens)
        case 3:
            raw[at:to] = chance.choice(tokens)
        case 4:
            raw[at:to] = bytes(chance.randrange(256) for _ in range(to - at))
        case 5 if at < len(raw):
            raw[at] ^= 1 << chance.randrange(8)
        case _:
            del raw[max(at, 1) if chance.random() < 0.1 else len(raw) :]
