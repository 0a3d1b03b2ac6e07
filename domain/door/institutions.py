"""An institution that changes its name, a territory that grows or shrinks: at the door."""

from domain.door.case import Case
from domain.door.refusal import en, fr, refusal
from domain.institution_facts import PartyChanged, TerritoryChanged


def check_party(case: Case, fact: PartyChanged) -> None:
    """Refuse a new name for an unknown party, an empty one, or one that it has already."""
    case.party(fact.party)
    party = case.convention.parties[fact.party]
    if not fact.new_name:
        raise refusal(
            "dire le nouveau nom entier de la partie (new_name).",
            "give the whole new name of the party (new_name).",
        )
    now = party.name_on(fact.on)
    same = (fact.signs_as or party.signs_as) == party.signs_as and (
        fact.postal or party.postal
    ) == party.postal
    if now == fact.new_name and same:
        raise refusal(
            f"au {fr(fact.on)}, la partie « {fact.party} » s’appelle déjà « {now} » : rien ne change.",
            f"on {en(fact.on)} the party “{fact.party}” is already called “{now}”: nothing changes.",
        )


def check_territory(case: Case, fact: TerritoryChanged) -> None:
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
