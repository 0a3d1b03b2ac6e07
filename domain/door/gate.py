"""The gate before a signature: a council act first (CGCT L.2131-1; CE, opinion, 10 June 1996)."""

import re
from datetime import date

from domain import facts as f
from domain.door.refusal import both, en, fr
from domain.model import Text
from domain.signing import prudent_day
from domain.situation import Situation

_HOUR = re.compile(r"\b([01]?\d|2[0-3])\s*(?:h|:)\s*([0-5]\d)?")


def gate(s: Situation, signed: f.Signed) -> Text | None:
    """Return why a signature is irregular, with the first prudent day where it is known; None when regular.

    Nobody signs before the vote; a local authority signs only once its act is executory. Signing on the very
    day it became executory is contested (TA Montpellier, 7 Nov. 2002, n° 01-4224): irregular unless the note
    gives two hours, that of the prefecture's receipt and, later, that of the signature.
    """
    if s.convention.act is None:
        return None
    voted = s.adopted_on
    if voted is None:
        return both(
            "le vote de l’assemblée n’est pas enregistré ; enregistrer d’abord act-adopted, act-published et "
            "act-transmitted.",
            "the assembly’s vote is not recorded; record act-adopted, act-published and act-transmitted "
            "first.",
        )
    if signed.on < voted:
        return both(
            f"une signature du {fr(signed.on)} précéderait le vote du {fr(voted)}, et un vote ne régularise "
            f"pas une "
            f"signature antérieure. {_from_when(s).fr}",
            f"a signature of {en(signed.on)} would precede the vote of {en(voted)}, and a vote does not cure "
            f"an earlier "
            f"signature. {_from_when(s).en}",
        )
    party = s.convention.parties.get(signed.party)
    return _authority(s, signed, voted) if party is not None and party.is_local_authority else None


def _authority(s: Situation, signed: f.Signed, voted: date) -> Text | None:
    published = s.published_on if s.published_on and s.published_on >= voted else None
    transmitted = s.transmitted_on if s.transmitted_on and s.transmitted_on >= voted else None
    if published is None or transmitted is None:
        missing = [
            kind
            for kind, day in (("act-published", published), ("act-transmitted", transmitted))
            if day is None
        ]
        return both(
            "l’acte n’est pas encore exécutoire (publié et transmis au préfet), l’autorité ne peut pas "
            "signer ; "
            f"enregistrer d’abord : {', '.join(missing)}.",
            "the act is not executory yet (published and transmitted to the prefect), the authority cannot "
            "sign; "
            f"record first: {', '.join(missing)}.",
        )
    executory = max(published, transmitted)
    if signed.on < executory:
        return both(
            f"une signature du {fr(signed.on)} précéderait le caractère exécutoire de l’acte "
            f"({fr(executory)}), et une "
            f"transmission tardive ne la régularise pas (CE, avis, 10 juin 1996). {_from_when(s).fr}",
            f"a signature of {en(signed.on)} would precede the day the act became executory "
            f"({en(executory)}), and late "
            f"transmission does not cure it (CE, opinion, 10 June 1996). {_from_when(s).en}",
        )
    if signed.on == executory and not receipt_came_first(signed.note):
        return both(
            f"signer le {fr(signed.on)}, jour même où l’acte devient exécutoire, est contesté (TA "
            f"Montpellier, "
            f"7 novembre 2002) : dire dans note l’heure de l’accusé de réception puis celle, postérieure, de "
            f"la signature, "
            f"comme « AR à 9 h 12, signature à 16 h 30 ». {_from_when(s).fr}",
            f"signing on {en(signed.on)}, the very day the act becomes executory, is contested: give in note "
            f"the hour of "
            f"the prefecture’s receipt, then the later hour of the signature, as in “receipt 9:12, signature "
            f"16:30”. "
            f"{_from_when(s).en}",
        )
    return None


def receipt_came_first(note: str) -> bool:
    """Whether a note gives two hours: the prefecture's receipt, then, later, the signature."""
    hours = [(int(h), int(m or 0)) for h, m in _HOUR.findall(note)]
    return len(hours) == 2 and hours[0] < hours[1]


def _from_when(s: Situation) -> Text:
    day = prudent_day(s)
    if day is None or s.adopted_on is None or (s.executory_on is not None and s.executory_on < s.adopted_on):
        return both(
            "La première date prudente sera connue une fois l’acte publié et transmis.",
            "The first prudent day will be known once the act is published and transmitted.",
        )
    return both(f"Première date prudente : {fr(day)}.", f"First prudent day: {en(day)}.")
