"""When the whole of a convention is corrected or withdrawn: what its terms may not say then."""

from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import in_force
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.model import PROSE_LIMIT, Prose
from echeancier.domain.recording.changes import check_changes_still_fit
from echeancier.domain.recording.check_context import agenda_or_refusal, situation_at
from echeancier.domain.recording.checks import check_open
from echeancier.domain.recording.start import check_start
from echeancier.domain.standing.deliberations import OF_AN_ACT
from echeancier.domain.terms.convention import Convention

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
    _check_reason(why)
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
    _no_fact_without_its_act(dossier, convention)
    replaced = dossier.model_copy(update={"convention": convention})
    check_changes_still_fit(situation_at(replaced, tuple(dossier.facts), recorded_at))
    agenda_or_refusal(situation_at(replaced, tuple(dossier.facts), recorded_at))


def _no_fact_without_its_act(dossier: Dossier, convention: Convention) -> None:
    """Refuse terms in which a recorded fact would no longer be about any act: the days it gives would vanish."""
    known = {act.id for act in convention.act}
    only = len(convention.act) == 1
    lost = [
        record.id
        for record in in_force(tuple(dossier.facts))
        if isinstance(record.fact, OF_AN_ACT)
        and record.fact.act not in known
        and not (only and record.fact.act is None)
    ]
    if lost:
        names = ", ".join(sorted(name for name in known if name)) or "—"
        raise refusal(
            f"ces faits ne seraient plus d’aucune délibération : {', '.join(lost)} (délibérations du fichier : {names}). Donner "
            "d’abord un id à la délibération, la nommer dans ces faits (act), puis ajouter les autres.",
            f"these facts would be about no act any more: {', '.join(lost)} (acts of the file: {names}). First give the act an "
            "id, name it in these facts (act), then add the others.",
        )


def check_withdrawal(dossier: Dossier, why: str) -> None:
    """Check that a convention can be withdrawn from the register.

    Raises:
        Refusal: it is closed or withdrawn already, or no reason is given.
    """
    check_open(dossier)
    _check_reason(why)
    if not why.strip():
        raise refusal(
            "dire pourquoi la convention est retirée : ceux qui ont reçu un message liront cette raison.",
            "say why the convention is withdrawn: those who were written to will read that reason.",
        )


def _check_reason(why: str) -> None:
    try:
        _REASON.validate_python(why)
    except ValidationError as error:
        limit = f"{PROSE_LIMIT} caractères au plus"
        fr = str(error.errors()[0].get("ctx", {}).get("error", limit))
        raise refusal(f"la raison : {fr}.", f"the reason: {fr}.") from None
