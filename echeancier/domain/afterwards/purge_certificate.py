"""The certificate of a purge in words: what was destroyed, when, under which rule. French, as its readers are."""

from datetime import datetime
from zoneinfo import ZoneInfo

from echeancier.domain.afterwards.purge_record import Destroyed, Kind, PurgeRecord
from echeancier.domain.dates.words import hour, in_words

TITLE = "Certificat de purge d’un dossier"

KINDS: dict[Kind, str] = {
    "elsewhere": "messages capturés sur place, brouillons, répétitions, abonnements",
    "replies": "réponses reçues par courriel",
    "documents": "documents et messages envoyés",
    "runs": "exécutions du moteur, avec leur historique",
    "keys": "clés de chiffrement",
}

BASES = {
    "visa": "visa d’élimination du service d’archives (Code du patrimoine, art. R. 212-14)",
    "no-visa": "autorisation d’éliminer cette catégorie de documents sans visa particulier (déclarée à la confirmation)",
}

LEFT = (
    "Ce qui reste : ce certificat et un journal sans personne (jours, sortes de faits, rôles, institutions, empreintes).",
    "Ce certificat ne dit rien des copies que d’autres détiennent : messages reçus, lettres, sauvegardes.",
    "Détruire la clé dans les sauvegardes revient à qui les tient.",
)

_REMOVED = "convention bloquée, retirée sur décision sans que son dossier ait été clos"
_RULE = "obligations de fin accomplies et délai de conservation passé, puis {} jours d’avertissement"


def rows(record: PurgeRecord, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Return what the certificate says of the file, as labels and values."""
    finished = record.finished_at or record.begun_at
    return [
        ("Référence", record.reference),
        ("Parties", " ; ".join(record.parties)),
        ("Enregistré le", in_words(record.registered_on)),
        ("Clos le", in_words(record.closed_on)),
        ("À purger le", in_words(record.purge_on)),
        ("Règle", _REMOVED if record.removed else _RULE.format(record.notice_days)),
        ("Confirmé le", f"{in_words(record.confirmed_on)}, par la fonction « {record.confirmed_by} »"),
        ("Fondement", BASES[record.basis]),
        ("Commencé le", _moment(record.begun_at, zone)),
        ("Terminé le", _moment(finished, zone)),
    ]


def destroyed(record: PurgeRecord, zone: ZoneInfo) -> list[tuple[str, str, str, str]]:
    """Return one line per kind: what, how many, when nothing was left, the mark."""
    return [_line(record.of(kind), zone) for kind in KINDS]


def text(record: PurgeRecord, zone: ZoneInfo) -> str:
    """Return the whole certificate as plain text."""
    lines = [TITLE, "", *(f"{label} : {value}" for label, value in rows(record, zone)), "", "Détruit :"]
    for what, count, when, mark in destroyed(record, zone):
        lines.append(f"- {what} : {count}, {when}" + (f"\n  empreinte SHA-256 : {mark}" if mark else ""))
    return "\n".join([*lines, "", *LEFT, ""])


def _line(one: Destroyed, zone: ZoneInfo) -> tuple[str, str, str, str]:
    size = f" ({one.size} octets)" if one.size else ""
    when = _moment(one.at, zone) if one.at else "–"
    return (KINDS[one.kind], f"{one.count}{size}", when, one.mark)


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{in_words(local.date())} à {hour(local)}"
