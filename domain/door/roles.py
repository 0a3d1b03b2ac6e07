"""Who holds a role, at the door: an absence, a successor."""

from domain.contacts import holder
from domain.door.case import Case
from domain.door.refusal import both, en, fr, refusal, unknown
from domain.role_facts import Away, RoleChanged


def check_away(case: Case, fact: Away) -> None:
    """Refuse the absence of a role that nobody stands in for, or that ends before it begins."""
    _known(case, fact.role)
    if fact.until < fact.on:
        raise refusal(
            f"l’absence finirait le {fr(fact.until)}, avant de commencer le {fr(fact.on)} : until est le dernier jour "
            "d’absence.",
            f"the absence would end on {en(fact.until)}, before it begins on {en(fact.on)}: until is its last day.",
        )
    if case.convention.roles[fact.role].substitute is None:
        raise refusal(
            f"le rôle « {fact.role} » n’a pas de remplaçant (substitute) dans la convention : son courrier n’irait à "
            "personne. En nommer un en corrigeant les termes, ou enregistrer role-changed si quelqu’un le remplace pour "
            "de bon.",
            f"the role “{fact.role}” has no substitute in the convention: its mail would go to nobody. Name one by "
            "correcting the terms, or record role-changed if somebody takes over for good.",
        )


def check_changed(case: Case, fact: RoleChanged) -> None:
    """Refuse a change that changes nothing."""
    _known(case, fact.role)
    now = holder(case.s, fact.role, fact.on)
    same = now.address.casefold() == fact.address.casefold()
    if (
        same
        and (fact.function or now.function) == now.function
        and (fact.language or now.language) == now.language
    ):
        raise refusal(
            f"le rôle « {fact.role} » a déjà cette adresse au {fr(fact.on)} : rien ne change.",
            f"the role “{fact.role}” already has this address on {en(fact.on)}: nothing changes.",
        )


def _known(case: Case, role: str) -> None:
    if role not in case.convention.roles:
        raise unknown(both("le rôle", "the role"), role, case.convention.roles)
