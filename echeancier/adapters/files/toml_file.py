"""Reading a TOML file written by a person: where it is, in which encoding, what breaks it, and how much it may hold."""

import re
import tomllib
from pathlib import Path
from typing import Final

from echeancier.domain.typography import nbsp

MOST_VALUES: Final = 20_000
"""Keys and values of a file, all counted: the longest of the known conventions has two thousand."""

DEEPEST: Final = 12
"""Blocks within blocks; a convention file has five."""

LONGEST: Final = 100_000
"""Characters of one text."""

_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")
_WORDS = (
    ("Expected '=' after a key", "il manque le signe = après le nom de la clé"),
    ("Invalid value", "valeur illisible : un texte prend des guillemets droits, une date n’en prend pas"),
    ("Cannot overwrite a value", "cette clé est écrite deux fois"),
    ("Cannot declare", "ce bloc est déclaré deux fois : un bloc répété s’écrit [[entre doubles crochets]]"),
    ("Unclosed array", "il manque le crochet fermant ]"),
    ("Unclosed inline table", "il manque l’accolade fermante }"),
    ("Unterminated string", "il manque le guillemet fermant \""),
    ("Illegal character", "il manque sans doute le guillemet fermant \", ou un caractère invisible est là"),
    ("Expected newline or end of document", "la valeur est mal écrite, ou autre chose la suit sur la ligne"),
    ("Invalid statement", "une ligne commence par une clé sans accent, ou par un bloc entre crochets"),
    ("Invalid initial character for a key", "une clé commence par une lettre sans accent ou un chiffre"),
)  # fmt: skip

_TOO_DEEP = f"des blocs dans des blocs, plus de {DEEPEST} fois : un fichier de convention ou de faits en a cinq au plus"


class TomlError(Exception):
    """The text is not TOML, or the file cannot be opened; the message is French, without the file's name."""


def read_text(path: Path) -> str:
    """Return the text of ``path``.

    Raises:
        TomlError: the file does not exist, cannot be opened, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise TomlError("le fichier n’existe pas ; vérifier son chemin") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise TomlError(nbsp(f"ligne {line} : le fichier doit être enregistré en UTF-8")) from None
    except IsADirectoryError:
        raise TomlError("c’est un dossier ; donner le chemin d’un fichier TOML") from None
    except PermissionError:
        raise TomlError("le fichier ne peut pas être lu ; vérifier ses droits") from None
    except OSError as error:
        raise TomlError(f"le fichier ne peut pas être ouvert ({error.strerror})") from None


def parse_toml(text: str) -> dict[str, object]:
    """Return the content of a TOML text.

    Raises:
        TomlError: with the line, the column, what is wrong and the line itself.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(_in_french(str(error), text)) from None
    except RecursionError:
        raise TomlError(_TOO_DEEP) from None
    except (ValueError, ArithmeticError):  # thousands of digits, an offset of days
        raise TomlError("un nombre ou une heure de ce fichier dépasse toute mesure") from None
    _measure(found)
    return found


def plain_toml(raw: bytes) -> tuple[dict[str, object], str]:
    """Return the content of a TOML text in UTF-8, and what is wrong with it: made to be read apart (`adapters.apart`)."""
    try:
        return parse_toml(raw.decode("utf-8")), ""
    except TomlError as error:
        return {}, str(error)


def _measure(data: dict[str, object]) -> None:
    """Refuse more than a person writes: what follows must have an end."""
    left = MOST_VALUES
    level: list[object] = [data]
    for _ in range(DEEPEST):
        below: list[object] = []
        for value in level:
            left -= 1
            if isinstance(value, dict):
                below += value.keys()
                below += value.values()
            elif isinstance(value, list):
                below += value
            elif isinstance(value, str) and len(value) > LONGEST:
                raise TomlError(f"un texte de {len(value)} caractères : {LONGEST} au plus")
            elif isinstance(value, int) and abs(value) >= 1 << 63:
                raise TomlError("un nombre de ce fichier dépasse toute mesure")
        if left < len(below):
            raise TomlError(f"ce fichier est trop long : {MOST_VALUES} clés et valeurs au plus")
        level = below
    if level:
        raise TomlError(_TOO_DEEP)


def _in_french(message: str, text: str) -> str:
    known = (words for start, words in _WORDS if message.startswith(start))
    reason = next(known, f"écriture TOML refusée ({message[:200]})")
    lines = text.splitlines()
    where = _AT.search(message)
    line, column = (int(where[1]), int(where[2])) if where else (len(lines), 1)
    shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return nbsp(f"ligne {line}, colonne {column} : {reason}") + (f"\u00a0→ {shown[:200]}" if shown else "")
