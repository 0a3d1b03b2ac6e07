"""The closed lists a reader meets in an agenda, each word in French and in English."""

from typing import Final

from echeancier.domain.agenda.items import State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.model import Text

STATES: Final[dict[State, Text]] = {
    State.NOT_DUE: Text(fr="non dû", en="not due"),
    State.BEST_EFFORT: Text(fr="au mieux", en="best effort"),
    State.WAITING: Text(fr="en attente", en="waiting"),
    State.UPCOMING: Text(fr="à venir", en="upcoming"),
    State.OPEN: Text(fr="à faire", en="open"),
    State.ARRANGED: Text(fr="fixé", en="arranged"),
    State.LATE: Text(fr="en retard", en="late"),
    State.MISSED: Text(fr="manqué", en="missed"),
    State.DONE: Text(fr="fait", en="done"),
    State.CANCELLED: Text(fr="annulé", en="cancelled"),
    State.PAST: Text(fr="passé", en="past"),
    State.RUNNING: Text(fr="en cours", en="running"),
    State.ELAPSED: Text(fr="écoulé", en="elapsed"),
    State.SUSPENDED: Text(fr="suspendu", en="suspended"),
}
"""Every state, in one or two words; what each means stands in `domain.agenda.items.State`."""

CERTAINTIES: Final[dict[Certainty, Text]] = {
    Certainty.CERTAIN: Text(fr="certain", en="certain"),
    Certainty.CONTESTED: Text(fr="à confirmer", en="unsettled"),
    Certainty.POLICY: Text(fr="notre règle", en="our policy"),
    Certainty.CHOSEN: Text(fr="choisi", en="chosen"),
}
"""How sure a date is, as its readers see it."""

CERTAINTIES_AT_LENGTH: Final[dict[Certainty, Text]] = {
    Certainty.CERTAIN: CERTAINTIES[Certainty.CERTAIN],
    Certainty.CONTESTED: Text(fr="à confirmer (plusieurs lectures)", en="to be confirmed (several readings)"),
    Certainty.POLICY: Text(fr="choix de conduite, sans règle de droit", en="our own practice, no rule of law"),
    Certainty.CHOSEN: Text(fr="choisi, non contractuel", en="chosen, not contractual"),
}
"""The same for a reader who sees it alone, in a mail."""
