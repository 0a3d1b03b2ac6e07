"""The door of a purge: who may confirm it, hold it, let it go on."""

from domain.door.refusal import refusal
from domain.purging.outlook import PurgeState
from domain.purging.record import Basis


def check_confirm(state: PurgeState, basis: Basis | None) -> None:
    """Check that a purge can be confirmed.

    Raises:
        Refusal: nothing allows it, a litigation holds it, or it is being done.
    """
    _check_waiting(state)
    if basis is None:
        raise refusal(
            "dire ce qui permet l’élimination : visa, ou no-visa.", "say what allows it: visa, or no-visa."
        )
    if state.held_since is not None:
        raise refusal(
            "un contentieux retient ce dossier : dire d’abord qu’il est terminé (echeancier purge RÉFÉRENCE --release).",
            "a litigation holds this file: say first that it is over (echeancier purge REFERENCE --release).",
        )


def check_hold(state: PurgeState) -> None:
    """Check that a purge can be held.

    Raises:
        Refusal: it is held already, or being done.
    """
    _check_waiting(state)
    if state.held_since is not None:
        raise refusal("ce dossier est déjà retenu.", "this file is held already.")


def check_release(state: PurgeState) -> None:
    """Check that a hold can be lifted.

    Raises:
        Refusal: nothing holds the file, or it is being purged.
    """
    _check_waiting(state)
    if state.held_since is None:
        raise refusal("rien ne retient ce dossier.", "nothing holds this file.")


def _check_waiting(state: PurgeState) -> None:
    if state.step != "waiting":
        raise refusal(
            "la purge de ce dossier a commencé : elle ne s’arrête plus.",
            "the purge of this file has begun: it cannot be stopped any more.",
        )
