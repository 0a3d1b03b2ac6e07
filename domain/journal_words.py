"""What the facts of what goes wrong or changes are called in the journal."""

from typing import Final

from domain.model import Text

LIFE_WORDS: Final[dict[str, Text]] = {
    "breach-step": Text(fr="Étape d’une procédure de manquement", en="Step of a breach procedure"),
    "breach-closed": Text(fr="Procédure de manquement close", en="Breach procedure closed"),
    "resumed": Text(fr="Reprise après une suspension", en="Resumed after a suspension"),
    "accounts-counted": Text(fr="Comptes ouverts dénombrés", en="Open accounts counted"),
    "incident-assessed": Text(fr="Risque d’une violation jugé", en="Risk of a breach judged"),
    "answer-extended": Text(fr="Réponse à une personne prolongée", en="Answer to a person extended"),
    "certificate-received": Text(fr="Attestation de destruction", en="Certificate of destruction"),
    "hold-reviewed": Text(fr="Suspension pour contentieux revue", en="Litigation hold reviewed"),
    "party-changed": Text(fr="Nouveau nom d’une partie", en="New name of a party"),
    "territory-changed": Text(fr="Territoire modifié", en="Territory changed"),
}
"""Kind of fact -> its name."""
