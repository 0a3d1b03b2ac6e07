"""``echeancier record``: what happened is told."""

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from echeancier.adapters.files.amended_file import with_its_changes
from echeancier.cli.console import console
from echeancier.cli.facts.answer import Kept, tell, two_words
from echeancier.cli.facts.kinds_page import FIELDS, FactCommand, print_kind, print_kinds
from echeancier.cli.facts.record_many import tell_many
from echeancier.cli.facts.typed import CommandLine, author, take_apart, values, with_today
from echeancier.cli.output import remark, say_line
from echeancier.cli.register import Json
from echeancier.cli.roles import role
from echeancier.domain.agenda.agenda import situation
from echeancier.domain.agenda.moved import movable
from echeancier.domain.declared import both
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled
from echeancier.domain.facts.refusal import unknown
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.invitations import when_guests_hear
from echeancier.domain.recording import KINDS, KindHelp, at_the_place, parse_fact
from echeancier.domain.recording.several import of_each
from echeancier.domain.terms.policy import DEFAULT_POLICY

if TYPE_CHECKING:
    from echeancier.domain.facts.dossier import Dossier
    from echeancier.engine.gateway import Conventions

Line = Annotated[
    list[str] | None,
    typer.Argument(metavar="RÉFÉRENCE FAIT [--CHAMP VALEUR]", help="Comme : SQF-P signed --party commune"),
]
Kinds = Annotated[bool, typer.Option("--kinds", help="Énumère les faits, ou les champs de celui qui est nommé.")]
Request = Annotated[
    str | None,
    typer.Option("--request", metavar="NOM", help="La même demande, répétée, n’est enregistrée qu’une fois."),
]
Every = Annotated[bool, typer.Option("--all", help="À toutes les conventions ouvertes que cela concerne, ou à aucune.")]
Named = Annotated[
    str, typer.Option("--conventions", metavar="A,B", help="À ces conventions, ou à aucune si l’une refuse.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Avec --all ou --conventions : vérifie, n’enregistre rien.")]


app = typer.Typer(add_completion=False)


@app.command("record", cls=FactCommand, context_settings=FIELDS)
def record(
    line: Line = None,
    *,
    kinds: Kinds = False,
    request: Request = None,
    every: Every = False,
    conventions: Named = "",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Enregistre ce qui est arrivé\u00a0: « record SQF-P done --item quarterly-data/2021-04 --on 2021-06-28 ».

    À plusieurs : « record --all party-changed --was "Pôle emploi" --new-name "France Travail" --on 2024-01-01 --dry-run ».
    Sans --on, c’est aujourd’hui. --recorded-by dit quel rôle enregistre. Un refus dit pourquoi, et ce qui
    serait admis.
    """
    typed = take_apart(line or ())
    if kinds:
        _list(typed)
        return
    if every or conventions:
        if len(typed.words) != 1:
            raise EcheancierError("Avec --all ou --conventions, on attend le fait seul, sans référence.")
        kind = _kind(typed.words[0])
        tell_many(kind, typed, conventions, request or uuid.uuid4().hex, dry_run=dry_run, as_json=as_json)
        return
    if dry_run:
        raise EcheancierError("--dry-run va avec --all ou --conventions.")
    reference, name = two_words(typed, "la référence, puis le fait (« echeancier record --kinds » les énumère)")
    kind, asked = _kind(name), request or uuid.uuid4().hex
    kept = _record(reference, kind, typed, asked)
    said = "était déjà enregistré, rien n’a été ajouté" if kept.again else "est enregistré"
    tell(reference, kept, f"{reference} : le fait {kept.fact_id} ({kind.says.fr}) {said}.", as_json=as_json)
    if kept.then and not as_json:
        say_line(kept.then)


def _record(reference: str, kind: KindHelp, typed: CommandLine, request: str) -> Kept:
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - the list of kinds needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load
    from echeancier.engine.errors import NoAnswerError  # noqa: PLC0415
    from echeancier.engine.many import record_each  # noqa: PLC0415

    settings = load_settings()

    async def recorded(door: "Conventions") -> Kept:
        dossier = await door.dossier(reference)
        given, fields = author(kind, typed.fields)
        by = role(dossier.convention, given, settings.by)
        zone = dossier.convention.place.time_zone
        told = with_today(kind, at_the_place(values(kind, fields), zone), datetime.now(ZoneInfo(zone)).date())
        said = with_its_changes(dossier, {"kind": kind.kind, **told})
        seen = Context(dossier, datetime.now(UTC), DEFAULT_POLICY)
        facts = [
            parse_fact(one) for one in of_each(said, dossier.convention.parties, movable(seen.s, seen.agenda.items))
        ]
        again = any(known.request in (request, f"{request}-0") for known in dossier.facts)
        if len(facts) > 1:
            several = await record_each(door, reference, facts, by, request)
            return Kept(", ".join(one.fact_id for one in several), several[-1].version, by, again)
        kept = await door.record(reference, facts[0], by, request)
        return Kept(kept.fact_id, kept.version, by, again, _then(dossier, facts[0]))

    try:
        return ask(settings, recorded)
    except NoAnswerError:
        remark(f"Pour répéter cette demande sans risque de doublon, y ajouter\u00a0: --request {request}")
        raise


def _then(dossier: "Dossier", fact: Fact) -> str:
    """Return what a person should know happens next, empty when nothing is to be said."""
    if not isinstance(fact, MeetingArranged | MeetingCancelled):
        return ""
    now = datetime.now(ZoneInfo(dossier.convention.place.time_zone))
    return when_guests_hear(situation(dossier.convention, tuple(dossier.facts), now)).fr


def _list(typed: CommandLine) -> None:
    if not typed.words:
        print_kinds(console())
    for name in typed.words:
        print_kind(console(), _kind(name))


def _kind(name: str) -> KindHelp:
    if name not in KINDS:
        raise unknown(both("le fait", "the fact"), name, KINDS)
    return KINDS[name]
