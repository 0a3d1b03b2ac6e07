"""Seen, put off, or a problem: at the door."""

from echeancier.domain.agenda.items import SETTLED, Item, State
from echeancier.domain.attention.quiet import is_called_for, latest_day
from echeancier.domain.declared import both
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.refusal import en, fr, refusal, unknown
from echeancier.domain.recording.check_context import CheckContext, check


@check
def check_acknowledged(case: CheckContext, fact: Acknowledged) -> None:
    """Refuse what does not exist, what nobody is called for, a day out of reach, a problem without a word."""
    item = case.item(fact.item)
    if fact.role not in case.convention.roles:
        raise unknown(both("le rôle", "the role"), fact.role, case.convention.roles)
    _is_still_expected(item)
    _is_called_for(case, item)
    if fact.answer == "problem" and not fact.note.strip():
        raise refusal(
            "dire quel est le problème, en quelques mots : sans eux personne ne saurait quoi faire.",
            "say what the problem is, in a few words: without them nobody would know what to do.",
        )
    if fact.answer == "later":
        _may_be_put_off(case, item, fact)
    elif fact.until is not None:
        raise refusal(
            "until ne s’écrit qu’avec answer = later : les autres réponses n’ont pas de jour.",
            "until goes with answer = later only: the other answers have no day.",
        )


def _is_still_expected(item: Item) -> None:
    if item.state not in SETTLED:
        return
    day, day_en = ("", "") if item.done_on is None else (f", le {fr(item.done_on)}", f", on {en(item.done_on)}")
    done = item.state is State.DONE
    why, why_en = (
        (f"est déjà fait{day}", f"is already done{day_en}") if done else ("n’est plus attendu", "is no longer expected")
    )
    raise refusal(
        f"« {item.title.fr} » ({item.key}) {why} : personne n’en reçoit plus de rappel.",
        f"“{item.title.en}” ({item.key}) {why_en}: nobody is reminded of it any more.",
    )


def _is_called_for(case: CheckContext, item: Item) -> None:
    if item.meeting_at is not None:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) a sa date : répondre à l’invitation (invitation-answered).",
            f"“{item.title.en}” ({item.key}) has its date: answer the invitation (invitation-answered).",
        )
    if not is_called_for(case.s, item):
        raise refusal(
            f"« {item.title.fr} » ({item.key}) ne fait l’objet d’aucun rappel : il n’y a rien à faire taire.",
            f"nobody is reminded of “{item.title.en}” ({item.key}): there is nothing to keep quiet.",
        )


def _may_be_put_off(case: CheckContext, item: Item, fact: Acknowledged) -> None:
    latest = latest_day(case.s, item)
    if latest is None:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) se compte en heures : il ne se remet pas à plus tard.",
            f"“{item.title.en}” ({item.key}) is counted in hours: it cannot be put off.",
        )
    if latest <= case.today:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) ne se remet plus à plus tard : le dernier jour pour cela était la veille du "
            f"{fr(latest)}.",
            f"“{item.title.en}” ({item.key}) can no longer be put off: the last day for that was the eve of {en(latest)}.",
        )
    if fact.until is None:
        raise refusal(
            f"dire le jour à partir duquel relancer, au plus tard le {fr(latest)}.",
            f"say the day from which to be called again, {en(latest)} at the latest.",
        )
    if fact.until > latest:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) ne se remet pas au-delà du {fr(latest)} : choisir ce jour ou un jour "
            "d’avant.",
            f"“{item.title.en}” ({item.key}) cannot be put off beyond {en(latest)}: choose that day or an earlier one.",
        )
    if fact.until <= fact.on:
        raise refusal(
            f"le {fr(fact.until)} ne remet rien à plus tard : choisir un jour qui suit le {fr(fact.on)}, au plus tard le "
            f"{fr(latest)}.",
            f"{en(fact.until)} puts nothing off: choose a day after {en(fact.on)}, {en(latest)} at the latest.",
        )
