"""The file that says who may do what on the desk, by verified address, by identifier or by group."""

import hashlib
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, ValidationError, model_validator

from echeancier.adapters.files.toml_file import TomlError, parse_toml, read_text
from echeancier.adapters.sign_in.errors import EmailUnverifiedError, UnknownPersonError
from echeancier.domain.errors import FileContentError
from echeancier.domain.model import Frozen, OneLine
from echeancier.domain.terms.model_problems import problems_in_french
from echeancier.domain.text import checked_address


def _a_function(value: str) -> str:
    if not 2 <= len(value) <= 80 or "@" in value or not value.isprintable():
        raise ValueError("une fonction est attendue, de 2 à 80 signes, sans adresse")
    return value


def _an_address(value: str) -> str:
    """As mail is addressed: what is read in the file is what is let in, no look-alike of it."""
    return checked_address(value).casefold() if value else ""


def _a_siret(value: str) -> str:
    if value and not (len(value) == 14 and value.isdecimal()):
        raise ValueError("les quatorze chiffres d’un SIRET sont attendus, entre guillemets et sans espace")
    return value


Function = Annotated[str, AfterValidator(_a_function)]
"""What the journal keeps: a function, or the key of a role of the convention; never an address."""

_log = logging.getLogger(__name__)


class RolesFileError(FileContentError):
    """The roles file cannot be used as it stands; every problem is given at once, in French."""


class Admitted(Frozen):
    """Somebody, or a group, who may come in.

    Attributes:
        function: what the journal keeps and every page shows.
        siret: the person must also come from this establishment (fourteen digits), where the provider tells it.
    """

    role: Literal["coordinator", "manager", "reader"]
    function: Function
    email: Annotated[str, AfterValidator(_an_address)] = ""
    sub: OneLine = ""
    group: OneLine = ""
    siret: Annotated[str, AfterValidator(_a_siret)] = ""

    @model_validator(mode="after")
    def _one_way_to_know_it(self) -> Self:
        if sum(map(bool, (self.email, self.sub, self.group))) != 1:
            raise ValueError("une seule clé parmi email, sub et group dit de qui il s’agit")
        return self

    @property
    def key(self) -> str:
        """What a session keeps of this line: a digest, which is found again as long as the line stands."""
        who = (self.email, self.sub, self.group, self.siret)
        return hashlib.sha256("\x1f".join(who).encode()).hexdigest()


class Roles:
    """The lines of the file, read again when it changes: somebody taken off it is out at the next click.

    Args:
        path: the file.
        groups_claim: where the provider lists a person's groups.
        trust_email: an address of which the provider says nothing is taken for verified.

    Raises:
        RolesFileError: the file cannot be used.
    """

    def __init__(self, path: Path, *, groups_claim: str = "groups", trust_email: bool = False) -> None:
        self._path, self._groups_claim, self._trust_email = path, groups_claim, trust_email
        self._entries = load_roles(path)
        self._read_at = _mark(path)

    def entry(self, key: str) -> Admitted | None:
        """Return the line that a session came from, None when it was taken off."""
        return next((entry for entry in self._now() if entry.key == key), None)

    def known(self, claims: Mapping[str, Any]) -> Admitted:
        """Return the line of a verified person: by identifier, else by address, else by the first group that matches.

        Raises:
            EmailUnverifiedError: the provider does not vouch for the address.
            UnknownPersonError: no line is about this person.
        """
        entries = [entry for entry in self._now() if entry.siret in ("", str(claims.get("siret", "")))]
        email, groups, vouched = claims.get("email"), claims.get(self._groups_claim), self._vouched(claims)
        address = _said_by_the_provider(email) if vouched else ""
        found = [
            *(entry for entry in entries if entry.sub and entry.sub == claims.get("sub")),
            *(entry for entry in entries if entry.email and entry.email == address),
            *(entry for entry in entries if entry.group and isinstance(groups, list) and entry.group in groups),
        ]
        if found:
            return found[0]
        if email and not vouched:
            raise EmailUnverifiedError("adresse non vérifiée (email_verified)")
        raise UnknownPersonError("aucune ligne du fichier des rôles")

    def _vouched(self, claims: Mapping[str, Any]) -> bool:
        said = claims.get("email_verified")
        return said in (True, "true") or (said is None and self._trust_email)

    def _now(self) -> tuple[Admitted, ...]:
        mark = _mark(self._path)
        if mark != self._read_at:
            self._read_at = mark
            try:
                self._entries = load_roles(self._path)
            except RolesFileError as error:
                _log.error("le fichier des rôles ne se lit plus, l’ancien reste en vigueur : %s", error)
        return self._entries


def load_roles(path: Path) -> tuple[Admitted, ...]:
    """Return the lines of a roles file, in its order.

    Raises:
        RolesFileError: it is missing, is not TOML, names nobody or the same person twice; all said at once.
    """
    try:
        data = parse_toml(read_text(path))
    except TomlError as problem:
        raise RolesFileError(path.name, (str(problem),)) from None
    problems = [f"{key}\u00a0: seuls des blocs [[access]] sont attendus" for key in data if key != "access"]
    blocks = data.get("access", [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise RolesFileError(path.name, (*problems, "access\u00a0: écrire chaque personne dans un bloc [[access]]"))
    entries: dict[str, Admitted] = {}
    for number, block in enumerate(blocks, start=1):
        try:
            entry = Admitted.model_validate(block)
        except ValidationError as error:
            problems += problems_in_french(error, Admitted, block, block=f"access[{number}]")
            continue
        if entry.key in entries:
            problems.append(f"access[{number}]\u00a0: cette personne ou ce groupe est déjà plus haut")
        entries[entry.key] = entry
    if not problems and not any(entry.role == "coordinator" for entry in entries.values()):
        problems.append('il faut au moins une ligne dont role = "coordinator"')
    if problems:
        raise RolesFileError(path.name, tuple(problems))
    return tuple(entries.values())


def _said_by_the_provider(email: object) -> str:
    try:
        return _an_address(email) if isinstance(email, str) else ""
    except ValueError:
        return ""


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_ino)
