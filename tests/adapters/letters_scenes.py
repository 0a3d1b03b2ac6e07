"""One letter of each kind, from the example conventions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from echeancier.domain.facts.breach import BreachStep
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letter_fields import LetterFields, LetterKind
from echeancier.domain.letters.content import LetterContent, letter_for
from echeancier.domain.standing.situation import Situation
from tests.domain.examples_seen import seen_by

PARIS = ZoneInfo("Europe/Paris")
GROUNDS = (
    "Des identifiants ont été communiqués à des tiers.",
    "L’accès d’un agent parti n’a pas été supprimé.",
)


def _termination() -> LetterContent:
    return letter_for(seen_by("ida-o", "2025-06-02"), "termination")


def _formal_notice() -> LetterContent:
    fields = LetterFields(deadline=date(2022, 3, 31))
    return letter_for(seen_by("sqf-p", "2022-03-01"), "formal-notice", "quarterly-data/2021-10", fields)


def _reasons() -> LetterContent:
    s = seen_by("ida-o", "2025-06-02", us="operator")
    return letter_for(s, "termination-reasons", fields=LetterFields(reasons=GROUNDS))


def _comments() -> LetterContent:
    told = BreachStep(on=date(2025, 6, 2), breach="fault", step="inform-reasons")
    s = seen_by("ida-o", "2025-06-12", told)
    return letter_for(s, "comments", fields=LetterFields(reasons=("Chacun se sert de son compte.",)))


def _account_manager() -> LetterContent:
    left = Happened(event="account-manager-left", on=date(2025, 5, 30))
    s = seen_by("ida-o", "2025-06-04", left)
    return letter_for(s, "account-manager", fields=LetterFields(proposed="Responsable du Relais Emploi"))


def _request() -> LetterContent:
    return letter_for(seen_by("sqf-p", "2022-03-01"), "request", "quarterly-data/2021-10")


def _destruction() -> LetterContent:
    done = DutyDone(on=date(2021, 2, 15), item="final-destruction")
    fields = LetterFields(means="Effacement des fichiers et des sauvegardes")
    return letter_for(seen_by("tcm-d", "2021-02-20", done), "destruction", "final-destruction", fields)


def incident_found() -> Situation:
    """A data breach was discovered the day before, in the afternoon."""
    at = datetime(2020, 5, 4, 15, 30, tzinfo=PARIS)
    return seen_by("tcm-d", "2020-05-05", Happened(event="breach-discovered", on=date(2020, 5, 4), at=at))


def _incident() -> LetterContent:
    fields = LetterFields(known=("Un fichier a été adressé par erreur à un destinataire extérieur.",))
    return letter_for(incident_found(), "incident", fields=fields)


def _renewal() -> LetterContent:
    return letter_for(seen_by("sqf-p", "2023-06-20"), "renewal")


def _amicable() -> LetterContent:
    raised = Happened(event="dispute-raised", on=date(2022, 3, 1))
    s = seen_by("mtz-p", "2022-03-10", raised)
    return letter_for(s, "amicable", fields=LetterFields(reasons=("Le décompte des absences de l’agent affecté.",)))


SCENES: dict[LetterKind, Callable[[], LetterContent]] = {
    "termination": _termination,
    "formal-notice": _formal_notice,
    "termination-reasons": _reasons,
    "comments": _comments,
    "account-manager": _account_manager,
    "request": _request,
    "destruction": _destruction,
    "incident": _incident,
    "renewal": _renewal,
    "amicable": _amicable,
}
"""How to write one letter of each kind."""


@cache
def scene(kind: LetterKind) -> LetterContent:
    """Return the letter of that kind."""
    return SCENES[kind]()


def refused_manager() -> LetterContent:
    """Another manager of accounts is proposed after a refusal."""
    s = seen_by("sqf-o", "2022-06-20", Happened(event="account-manager-refused", on=date(2022, 6, 17)))
    return letter_for(s, "account-manager", fields=LetterFields(proposed="Responsable du Relais Emploi"))


def left_to_lapse() -> LetterContent:
    """Nothing will follow the term."""
    s = seen_by("sqf-p", "2023-09-20", RenewalDecided(on=date(2023, 9, 18), decision="let-lapse"))
    return letter_for(s, "renewal")


VARIANTS = (refused_manager, left_to_lapse)
"""Letters whose words differ from those of their kind's scene."""
