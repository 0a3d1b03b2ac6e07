"""A thousand conventions of today: the examples over and over, moved by whole years so that most are in force."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.recording import Refusal, admit
from echeancier.domain.terms.convention import Convention

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = ("sqf-p", "sqf-o", "mtz-p", "mtz-o", "mtz-a", "bri-p", "ida-o", "tcm-p", "tcm-d", "bri-o")
_DAY = re.compile(r"\b(19|20)(\d\d)-(\d\d)-(\d\d)(?=T|\"|\b)")


@dataclass(frozen=True)
class Made:
    """One convention to register, with what is known of it."""

    convention: Convention
    facts: tuple[Recorded, ...]


def made(count: int, now: datetime) -> Iterator[Made]:
    """Yield that many conventions, each begun one or two years before ``now``, under references of their own."""
    models = [_model(name, now, back) for back in (1, 2) for name in NAMES]
    for number in range(count):
        model = models[number % len(models)]
        reference = f"{model.convention.reference}-{number:04d}"
        again: dict[str, object] = {"reference": reference}
        parent = model.convention.parent
        if parent is not None and parent.reference is not None:
            its = number - number % len(NAMES) + NAMES.index(parent.reference.lower())
            again["parent"] = parent.model_copy(update={"reference": f"{parent.reference}-{its:04d}"})
        yield Made(model.convention.model_copy(update=again), model.facts)


def _model(name: str, now: datetime, back: int) -> Made:
    convention = load_convention(EXAMPLES / f"{name}.toml")
    facts = as_records(load_facts(EXAMPLES / f"{name}.facts.toml"), convention.place.time_zone)
    named = tuple(act.id for act in convention.act if act.id is not None)
    told = min((r.recorded_at.date() for r in facts), default=now.date())
    # Those that share a vote are moved by as many years: it is known of one day in all of them.
    first = told if named else convention.effect.on or told
    years = now.year - back - first.year

    def moved_text(text: str) -> str:
        for act in named:  # the vote of another year is another vote
            text = re.sub(rf'"(id|act)":"{act}"', rf'"\1":"{act}-{back}"', text)
        return _moved(text, years)

    moved = Convention.model_validate_json(moved_text(convention.model_dump_json(by_alias=True)))
    dossier = Dossier(convention=moved, registered_at=now, registered_by=moved.coordinator)
    for record in facts:
        later = Recorded.model_validate_json(moved_text(record.model_dump_json(by_alias=True)))
        if later.recorded_at > now:
            continue
        try:
            dossier.facts.append(admit(dossier, later.fact, later.recorded_at, later.recorded_by))
        except Refusal:
            continue  # a day of that year falls elsewhere in the week: the load does not need this fact
    return Made(moved, tuple(dossier.facts))


def _moved(text: str, years: int) -> str:
    def later(found: re.Match[str]) -> str:
        year, month, day = int(found[1] + found[2]) + years, int(found[3]), int(found[4])
        while True:
            try:
                return date(year, month, day).isoformat()
            except ValueError:
                day -= 1

    return _DAY.sub(later, text)
