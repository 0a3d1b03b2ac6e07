"""What touches a dossier as a whole: the version a correction starts from, terms typed wrongly, a withdrawal."""

from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from domain.convention import Convention
from domain.door.case import agenda_or_refusal, situation_at
from domain.door.checks import check_open
from domain.door.refusal import refusal
from domain.door.start import check_start
from domain.dossier import Dossier
from domain.model import PROSE_LIMIT, Prose

_REASON: TypeAdapter[str] = TypeAdapter(Prose)


def check_version(dossier: Dossier, fact_id: str, version: int) -> None:
    """Check that a correction starts from the version in force, not from one that somebody corrected meanwhile.

    Raises:
        Refusal: another version is in force.
    """
    latest = max((r.version for r in dossier.facts if r.id == fact_id), default=version)
    if latest != version:
        raise refusal(
            f"{fact_id} a été rectifié entre-temps (version {latest}) : le relire, puis recommencer.",
            f"{fact_id} was corrected meanwhile (version {latest}): read it again, then start over.",
        )


def check_terms(dossier: Dossier, convention: Convention, recorded_at: datetime, why: str) -> None:
    """Check that terms can replace those of a dossier; the facts already recorded must still make sense with them.

    Raises:
        Refusal: another reference, no reason given, terms that do not hang together, or facts that no longer fit.
    """
    check_open(dossier)
    _said(why)
    if convention.reference != dossier.convention.reference:
        raise refusal(
            f"le fichier porte la référence {convention.reference}, le dossier {dossier.convention.reference} : une "
            "référence ne change jamais.",
            f"the file has reference {convention.reference}, the dossier {dossier.convention.reference}: a reference "
            "never changes.",
        )
    if not why.strip():
        raise refusal("dire pourquoi les termes sont rectifiés.", "say why the terms are corrected.")
    check_start(convention, recorded_at)
    replaced = dossier.model_copy(update={"convention": convention})
    agenda_or_refusal(situation_at(replaced, tuple(dossier.facts), recorded_at))


def check_withdrawal(dossier: Dossier, why: str) -> None:
    """Check that a convention can be withdrawn from the register.

    Raises:
        Refusal: it is closed or withdrawn already, or no reason is given.
    """
    check_open(dossier)
    _said(why)
    if not why.strip():
        raise refusal(
            "dire pourquoi la convention est retirée : ceux qui ont reçu un message liront cette raison.",
            "say why the convention is withdrawn: those who were written to will read that reason.",
        )


def _said(why: str) -> None:
    try:
        _REASON.validate_python(why)
    except ValidationError as error:
        limit = f"{PROSE_LIMIT} caractères au plus"
        fr = str(error.errors()[0].get("ctx", {}).get("error", limit))
        raise refusal(f"la raison : {fr}.", f"the reason: {fr}.") from None
