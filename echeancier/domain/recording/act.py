"""The council's act at the front door: voted, published, transmitted, challenged."""

from echeancier.domain.dates.words import figures
from echeancier.domain.declared import both
from echeancier.domain.facts.act import (
    PREFECT,
    ActAdopted,
    ActFact,
    ActPublished,
    ActTransmitted,
    AppealAnswered,
    AppealFact,
    AppealLodged,
)
from echeancier.domain.facts.refusal import en, fr, refusal, unknown
from echeancier.domain.facts.signing import Signed
from echeancier.domain.recording.check_context import Change, CheckContext, check, hangs
from echeancier.domain.standing.appeals import Appeal, named_among, still_open
from echeancier.domain.standing.deliberations import Deliberation


@check
def check_adopted(case: CheckContext, fact: ActAdopted) -> None:
    """Refuse a vote after its publication, or a second one (unless it cures an irregular signature)."""
    act = _act(case, fact)
    if act.votes:
        last = act.votes[-1]
        again = any(signed.irregular for _, signed in case.s.of(Signed)) and fact.on > last[1].on
        if not again:
            raise _already("le vote", "the vote", last)
        return
    for what, what_en, day in (
        ("la publication", "the publication", act.published_on),
        ("la transmission au préfet", "the transmission to the prefect", act.transmitted_on),
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
def check_published(case: CheckContext, fact: ActPublished) -> None:
    """Refuse a publication before the vote, or a second one."""
    act = _act(case, fact)
    _after_the_vote(act, fact, "la publication", "the publication")
    _once_per_vote(act, act.publications, "la publication", "the publication")


@check
def check_transmitted(case: CheckContext, fact: ActTransmitted) -> None:
    """Refuse a transmission before the vote, or a second one."""
    act = _act(case, fact)
    _after_the_vote(act, fact, "la transmission au préfet", "the transmission to the prefect")
    _once_per_vote(act, act.transmissions, "la transmission au préfet", "the transmission to the prefect")


@check
def check_appeal_lodged(case: CheckContext, fact: AppealLodged) -> None:
    """Refuse an appeal against an act nobody could know yet, or a second one of the same author."""
    act = _act(case, fact)
    by_prefect = fact.appellant == PREFECT
    start = act.transmitted_on if by_prefect else act.published_on
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
    known = next((one for one in act.appeals if one.appellant == fact.appellant), None)
    if known is not None:
        raise refusal(
            f"le recours gracieux de « {fact.appellant} » est déjà enregistré au {fr(known.lodged_on)} ({known.fact}), et un "
            "second du même auteur ne rouvre pas le délai : il n’y a rien à enregistrer. S’il vient de quelqu’un d’autre, lui "
            "donner un autre nom (appellant).",
            f"the appeal of “{fact.appellant}” is already recorded on {en(known.lodged_on)} ({known.fact}), and a second one of "
            "the same author does not start the delay again: there is nothing to record. If it comes from somebody else, give "
            "it another name (appellant).",
        )


@check
def check_appeal_answered(case: CheckContext, fact: AppealAnswered) -> None:
    """Refuse the answer to an appeal that was never lodged, to one answered already, or to nobody knows which."""
    lodged = _act(case, fact).appeals
    if not lodged:
        raise refusal(
            "aucun recours gracieux n’est enregistré : enregistrer d’abord appeal-lodged, avec sa date de réception.",
            "no appeal is recorded: record appeal-lodged first, with the day it was received.",
        )
    named = [one for one in lodged if fact.appellant in (None, one.appellant)]
    if not named:
        raise unknown(both("le recours de", "the appeal of"), str(fact.appellant), [one.appellant for one in lodged])
    waiting = [one for one in named if one.answered_on is None]
    if not waiting:
        _answered_already(named[-1])
    open_ones = still_open(waiting, fact.on)
    if not open_ones:
        first = min(one.lodged_on for one in waiting)
        raise refusal(
            f"la réponse du {fr(fact.on)} précéderait le recours, reçu le {fr(first)}.",
            f"the answer of {en(fact.on)} would precede the appeal, received on {en(first)}.",
        )
    if named_among(fact.appellant, [one.appellant for one in open_ones]) is None:
        shown = ", ".join(f"{one.appellant} ({figures(one.lodged_on)})" for one in open_ones)
        raise refusal(
            f"à quel recours cette réponse répond-elle ? Sont ouverts ceux de : {shown}. Le dire par appellant.",
            f"which appeal does this answer? Open are those of: {shown}. Say it by appellant.",
        )


def _answered_already(appeal: Appeal) -> None:
    day = appeal.answered_on
    assert day is not None  # noqa: S101 - the caller looked
    raise refusal(
        f"le recours de « {appeal.appellant} » a déjà sa réponse, notifiée le {fr(day)} ({appeal.answer}) : la corriger si "
        "elle est fausse ; aucun autre recours n’est ouvert.",
        f"the appeal of “{appeal.appellant}” has its answer already, notified on {en(day)} ({appeal.answer}): correct it if it "
        "is wrong; no other appeal is open.",
    )


def _act(case: CheckContext, fact: ActFact | AppealFact) -> Deliberation:
    """Return the act that a fact is about: the one it names, or the only one."""
    known = {one.act.id: one for one in case.s.deliberations}
    if not known:
        raise refusal(
            "cette convention ne dit d’aucune assemblée qu’elle en délibère : il faudrait un bloc [[act]] dans "
            "ses termes.",
            "no assembly votes on this convention: its terms would need an [[act]] block.",
        )
    if fact.act is None and len(known) > 1:
        shown = ", ".join(f"{one.name} ({case.convention.parties[one.party].name})" for one in known.values())
        raise refusal(
            f"de quelle délibération s’agit-il ? Le dire par act : {shown}.",
            f"which act is it? Say it by act: {shown}.",
        )
    if fact.act is not None and fact.act not in known:
        raise unknown(both("la délibération", "the act"), fact.act, [one.name for one in known.values() if one.name])
    return known[fact.act] if fact.act is not None else next(iter(known.values()))


def _after_the_vote(act: Deliberation, fact: ActPublished | ActTransmitted, what: str, what_en: str) -> None:
    voted = act.adopted_on
    if voted is not None and fact.on < voted:
        raise refusal(
            f"{what} du {fr(fact.on)} précéderait le vote du {fr(voted)} ; une date à partir de ce jour "
            f"serait acceptée.",
            f"{what_en} of {en(fact.on)} would precede the vote of {en(voted)}; a date from that day on "
            f"would be accepted.",
        )


def _once_per_vote(
    act: Deliberation, known: tuple[tuple[str, ActPublished | ActTransmitted], ...], what: str, what_en: str
) -> None:
    if known and (act.adopted_on is None or known[-1][1].on >= act.adopted_on):
        raise _already(what, what_en, known[-1])


def _already(what: str, what_en: str, known: tuple[str, ActAdopted | ActPublished | ActTransmitted]) -> Exception:
    fact_id, fact = known
    return refusal(
        f"{what} figure déjà au dossier, au {fr(fact.on)} ({fact_id}) ; pour changer cette date, corriger {fact_id}.",
        f"{what_en} is already recorded on {en(fact.on)} ({fact_id}); to change that date, correct {fact_id}.",
    )


@hangs
def appeal_hangs(fact: AppealLodged, change: Change) -> bool:
    """An appeal hangs on what made the act known to its author."""
    before, after = (
        {one.act.id for one in s.deliberations if _was_known(one, fact)} for s in (change.before, change.after)
    )
    return bool(before - after)


def _was_known(act: Deliberation, fact: AppealLodged) -> bool:
    start = act.transmitted_on if fact.appellant == PREFECT else act.published_on
    return start is not None and any(one.fact == fact for one in act.records)


@hangs
def answer_hangs(fact: AppealAnswered, change: Change) -> bool:
    """An answer hangs on the appeal that it answers."""
    before, after = (
        {
            one.fact
            for act in s.deliberations
            for one in act.appeals
            if one.answered_on == fact.on and fact.appellant in (None, one.appellant)
        }
        for s in (change.before, change.after)
    )
    return bool(before - after)
