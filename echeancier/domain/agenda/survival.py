"""What the end of a convention does not end, and until when the text says that it lasts; a territory that grows by itself."""

from datetime import date

from echeancier.domain.agenda.items import Item, Nature, State, Warning
from echeancier.domain.agenda.procedure import Found
from echeancier.domain.dates import delay
from echeancier.domain.dates.proof import END, Proof, cited, given, note, plus
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.model import Text
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import Survival


def survival(s: Situation) -> Found:
    """Yield a warning for each thing that the end does not end, with its last day if it has one; and for such a territory."""
    rule = s.convention.territory
    if rule is not None and rule.follows:
        yield Warning(
            id="territory-follows",
            text=Text(
                fr="La convention s’applique d’office aux communes qui rejoignent le territoire, sans avenant : tenir leur liste "
                "à jour, et enregistrer chaque arrivée (territory-changed).",
                en="The convention applies by itself to communes that join the territory, without an amendment: keep their "
                "list up to date, and record each one that joins (territory-changed).",
            ),
            clause=s.clause(rule.clauses),
        )
    for one in s.convention.survival:
        if one.during is not None:
            yield _until(s, one)
        yield Warning(id=one.id, text=Text(fr=one.text, en=one.text_en), clause=s.clause(one.clauses), permanent=True)


def survives_until(s: Situation, one: Survival) -> date | None:
    """Return the last day of what survives the end, never moved; None where no day is said, or while the end is unknown."""
    return None if one.during is None or s.ends_on is None else delay.plus(s.ends_on, one.during, s.calendar)


def _until(s: Situation, one: Survival) -> Item:
    last, end, clause = survives_until(s, one), s.ends_on, s.clause(one.clauses)
    proof: Proof = (note("attend la fin"),)
    state = State.WAITING
    if last is not None and end is not None and one.during is not None:
        proof = given(end, END, "fin le {}"), plus(end, one.during, cited(one.clauses), last, gives="legal")
        state = State.UPCOMING if s.today <= end else State.RUNNING if s.today <= last else State.ELAPSED
    return Item(
        series=one.id, kind="other", nature=Nature.RUNNING, settled_by=None,
        title=Text(fr=f"Ce qui demeure après la fin ({clause.article})", en=f"What survives the end ({clause.article})"),
        clause=clause, owed_by=s.convention.together, owed_to=s.convention.together,
        opens_on=end, legal_last_day=last, rule="survives_until", proof=proof, certainty=Certainty.CERTAIN, state=state,
        informed=(s.convention.coordinator,),
    )  # fmt: skip
