"""An institution has another name, or another territory: everybody hears it once, and nothing else changes."""

from domain.developments.shape import Development, Told, both, news
from domain.door.institutions import names
from domain.institution_facts import PartyChanged, TerritoryChanged
from domain.situation import Situation
from domain.words import in_words


def of_institutions(s: Situation) -> Told:
    """Yield each new name and each change of territory."""
    for fact_id, fact in s.of(PartyChanged):
        yield _renamed(s, fact_id, fact)
    for fact_id, change in s.of(TerritoryChanged):
        yield _territory(s, fact_id, change)


def _renamed(s: Situation, fact_id: str, fact: PartyChanged) -> Development:
    eve = fact.on.fromordinal(fact.on.toordinal() - 1)
    former = s.convention.parties[fact.party].name_on(eve)
    day, en_day = in_words(fact.on), in_words(fact.on, "en")
    said = {
        "renamed": both(
            f"« {former} » s’appelle « {fact.new_name} » à partir du {day}.",
            f"“{former}” is called “{fact.new_name}” from {en_day}.",
        ),
        "merged": both(
            f"« {former} » fait partie, à partir du {day}, de « {fact.new_name} », issue d’une fusion, qui reprend tout.",
            f"From {en_day} “{former}” is part of “{fact.new_name}”, born of a merger, which takes over its obligations.",
        ),
        "succeeded": both(
            f"« {fact.new_name} » succède à « {former} » à partir du {day} et reprend ses obligations.",
            f"“{fact.new_name}” takes the place of “{former}” from {en_day} and takes over its obligations.",
        ),
    }[fact.why]
    return Development(
        id=f"party/{fact_id}", fact=fact_id, day=fact.on, audience="everybody",
        news=news(
            both(f"{former} devient {fact.new_name}", f"{former} becomes {fact.new_name}"),
            both(
                f"{said.fr} Aucune date ne change, aucun accord ne se refait ; ce qui a été écrit avant garde l’ancien nom.",
                f"{said.en} No date changes, nothing is signed again; what was written before keeps the former name.",
            ),
            todo=both(
                "Écrire désormais au nouveau nom ; dire si une adresse change aussi.",
                "Write to the new name from now on; say whether an address changes too.",
            ),
        ),
    )  # fmt: skip


def _territory(s: Situation, fact_id: str, fact: TerritoryChanged) -> Development:
    whose = s.convention.parties[fact.party].name_on(fact.on)
    joined, left = ", ".join(names(fact.joined)), ", ".join(names(fact.left))
    day, en_day = in_words(fact.on), in_words(fact.on, "en")
    rule = s.convention.territory
    follows = rule is not None and rule.party == fact.party and rule.follows
    moved = [f"rejoignent {whose} : {joined}"] if joined else []
    moved += [f"quittent {whose} : {left}"] if left else []
    moved_en = [f"joining {whose}: {joined}"] if joined else []
    moved_en += [f"leaving {whose}: {left}"] if left else []
    then = both(
        "La convention s’applique à ces communes par son propre texte, sans avenant.",
        "The convention applies to them by its own words, without an amendment.",
    ) if follows else both(
        "Le texte ne dit pas s’il s’applique d’office à un territoire modifié : à confirmer, au besoin par un avenant.",
        "The text does not say whether it applies to a changed territory by itself: to be confirmed, by amendment if needed.",
    )  # fmt: skip
    return Development(
        id=f"territory/{fact_id}", fact=fact_id, day=fact.on, audience="everybody",
        news=news(
            both(f"Territoire modifié : {whose}", f"Territory changed: {whose}"),
            both(
                f"À partir du {day}, {' ; '.join(moved)}. {then.fr}", f"From {en_day}, {'; '.join(moved_en)}. {then.en}"
            ),
            s.clause(rule.clauses) if rule is not None else None,
            todo=both(
                "Compter ces communes dans ce qui vient : invitations, données, bilans.",
                "Count these communes in what comes: invitations, data, reports.",
            ),
        ),
    )  # fmt: skip
