"""``echeancier purge``: look at the purge of a closed file, answer for it, hold it."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from echeancier.cli.options import Reference
from echeancier.cli.output import say_line, write_json
from echeancier.cli.register import By, Json
from echeancier.cli.roles import role
from echeancier.domain.dates.words import in_words

if TYPE_CHECKING:
    from echeancier.domain.afterwards.purge import PurgeState
    from echeancier.domain.afterwards.purge_record import Basis
    from echeancier.domain.facts.dossier import Dossier
    from echeancier.engine.gateway import Conventions

PLACE = ZoneInfo("Europe/Paris")


class Allowed(StrEnum):
    """What allows an elimination."""

    VISA = "visa"
    NO_VISA = "no-visa"


Confirm = Annotated[
    Allowed | None,
    typer.Option(
        "--confirm",
        help="Confirme : avec le visa du service d’archives, ou no-visa si une autorisation en dispense (art. R. 212-14).",
    ),
]
Hold = Annotated[bool, typer.Option("--hold", help="Un contentieux retient le dossier : rien ne sera détruit.")]
Release = Annotated[bool, typer.Option("--release", help="Le contentieux est terminé ; la purge est redemandée.")]


def purge(
    reference: Reference, *, confirm: Confirm = None, hold: Hold = False, release: Release = False,
    by: By = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Montre où en est la purge d’un dossier clos ; la confirme, la retient, la laisse reprendre.

    Confirmée, elle attend sa date, puis détruit tout : documents, messages, historique, clé. Cela ne se défait pas.
    """
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load
    from echeancier.engine.gateway import RefusedError  # noqa: PLC0415
    from echeancier.engine.purges import Deed, purges_of  # noqa: PLC0415

    if sum((confirm is not None, hold, release)) > 1:
        raise typer.BadParameter("un seul de --confirm, --hold, --release à la fois.")
    settings = load_settings()

    async def decided(door: "Conventions") -> "tuple[PurgeState, Dossier]":
        dossier = await door.dossier(reference)
        purges = purges_of(door)
        if confirm is None and not hold and not release:
            state = await purges.state(reference)
            if state is None:
                raise RefusedError(f"Le dossier « {reference} » n’est pas clos : il n’y a rien à purger encore.")
            return state, dossier
        author = role(dossier.convention, by, settings.by)
        deed: Deed = "hold" if hold else "release" if release else "confirm"
        basis: Basis = "visa" if confirm is Allowed.VISA else "no-visa"
        return await purges.decide(reference, deed, author, None if confirm is None else basis), dossier

    state, dossier = ask(settings, decided)
    if as_json:
        write_json(state.model_dump(mode="json"))
        return
    say_line(_state_in_words(state, dossier))


def _state_in_words(state: "PurgeState", dossier: "Dossier") -> str:
    if state.step != "waiting":
        return f"La purge de {state.reference} est en cours."
    closed = dossier.closed_at
    when = f"clos le {in_words(closed.astimezone(PLACE).date())}" if closed else "clos"
    if state.held_since is not None:
        return f"{state.reference}, {when}, est retenu par un contentieux ; rien ne sera détruit."
    if state.confirmed is None:
        asked = state.asked[-1].astimezone(PLACE).date() if state.asked else None
        said = f" ; demandé le {in_words(asked)}" if asked else ""
        return (
            f"{state.reference}, {when}, attend que sa purge soit confirmée{said}. "
            f"Confirmer : echeancier purge {state.reference} --confirm visa"
        )
    return f"{state.reference}, {when}, sera purgé à sa date : c’est confirmé. Le retenir : --hold"
