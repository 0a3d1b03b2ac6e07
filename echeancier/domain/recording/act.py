"""The council's act at the front door (voted, published, transmitted.

Challenged) and the gate it is for signatures (CGCT L.2131-1).
"""

import re
from datetime import date

from echeancier.domain.facts import recorded as f
from echeancier.domain.facts.refusal import both, en, fr, refusal
from echeancier.domain.model import Text
from echeancier.domain.recording.case import Case, check
from echeancier.domain.standing.signing import prudent_day
from echeancier.domain.standing.situation import Situation

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
            "the assembly’s vote is not recorded; record act-adopted, act-published and act-transmitted first.",
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
            kind for kind, day in (("act-published", published), ("act-transmitted", transmitted)) if day is None
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


@check
def check_adopted(case: Case, fact: f.ActAdopted) -> None:
    """Refuse a vote after its publication, or a second one (unless it cures an irregular signature)."""
    s = case.s
    _needs_act(case)
    known = s.of(f.ActAdopted)
    if known:
        again = any(signed.irregular for _, signed in s.of(f.Signed)) and fact.on > known[-1][1].on
        if not again:
            raise _already("le vote", "the vote", known[-1])
        return
    for what, what_en, day in (
        ("la publication", "the publication", s.published_on),
        ("la transmission au préfet", "the transmission to the prefect", s.transmitted_on),
    ):
        if day is not None and day < fact.on:
            raise refusal(
                f"le vote du {fr(fact.on)} suivrait {what}, enregistrée au {fr(day)} : un acte est voté "
                f"avant. "
                f"Un vote au plus tard ce jour-là serait accepté ; sinon corriger {what}.",
                f"the vote of {en(fact.on)} would come after {what_en} of {en(day)}. "
                "A vote on that day at the latest would be accepted; otherwise correct the other fact.",
            )


@check
def check_published(case: Case, fact: f.ActPublished) -> None:
    """Refuse a publication before the vote, or a second one."""
    _needs_act(case)
    _after_the_vote(case, fact, "la publication", "the publication")
    _once_per_vote(case.s, case.s.of(f.ActPublished), "la publication", "the publication")


@check
def check_transmitted(case: Case, fact: f.ActTransmitted) -> None:
    """Refuse a transmission before the vote, or a second one."""
    _needs_act(case)
    _after_the_vote(case, fact, "la transmission au préfet", "the transmission to the prefect")
    _once_per_vote(case.s, case.s.of(f.ActTransmitted), "la transmission au préfet", "the transmission to the prefect")


def check_signatures_stay_regular(before: Situation, after: Situation) -> None:
    """Refuse an act whose date would make a signature, recorded as regular, irregular without saying so.

    A new vote after an irregular signature touches no signature already given.

    Raises:
        Refusal: with the way out (cancel the signature, then record it as what it is).
    """
    if len(after.of(f.ActAdopted)) > 1:
        return
    for fact_id, signed in after.of(f.Signed):
        if signed.irregular or (problem := gate(after, signed)) is None or gate(before, signed) is not None:
            continue
        raise refusal(
            f"la signature du {fr(signed.on)} ({fact_id}) est enregistrée comme régulière et ne le serait "
            f"plus : "
            f"{problem.fr} Annuler d’abord {fact_id}, enregistrer la date de l’acte, puis la signature avec "
            f"irregular = true.",
            f"the signature of {en(signed.on)} ({fact_id}) is recorded as regular and would no longer be: "
            f"{problem.en} Cancel {fact_id} first, record the act’s date, then the signature with irregular "
            f"= true.",
        )


@check
def check_appeal_lodged(case: Case, fact: f.AppealLodged) -> None:
    """Refuse an appeal against an act nobody could know yet."""
    _needs_act(case)
    by_prefect = fact.by == "prefect"
    start = case.s.transmitted_on if by_prefect else case.s.published_on
    if start is None:
        kind = "act-transmitted" if by_prefect else "act-published"
        raise refusal(
            f"un recours gracieux suppose un acte connu de son auteur : enregistrer d’abord {kind}.",
            f"an appeal supposes an act its author could know: record {kind} first.",
        )
    if fact.on < start:
        raise refusal(
            f"un recours gracieux du {fr(fact.on)} précéderait le départ du délai ({fr(start)}) ; "
            "une date à partir de ce jour serait acceptée.",
            f"an appeal of {en(fact.on)} would precede the start of its delay ({en(start)}); "
            "a date from that day on would be accepted.",
        )


@check
def check_appeal_answered(case: Case, fact: f.AppealAnswered) -> None:
    """Refuse the answer to an appeal that was never lodged."""
    _needs_act(case)
    lodged = [x.on for _, x in case.s.of(f.AppealLodged)]
    if not lodged:
        raise refusal(
            "aucun recours gracieux n’est enregistré : enregistrer d’abord appeal-lodged, avec sa date de réception.",
            "no appeal is recorded: record appeal-lodged first, with the day it was received.",
        )
    if fact.on < min(lodged):
        raise refusal(
            f"la réponse du {fr(fact.on)} précéderait le recours, reçu le {fr(min(lodged))}.",
            f"the answer of {en(fact.on)} would precede the appeal, received on {en(min(lodged))}.",
        )


def _needs_act(case: Case) -> None:
    if case.convention.act is None:
        raise refusal(
            "cette convention ne dit d’aucune assemblée qu’elle en délibère : il faudrait un bloc [act] dans "
            "ses termes.",
            "no assembly votes on this convention: its terms would need an [act] block.",
        )


def _after_the_vote(case: Case, fact: f.ActPublished | f.ActTransmitted, what: str, what_en: str) -> None:
    voted = case.s.adopted_on
    if voted is not None and fact.on < voted:
        raise refusal(
            f"{what} du {fr(fact.on)} précéderait le vote du {fr(voted)} ; une date à partir de ce jour "
            f"serait acceptée.",
            f"{what_en} of {en(fact.on)} would precede the vote of {en(voted)}; a date from that day on "
            f"would be accepted.",
        )


def _once_per_vote(
    s: Situation, known: tuple[tuple[str, f.ActPublished | f.ActTransmitted], ...], what: str, what_en: str
) -> None:
    if known and (s.adopted_on is None or known[-1][1].on >= s.adopted_on):
        raise _already(what, what_en, known[-1])


def _already(what: str, what_en: str, known: tuple[str, f.ActAdopted | f.ActPublished | f.ActTransmitted]) -> Exception:
    fact_id, fact = known
    return refusal(
        f"{what} figure déjà au dossier, au {fr(fact.on)} ({fact_id}) ; pour changer cette date, corriger {fact_id}.",
        f"{what_en} is already recorded on {en(fact.on)} ({fact_id}); to change that date, correct {fact_id}.",
    )
