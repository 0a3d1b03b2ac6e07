"""A convention that ends, its facts in.

The terms proposed for the one that follows and the places a person must look at, out.
"""

from datetime import date

from echeancier.domain.afterwards import to_review as reviewing
from echeancier.domain.afterwards.to_review import ReviewMark, Shift, length_in_months, shift
from echeancier.domain.dates.delays import term_last_day
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.end import FollowedBy
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.model import Frozen
from echeancier.domain.standing.people import holder
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.checks import cited_clauses
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.duties import Duty
from echeancier.domain.terms.money import Falling, Payment
from echeancier.domain.terms.parties import Party, Role
from echeancier.domain.terms.renewal import Renewal
from echeancier.domain.terms.term import Effect, Term


class FollowOn(Frozen):
    """What is proposed.

    Attributes:
        convention: the terms, complete: they can be shown, changed, then started.
        marks: what a person must look at before.
    """

    convention: Convention
    marks: tuple[ReviewMark, ...]


def follow_on(s: Situation, reference: str | None = None) -> FollowOn:
    """Return the terms proposed for the convention that follows.

    Its terms are those in force (as corrected and amended), its first day the day after the last one, its length the
    same; the people are those who hold the functions today. What only a new paper, a new vote or a new agreement can say
    is left blank or marked.

    Args:
        s: the convention that ends, at the instant of asking.
        reference: the name of the new one; made from the former one when left out.

    Raises:
        EcheancierError: the period of the former one is not known, or it has a follow-on already.
    """
    old, moved = s.convention, shift(s)
    if moved is None and s.renews_itself:
        raise EcheancierError(
            f"{old.reference} se reconduit d’elle-même : il n’y a rien à faire suivre tant qu’elle n’est pas dénoncée."
        )
    if moved is None and old.term.unlimited:
        raise EcheancierError(
            f"{old.reference} n’a pas de dernier jour : il n’y a rien à faire suivre tant que personne n’y met fin."
        )
    if moved is None:
        raise EcheancierError(
            f"La période de {old.reference} n’est pas connue (son effet ou sa fin manque) : il n’y a rien à faire suivre "
            "tant qu’elle ne l’est pas."
        )
    if known := followed_by(s.records):
        raise EcheancierError(f"{old.reference} a déjà une suite : {known}.")
    name = reference or next_reference(old.reference, moved)
    kept = _terms(s, moved, name)
    cited = set(cited_clauses(kept))
    new = kept.model_copy(update={"clause": tuple(c for c in kept.clause if c.id in cited)})
    # Checked as a whole: what is copied is not validated.
    new = Convention.model_validate(new.model_dump(by_alias=True))
    marks = (
        *reviewing.beginning(s, moved, new), *reviewing.people(s), *reviewing.content(s, new), *reviewing.oddities(s),
    )  # fmt: skip
    return FollowOn(convention=new, marks=marks)


def followed_by(records: tuple[Recorded, ...]) -> str:
    """Return the reference of the convention that follows, by the facts in force; empty while none was registered."""
    return next((r.fact.reference for r in reversed(records) if isinstance(r.fact, FollowedBy)), "")


def next_reference(reference: str, moved: Shift) -> str:
    """Return a name for what follows: the years of the former one moved, or the first new year added."""
    named = moved.names(reference)
    return named if named != reference else f"{reference[:54]}-{moved.begins.year}"


def _terms(s: Situation, moved: Shift, reference: str) -> Convention:
    old = s.convention
    return old.model_copy(
        update={
            "reference": reference,
            "follows": old.reference,
            "title": moved.names(old.title),
            "title_en": moved.names(old.title_en),
            "number": "",
            "parties": {key: _party(party, moved.begins) for key, party in old.parties.items()},
            "roles": {key: _role(s, key, role) for key, role in old.roles.items()},
            "place": old.place.model_copy(
                update={"closed": tuple(day for day in old.place.closed if day >= moved.begins)}
            ),
            "act": tuple(
                act.model_copy(
                    update={
                        # Another deliberation: under the former name it would learn what was told of the former one.
                        "id": None if len(old.act) == 1 else f"{act.id}-suite"[-60:].lstrip("-"),
                        "number": "", "authorises_months": None, "authority_cited_on": None, "transmission_id": "",
                    }
                )
                for act in old.act
            ),
            "effect": _effect(old.effect, moved),
            "term": _term(s, moved),
            "renewal": _renewal(old.renewal, moved),
            "duty": tuple(_duty(duty, moved) for duty in old.duty),
            "one_off": tuple(
                one.model_copy(update={"on": moved.day(one.on)}) if one.on is not None else one for one in old.one_off
            ),
            "payment": tuple(_payment(one, moved, old.reference, reference) for one in old.payment),
            "remark": (),
        }
    )  # fmt: skip


def _party(party: Party, begins: date) -> Party:
    later = tuple(one for one in party.renamed if one.on > begins)
    return party.model_copy(update={"name": party.name_on(begins), "renamed": later})


def _role(s: Situation, key: str, role: Role) -> Role:
    known = holder(s, key, s.today)
    return role.model_copy(update={"function": known.function, "address": known.address, "language": known.language})


def _effect(effect: Effect, moved: Shift) -> Effect:
    """The day after the end: where it is fixed, and where the signature may not give an earlier one."""
    if effect.rule == "fixed":
        return effect.model_copy(update={"on": moved.begins})
    return effect if effect.not_before is None else effect.model_copy(update={"not_before": moved.begins})


def _term(s: Situation, moved: Shift) -> Term:
    """The same length; a printed last day is printed again, where the text counts nothing else, or months or years besides.

    Of a term that was renewed, it is the last day of a first term.
    """
    term = s.convention.term
    if term.two_ends:
        carried = tuple(
            end if end.ends_on is None else end.model_copy(update={"ends_on": moved.last_day(end.ends_on)})
            for end in term.two_ends
        )
        return term.model_copy(update={"earlier_of" if term.earlier_of else "later_of": carried})
    if term.ends_on is None:
        return term
    lived = (moved.old[0], term.ends_on) if s.is_tacit or s.renewed_on else moved.old
    months = (term.length.months if term.length is not None else None) or length_in_months(*lived)
    last = term_last_day(moved.begins, months) if months else moved.day(term.ends_on)
    return term.model_copy(update={"ends_on": last})


def _renewal(rule: Renewal, moved: Shift) -> Renewal:
    return rule if rule.cap_on is None else rule.model_copy(update={"cap_on": moved.last_day(rule.cap_on)})


def _payment(one: Payment, moved: Shift, former: str, reference: str) -> Payment:
    """The same sum in the new period: its days as far into it, its name and those of what it needs of the new years."""
    named = {"id": moved.names(one.id), "title": moved.names(one.title), "title_en": moved.names(one.title_en)}
    carried = tuple(part.model_copy(update=_falling(part, moved, former, reference)) for part in one.instalments)
    return one.model_copy(update={**named, **_falling(one, moved, former, reference), "instalments": carried})


def _falling(one: Falling, moved: Shift, former: str, reference: str) -> dict[str, object]:
    return {
        "documents": tuple(reference if d == former else d for d in one.documents),
        "needs": tuple(moved.names(need) for need in one.needs),
        "on": one.on and moved.day(one.on),
        "not_before": one.not_before and moved.day(one.not_before),
    }


def _duty(duty: Duty, moved: Shift) -> Duty:
    if duty.meeting is None or not duty.meeting.excluded:
        return duty
    carried = tuple((moved.day(first), moved.day(last)) for first, last in duty.meeting.excluded)
    return duty.model_copy(update={"meeting": duty.meeting.model_copy(update={"excluded": carried})})


__all__ = ["FollowOn", "ReviewMark", "follow_on"]
