"""Reading a TOML file written by a person: where it is, in which encoding, and what breaks it."""

import re
import tomllib
from pathlib import Path

from adapters.french_typography import nbsp

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
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(_in_french(str(error), text)) from None


def _in_french(message: str, text: str) -> str:
    known = (words for start, words in _WORDS if message.startswith(start))
    reason = next(known, f"écriture TOML refusée ({message})")
    lines = text.splitlines()
    where = _AT.search(message)
    line, column = (int(where[1]), int(where[2])) if where else (len(lines), 1)
    shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return nbsp(f"ligne {line}, colonne {column} : {reason}") + (f"\u00a0→ {shown}" if shown else "")
