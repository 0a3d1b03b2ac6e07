"""What a thing is called where there is little room: in the subject of a mail, beside its day.

The paper may give whatever it makes somebody do a short name; the steps of our procedures have theirs here; anything else
goes without what its title says in brackets or after a colon, which is told in full below the subject.
"""

import re
from typing import Final

from echeancier.domain.agenda.items import Item
from echeancier.domain.agenda.procedure import side_name
from echeancier.domain.model import Text
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.fields import SHORT_ROOM

_BRACKETS = re.compile(r"\s*\([^()]*\)")
_AMOUNT = re.compile(r"\s*:.*$")
_END = re.compile(r"(?::|,|;| – ).*$")

_STEPS: Final[dict[str, Text]] = {
    "act/publication": Text(fr="Délibération à publier", en="Act to publish"),
    "act/transmission": Text(fr="Délibération à transmettre au préfet", en="Act to send to the prefect"),
    "act/convocation": Text(fr="Convocation de l’assemblée", en="Convening the assembly"),
    "recourse/contract": Text(fr="Recours contre la convention", en="Challenge of the convention"),
    "recourse/third-parties": Text(fr="Recours des tiers", en="Third parties’ challenge"),
    "recourse/councillors": Text(fr="Recours des élus", en="Councillors’ challenge"),
    "recourse/prefect": Text(fr="Déféré préfectoral", en="Referral by the prefect"),
    "renewal/kick-off": Text(fr="Lancement du renouvellement", en="Start of the renewal"),
    "renewal/committee": Text(fr="Comité du renouvellement", en="Committee on the renewal"),
    "renewal/decision": Text(fr="Décision sur la suite", en="Decision on what follows"),
    "renewal/text-agreed": Text(fr="Texte du renouvellement", en="Text of the renewal"),
    "renewal/convocation": Text(fr="Convocation pour le renouvellement", en="Convening for the renewal"),
    "renewal/vote": Text(fr="Vote du renouvellement", en="Vote of the renewal"),
    "renewal/executory": Text(fr="Renouvellement à transmettre", en="Renewal to send to the prefect"),
    "renewal/signatures": Text(fr="Signatures du renouvellement", en="Signatures of the renewal"),
    "renewal/act": Text(fr="Acte de renouvellement", en="Act of renewal"),
    "renewal/with-parent": Text(fr="Suite avec la convention mère", en="Renewal with the parent"),
    "denial/review": Text(fr="Bilan avant reconduction", en="Review before renewal"),
    "denial/decision": Text(fr="Dénoncer ou laisser reconduire", en="Deny or let it renew"),
}
"""By series and step."""

_SERIES: Final[dict[str, Text]] = {
    "notice": Text(fr="Lettre de résiliation", en="Termination letter"),
    "authority": Text(fr="Nouveau vote de l’habilitation", en="New vote of the authority"),
    "contract-publicity": Text(fr="Avis de signature à publier", en="Notice of signature to publish"),
    "certificate": Text(fr="Attestation de destruction", en="Certificate of destruction"),
    "end": Text(fr="Fin de la convention", en="End of the convention"),
}


def short_title(s: Situation, item: Item) -> Text:
    """Return what a thing is called in at most forty characters where its words allow it, never cut inside a word."""
    named = {one.id: one for one in s.convention.owed}.get(item.series)
    if named is not None and named.short:
        return Text(fr=named.short, en=named.short_en or named.short)
    if item.series == "notice" and "dénonciation" in item.title.fr:
        return Text(fr="Lettre de dénonciation", en="Denial letter")
    if item.kind == "signature" and item.occurrence in s.convention.parties:
        return Text(**{tag: _signature(side_name(s, item.occurrence, tag), tag) for tag in ("fr", "en")})
    if item.kind == "payment":  # its amount is in its title
        return Text(
            fr=_AMOUNT.sub("", without_details(item.title.fr)), en=_AMOUNT.sub("", without_details(item.title.en))
        )
    known = _STEPS.get(f"{item.series}/{item.step}") or _SERIES.get(item.series)
    if known is not None:
        return known
    return Text(fr=without_details(item.title.fr), en=without_details(item.title.en))


def _signature(name: str, language: str) -> str:
    first = name.split(",", maxsplit=1)[0]
    long = f"Signature ({first})"
    short = "Signature de la convention" if language == "fr" else "Signature of the convention"
    return long if len(long) <= SHORT_ROOM else short


def without_details(title: str) -> str:
    """Return a title without its brackets; a long one ends at its first sign that announces a detail."""
    bare = _BRACKETS.sub("", title).strip()
    return bare if len(bare) <= SHORT_ROOM else _END.sub("", bare).strip()
