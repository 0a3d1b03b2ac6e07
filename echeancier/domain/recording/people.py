"""People and institutions at the front door: an absence, a successor, another name, another territory."""

from echeancier.domain.declared import both
from echeancier.domain.facts.people import Away, PartyChanged, RoleChanged, TerritoryChanged
from echeancier.domain.facts.refusal import en, fr, refusal, unknown
from echeancier.domain.recording.check_context import CheckContext, check
from echeancier.domain.standing.people import holder


@check
def check_away(case: CheckContext, fact: Away) -> None:
    """Refuse the absence of a role that nobody stands in for, or that ends before it begins."""
    _check_role(case, fact.role)
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


@check
def check_changed(case: CheckContext, fact: RoleChanged) -> None:
    """Refuse a change that changes nothing."""
    _check_role(case, fact.role)
    now = holder(case.s, fact.role, fact.on)
    same = now.address.casefold() == fact.address.casefold()
    if same and (fact.function or now.function) == now.function and (fact.language or now.language) == now.language:
        raise refusal(
            f"le rôle « {fact.role} » a déjà cette adresse au {fr(fact.on)} : rien ne change.",
            f"the role “{fact.role}” already has this address on {en(fact.on)}: nothing changes.",
        )


def _check_role(case: CheckContext, role: str) -> None:
    if role not in case.convention.roles:
        raise unknown(both("le rôle", "the role"), role, case.convention.roles)


@check
def check_party(case: CheckContext, fact: PartyChanged) -> None:
    """Refuse a new name for an unknown party, an empty one, or one that it has already."""
    case.party(fact.party)
    party = case.convention.parties[fact.party]
    if not fact.new_name:
        raise refusal(
            "dire le nouveau nom entier de la partie (new_name).",
            "give the whole new name of the party (new_name).",
        )
    now = party.name_on(fact.on)
    same = (fact.signs_as or party.signs_as) == party.signs_as and (fact.postal or party.postal) == party.postal
    if now == fact.new_name and same:
        raise refusal(
            f"au {fr(fact.on)}, la partie « {fact.party} » s’appelle déjà « {now} » : rien ne change.",
            f"on {en(fact.on)} the party “{fact.party}” is already called “{now}”: nothing changes.",
        )


@check
def check_territory(case: CheckContext, fact: TerritoryChanged) -> None:
    """Refuse a change that names no commune, or a commune that would both join and leave."""
    case.party(fact.party)
    joined, left = names(fact.joined), names(fact.left)
    if not joined and not left:
        raise refusal(
            "dire quelles communes rejoignent le territoire (joined) ou le quittent (left).",
            "say which communes join the territory (joined) or leave it (left).",
        )
    if twice := sorted(set(joined) & set(left)):
        raise refusal(
            f"{', '.join(twice)} : une commune ne peut pas à la fois rejoindre et quitter le territoire le même jour.",
            f"{', '.join(twice)}: a commune cannot both join and leave the territory on the same day.",
        )


def names(text: str) -> tuple[str, ...]:
    """Return the names of a list written with commas."""
    return tuple(name for part in text.split(",") if (name := part.strip()))
