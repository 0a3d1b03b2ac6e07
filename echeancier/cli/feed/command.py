"""``echeancier feed``: the secret addresses of the calendars that people subscribe to."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from echeancier.cli.console import console
from echeancier.cli.feed.page import feed_document, print_feeds
from echeancier.cli.french import FrenchCommand, FrenchGroup
from echeancier.cli.options import Language, LanguageOption, as_reference
from echeancier.cli.output import remark, say_line, write_json
from echeancier.cli.register import Json
from echeancier.cli.show.command import PLACE
from echeancier.domain.overview.feed import Scope, ScopeKind

if TYPE_CHECKING:
    from echeancier.engine.gateway import Conventions

app = typer.Typer(
    name="feed",
    cls=FrenchGroup,
    add_completion=False,
    no_args_is_help=True,
    help="Les abonnements\u00a0: les échéances dans l’agenda de chacun, par une adresse secrète.",
)

Person = Annotated[
    str | None,
    typer.Option("--person", metavar="ADRESSE", help="Une fonction, dans toutes ses conventions."),
]
OneConvention = Annotated[
    str | None,
    typer.Option("--convention", parser=as_reference, metavar="RÉFÉRENCE", help="Une convention, comme SQF-P."),
]
Service = Annotated[str | None, typer.Option("--service", metavar="NOM", help="Les conventions d’un service.")]
Label = Annotated[str, typer.Option("--label", metavar="NOM", help="Pour s’y retrouver, comme « téléphone ».")]
Revoked = Annotated[bool, typer.Option("--all", help="Aussi les abonnements révoqués.")]
FeedId = Annotated[str, typer.Argument(metavar="ABONNEMENT", help="Comme a3, tel que « feed list » le donne.")]

_LONGEST_LABEL: Final = 80


@app.command(cls=FrenchCommand)
def create(
    *,
    person: Person = None,
    convention: OneConvention = None,
    service: Service = None,
    label: Label = "",
    lang: LanguageOption = Language.FR,
    as_json: Json = False,
) -> None:
    """Crée un abonnement et montre son adresse, une seule fois."""
    from echeancier.adapters.keys.opening import open_ring  # noqa: PLC0415
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415
    from echeancier.adapters.stores.feeds import FeedStore  # noqa: PLC0415 - a plan needs no feeds
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load
    from echeancier.domain.overview.feed import check_scope  # noqa: PLC0415
    from echeancier.feeds.app import addresses, as_webcal  # noqa: PLC0415

    asked = _asked(person, convention, service)
    if len(label) > _LONGEST_LABEL:
        raise typer.BadParameter(f"--label : {_LONGEST_LABEL} caractères au plus, ici {len(label)}.")
    settings = load_settings()
    scope = check_scope(asked, ask(settings, lambda door: _names(door, asked.kind)))
    today = datetime.now(PLACE).date()
    feed, secret = FeedStore(settings.feeds, open_ring(settings)).create(
        scope, label=label, language=lang.value, on=today, by=settings.by
    )
    base = settings.feeds_url or settings.desk_url or f"http://{settings.desk_host}:{settings.desk_port}"
    found = addresses(base, secret)
    if as_json:
        write_json({**feed_document(feed), "addresses": found})
        return
    say_line(f"Échéances : {found['deadlines']}")
    say_line(f"Tout, réunions comprises : {found['all']}")
    say_line(f"Sur un téléphone : {as_webcal(found['deadlines'])}")
    remark(
        f"Abonnement {feed.id}. Ces adresses ne seront plus jamais montrées : qui les connaît lit cet agenda. Pour les "
        f"fermer : echeancier feed revoke {feed.id}"
    )
    if not (settings.feeds_url or settings.desk_url):
        remark(
            "Aucune adresse publique n’est réglée (ECHEANCIER_FEEDS_URL) : elles ne répondent que sur cette machine."
        )


@app.command("list", cls=FrenchCommand)
def list_feeds(*, revoked: Revoked = False, as_json: Json = False, lang: LanguageOption = Language.FR) -> None:
    """Énumère les abonnements\u00a0: de quoi ils parlent, quand ils ont été lus ; jamais leur adresse."""
    from echeancier.adapters.keys.opening import open_feeds  # noqa: PLC0415 - a plan needs no feeds
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415

    feeds = [feed for feed in open_feeds(load_settings()).all() if feed.is_open or revoked]
    if as_json:
        write_json([feed_document(feed) for feed in feeds])
    else:
        print_feeds(console(), feeds, lang.value)


@app.command(cls=FrenchCommand)
def revoke(feed: FeedId, *, as_json: Json = False) -> None:
    """Ferme un abonnement pour de bon\u00a0: son adresse ne répond plus."""
    from echeancier.adapters.keys.opening import open_feeds  # noqa: PLC0415 - a plan needs no feeds
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415

    closed = open_feeds(load_settings()).revoke(feed, datetime.now(PLACE).date())
    if as_json:
        write_json(feed_document(closed))
    else:
        say_line(f"L’abonnement {closed.id} est révoqué. Les agendas gardent un temps ce qu’ils avaient déjà lu.")


def _asked(person: str | None, convention: str | None, service: str | None) -> Scope:
    given: dict[ScopeKind, str | None] = {"person": person, "convention": convention, "service": service}
    found = [(kind, name.strip()) for kind, name in given.items() if name is not None]
    if len(found) != 1 or not 0 < len(found[0][1]) <= 254:
        raise typer.BadParameter(
            "un abonnement parle d’une seule chose ; donner --person ADRESSE, --convention RÉFÉRENCE ou --service NOM."
        )
    kind, name = found[0]
    return Scope(kind=kind, name=name)


async def _names(door: "Conventions", kind: ScopeKind) -> frozenset[str]:
    from echeancier.domain.terms.policy import DEFAULT_POLICY  # noqa: PLC0415
    from echeancier.feeds.reading import Calendars  # noqa: PLC0415

    return await Calendars(door, lambda: datetime.now(PLACE), DEFAULT_POLICY).names(kind)
