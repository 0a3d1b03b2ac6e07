"""What went wrong, as a line a person can act on, and the exit code that goes with it."""

import errno
import os
import re
from dataclasses import dataclass
from typing import Final

from typer import Abort
from typer.exceptions import TyperException

from echeancier.domain.errors import EcheancierError
from echeancier.domain.typography import nbsp
from echeancier.engine.errors import EngineBusyError, EngineError

REFUSED: Final = 2
"""The request or a file must be put right; nothing was done."""
FAILED: Final = 1
"""The engine is not there, or did not answer: what was asked is not known to be done."""
INTERRUPTED: Final = 130

_SEE_HELP: Final = "Voir « echeancier --help »."
# The exceptions of the option parser are private to typer: its English words are all there is to go by.
_IN_FRENCH: Final = (
    (r"Missing argument '(.+)'\.", r"Il manque l’argument \1."),
    (r"Missing option '(.+)'\.", r"Il manque l’option \1."),
    (r"Missing command\.", r"Il manque une commande."),
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"L’option \1 n’existe pas ; peut-être \2 ?"),
    (r"No such option: (\S+)", r"L’option \1 n’existe pas."),
    (r"No such command '(.+)'\. Did you mean '(.+)'\?", r"La commande \1 n’existe pas ; peut-être \2 ?"),
    (r"No such command '(.+)'\.", r"La commande \1 n’existe pas."),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"En trop sur la ligne : \1."),
    (r"Option '(.+)' requires an argument\.", r"L’option \1 attend une valeur."),
    (r"Option '(.+)' does not take a value\.", r"L’option \1 ne prend pas de valeur."),
    (
        r"Invalid value for '(.+?)': (?:Value error, )?'(.*)' is not one of (.+)\.",
        r"\1 : « \2 » n’est pas admis ; au choix \3.",
    ),
    (r"Invalid value for '(.+?)': (.+)", r"\1 : \2"),
    (r"Invalid value: (.+)", r"\1"),
)


_SYSTEM: Final = {
    errno.ENOSPC: "le disque est plein",
    errno.EACCES: "le droit de lire ou d’écrire manque",
    errno.EPERM: "le droit de lire ou d’écrire manque",
    errno.EROFS: "ce dossier ne peut qu’être lu",
    errno.ENOENT: "ce chemin n’existe pas",
    errno.ENOTDIR: "un élément du chemin n’est pas un dossier",
    errno.EISDIR: "c’est un dossier, on attend un fichier",
    errno.EEXIST: "c’est un fichier, on attend un dossier",
}


@dataclass(frozen=True)
class ExitWords:
    """What to say on stderr (nothing when empty), and how to end."""

    words: str
    code: int


def refusal(error: Exception) -> ExitWords | None:
    """Return what to tell the person; None for a fault of the program, which must show its trace."""
    if isinstance(error, EcheancierError | EngineError):
        failed = isinstance(error, EngineError) and not isinstance(error, EngineBusyError)
        return ExitWords(nbsp(str(error)), FAILED if failed else REFUSED)
    if isinstance(error, TyperException):  # without a word: no command at all, the help page has just been shown
        return ExitWords(_in_french(error.format_message()) if error.format_message() else "", REFUSED)
    if isinstance(error, Abort):
        return ExitWords("Interrompu.", INTERRUPTED)
    if isinstance(error, BrokenPipeError):
        return ExitWords("", 0)  # the reader left first (`echeancier … | head`): its choice
    if isinstance(error, OSError) and error.errno is not None:
        return ExitWords(nbsp(_system(error)), 1)
    return None


def _system(error: OSError) -> str:
    """What the system refused, in words: the disk, a right, a path."""
    where = f" ({error.filename})" if error.filename else ""
    why = _SYSTEM.get(error.errno or 0, f"le système répond : {os.strerror(error.errno or 0)}")
    return f"Impossible d’aller plus loin : {why}{where}."


def _in_french(message: str) -> str:
    for english, french in _IN_FRENCH:
        if re.fullmatch(english, message, re.DOTALL):
            return nbsp(f"{re.sub(english, french, message, flags=re.DOTALL)}\n{_SEE_HELP}")
    return nbsp(f"Commande refusée : {message}\n{_SEE_HELP}")
