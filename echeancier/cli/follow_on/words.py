"""What ``echeancier follow-on`` says: the head of the file, what is to be looked at, the agenda to come."""

from datetime import datetime
from pathlib import Path

from rich.console import Console

from echeancier.adapters.files.plan_format import words
from echeancier.cli.console import say
from echeancier.cli.output import say_line
from echeancier.cli.plan.page import print_plan
from echeancier.domain.afterwards.follow_on import FollowOn
from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.model import Text
from echeancier.domain.terms.convention import Convention

_TO_LOOK_AT = Text(fr="À revoir avant d’enregistrer", en="To be looked at before it is registered")


def file_head(old: Convention) -> tuple[str, ...]:
    """Return the comment at the head of the file."""
    return (
        f"Proposition de suite à {old.reference}, d’après ses termes en vigueur ; rien n’est enregistré.",
        f"Relire chaque « À REVOIR », corriger, puis : echeancier follow-on {old.reference} --start CE-FICHIER.toml",
    )


def marks_by_place(found: FollowOn, language: str) -> dict[str, list[str]]:
    """Return what is to be looked at, by its place in the file."""
    places: dict[str, list[str]] = {}
    for one in found.marks:
        places.setdefault(one.place, []).append(one.says.in_language(language))
    return places


def shown_plan(out: Console, found: FollowOn, now: datetime, language: str) -> None:
    """Print what is to be looked at, then the agenda that the proposed terms give as they stand."""
    say(out, f"{_TO_LOOK_AT.in_language(language)} ({len(found.marks)})", style="bold")
    for one in found.marks:
        colon = ": " if language == "en" else "\u00a0: "
        say(
            out,
            f"• {_named(one.place, found.convention)}{colon}{words(one.says, language)}",
            indent=1,
            hang=2,
        )
    out.print()
    s = situation(found.convention, (), now, registered_on=now.date())
    print_plan(out, s, agenda_of(s), language, why=False)


def _named(place: str, convention: Convention) -> str:
    """Return a place with the name of its block instead of its number: « payment.0 » is « payment first-half-2024 »."""
    block, _, rest = place.partition(".")
    number, _, field = rest.partition(".")
    if not number.isdecimal():
        return place
    name: str = getattr(convention, block)[int(number)].id
    return f"{block} {name}" + (f" : {field}" if field in ("on", "meeting.excluded") else "")


def announce(old: str, path: Path, found: FollowOn) -> None:
    """Say where the proposal is, and what starts it."""
    say_line(f"Proposition écrite dans « {path} » ; rien n’est enregistré.")
    say_line(f"Une fois relue : echeancier follow-on {old} --start {path}")
    say_line(f"{found.convention.reference} commencera avec le vote et les signatures que l’on enregistrera.")
