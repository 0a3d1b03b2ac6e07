"""What outlives the convention, said for as long as its file is open."""

from domain.items import Warning
from domain.model import Text
from domain.procedures.shape import Found
from domain.situation import Situation


def survival(s: Situation) -> Found:
    """Yield a warning for each thing that the end does not end, and for a territory that grows by itself."""
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
        yield Warning(
            id=one.id, text=Text(fr=one.text, en=one.text_en), clause=s.clause(one.clauses), permanent=True
        )
