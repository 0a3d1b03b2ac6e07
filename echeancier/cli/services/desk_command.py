"""``echeancier desk``: the web desk on its own, its sign-in checked, everybody signed out."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from echeancier.cli.french import FrenchCommand, FrenchGroup
from echeancier.cli.output import remark
from echeancier.domain.typography import nbsp

if TYPE_CHECKING:
    from echeancier.adapters.settings import Settings

desk = typer.Typer(
    name="desk",
    cls=FrenchGroup,
    add_completion=False,
    no_args_is_help=True,
    help="Le bureau\u00a0: le servir à part, vérifier la connexion, déconnecter tout le monde.",
)

All = Annotated[bool, typer.Option("--all", help="Tout le monde ; à écrire en toutes lettres.")]


@desk.command(cls=FrenchCommand)
def serve() -> None:
    """Sert le bureau seul, pour un moteur installé à part (TEMPORAL_ADDRESS), jusqu’à SIGTERM ou Ctrl-C."""
    import logging  # noqa: PLC0415 - only a process that stays has something to log

    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.INFO)
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # one line per question to the provider says nothing useful
    asyncio.run(_serve(load_settings()))


@desk.command(cls=FrenchCommand)
def check() -> None:
    """Vérifie les réglages de la connexion, le fichier des rôles, et que le fournisseur répond."""
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415
    from echeancier.adapters.sign_in.errors import LoginError  # noqa: PLC0415 - the sign-in loads its libraries
    from echeancier.desk.sign_in.roles_file import load_roles  # noqa: PLC0415
    from echeancier.desk.sign_in.setup import keys_of, sign_in_of  # noqa: PLC0415

    settings = load_settings()
    sign_in = sign_in_of(settings, keys_of(settings))
    if sign_in is None or settings.login is None:
        remark(nbsp("Mode local : aucune connexion n’est configurée, le bureau n’écoute que sur cette machine."))
        return
    entries = load_roles(settings.login.roles)
    remark(nbsp(f"Fichier des rôles : {len(entries)} {'ligne' if len(entries) == 1 else 'lignes'}."))
    try:
        asyncio.run(sign_in.provider.check())
    except LoginError as error:
        remark(nbsp(f"Fournisseur : {error.detail}."))
        raise typer.Exit(1) from None
    finally:
        sign_in.sessions.close()
    remark(nbsp(f"Fournisseur : {sign_in.name} répond, et fait ce qui lui est demandé."))
    remark(
        nbsp(
            f"À déclarer chez lui : {sign_in.callback} au retour de connexion, {sign_in.signed_out} après déconnexion."
        )
    )


@desk.command("sign-out", cls=FrenchCommand)
def sign_out(*, everybody: All = False) -> None:
    """Met fin à toutes les sessions du bureau, aussitôt, sans l’arrêter\u00a0; la clé qui les signait est changée."""
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.desk.sign_in.setup import keys_of, sessions_of  # noqa: PLC0415

    if not everybody:
        raise typer.BadParameter("écrire --all : toutes les sessions prennent fin.")
    settings = load_settings()
    sessions = sessions_of(settings)
    ended = sessions.end_all()
    sessions.close()
    keys_of(settings).renew(forget=True)
    remark(nbsp(f"Sessions terminées : {ended}. Les formulaires restés ouverts sont à recharger."))


async def _serve(settings: "Settings") -> None:
    from echeancier.adapters.keys.opening import open_ring  # noqa: PLC0415 - with it
    from echeancier.adapters.stores.documents import DirectoryStore  # noqa: PLC0415 - with the keys
    from echeancier.adapters.stores.inventory import close_stores  # noqa: PLC0415
    from echeancier.cli.reach import elsewhere  # noqa: PLC0415
    from echeancier.cli.services.desk import desk_service  # noqa: PLC0415 - the engine is slow to load
    from worker import stop_when_asked  # noqa: PLC0415

    stop = stop_when_asked()
    close_stores(settings.data)
    vault = open_ring(settings)
    documents = DirectoryStore(settings.data / "documents", vault)
    conventions = await elsewhere(settings)
    await (
        await desk_service(
            conventions, settings, stop, remark, any_port_if_taken=False, documents=documents, vault=vault
        )
    )
