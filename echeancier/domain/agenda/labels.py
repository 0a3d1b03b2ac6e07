"""The closed lists a reader meets in an agenda, each word in French and in English."""

from typing import Final

from echeancier.domain.agenda.items import State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.model import Text

KINDS: Final[dict[str, Text]] = {
    # What the paper makes somebody do (echeancier/domain/terms/duties.py).
    "data": Text(fr="données", en="data"),
    "meeting": Text(fr="rencontre", en="meeting"),
    "committee": Text(fr="comité", en="committee"),
    "session": Text(fr="session", en="session"),
    "report": Text(fr="compte rendu", en="report"),
    "evaluation": Text(fr="évaluation", en="evaluation"),
    "information": Text(fr="information", en="information"),
    "document": Text(fr="document", en="document"),
    "payment": Text(fr="paiement", en="payment"),
    "amendment": Text(fr="avenant", en="amendment"),
    "survey": Text(fr="enquête", en="survey"),
    "certificate": Text(fr="attestation", en="certificate"),
    "statement": Text(fr="mémoire", en="statement"),
    "destruction": Text(fr="destruction", en="destruction"),
    "access-closure": Text(fr="fermeture d’accès", en="closing of accesses"),
    "incident": Text(fr="incident", en="incident"),
    "answer": Text(fr="réponse", en="answer"),
    "notification": Text(fr="notification", en="notification"),
    "suspension": Text(fr="suspension", en="suspension"),
    "other": Text(fr="autre", en="other"),
    # What the procedures add (domain/procedures/).
    "act": Text(fr="acte", en="act"),
    "recourse": Text(fr="recours", en="challenge"),
    "signature": Text(fr="signature", en="signature"),
    "window": Text(fr="fenêtre de signature", en="signing window"),
    "renewal": Text(fr="renouvellement", en="renewal"),
    "notice": Text(fr="préavis", en="notice"),
    "breach": Text(fr="manquement", en="breach"),
    "dispute": Text(fr="différend", en="dispute"),
    "termination": Text(fr="résiliation", en="termination"),
    "end": Text(fr="fin", en="end"),
    "review": Text(fr="réexamen", en="review"),
}
"""Every kind an item may have."""

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
