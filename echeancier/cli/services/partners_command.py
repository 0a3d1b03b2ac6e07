"""``echeancier partners``: the pages that the links of the mails open, alone, for an engine that runs elsewhere."""

import asyncio


def partners() -> None:
    """Sert les pages des liens « en un clic », pour un moteur installé à part (TEMPORAL_ADDRESS).

    L’adresse publique (ECHEANCIER_LINKS_URL) est exigée, et le même dossier d’état que celui du robot : les clés y sont.
    """
    import logging  # noqa: PLC0415 - only a process that stays has something to log

    from echeancier.adapters.settings import WrongSettingsError, load_settings  # noqa: PLC0415
    from echeancier.adapters.stores.inventory import close_stores  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.output import remark  # noqa: PLC0415
    from echeancier.cli.reach import elsewhere  # noqa: PLC0415 - the engine is slow to load
    from echeancier.cli.services.partners import partners_service  # noqa: PLC0415 - the web libraries are an option
    from worker import stop_when_asked  # noqa: PLC0415

    async def serve_alone() -> None:
        stop = stop_when_asked()
        settings = load_settings()
        if not settings.links_url:
            raise WrongSettingsError(
                "ECHEANCIER_LINKS_URL : ce réglage manque (l’adresse publique des pages, comme "
                "https://reponses.ville.example)"
            )
        close_stores(settings.data)
        await partners_service(await elsewhere(settings), settings, stop, remark)

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    asyncio.run(serve_alone())
