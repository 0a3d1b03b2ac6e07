"""A few months of a convention, lived without an engine: planned wake by wake, its mails written to a directory."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.adapters.mail.rendering import Renderer
from echeancier.adapters.mail.writer import TemplateMailWriter
from echeancier.adapters.report import Story
from echeancier.adapters.stores.mail_drop import KeptMail
from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.mail import Mailbox
from echeancier.domain.messages.plan import make_plan
from echeancier.domain.rehearsal.player import Diligent, script_of
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.adapters.replies import FixedKeys
from tests.support.project_files import ROOT

PARIS = ZoneInfo("Europe/Paris")
ENDED = datetime(2022, 2, 28, 18, 0, tzinfo=PARIS)
WRITER = TemplateMailWriter(
    Renderer(
        Mailbox(name="Échéancier", address="echeancier@ville.example"),
        "retours@ville.example",
        "ville.example",
        keys=FixedKeys(),
    )
)


@dataclass(frozen=True)
class Lived:
    """What was lived, and the mails in the order in which they left: (file, recipient, bytes)."""

    dossier: Dossier
    began: datetime
    mails: tuple[tuple[str, str, bytes], ...]


@cache
def lived() -> Lived:
    """Return the first months of the Saint-Quentin-Fallavier example, where everybody does their part."""
    convention = load_convention(ROOT / "examples" / "sqf-p.toml")
    known = as_records(load_facts(ROOT / "examples" / "sqf-p.facts.toml"), convention.place.time_zone)
    player = Diligent(convention, script_of(known))
    now = began = min(record.recorded_at for record in known).astimezone(PARIS)
    dossier = Dossier(convention=convention, registered_at=now, registered_by="coordinator")
    mails: list[tuple[str, str, bytes]] = []
    wake: datetime | None = now
    while True:
        move = player.next(tuple(dossier.facts), now)
        nexts = [at for at in (wake, move.at if move else None) if at is not None]
        if not nexts or max(now, min(nexts)) > ENDED:
            return Lived(dossier, began, tuple(mails))
        now = max(now, min(nexts))
        if move is not None and move.at <= now:
            name = move.name or f"own-{len(dossier.facts)}"
            dossier.facts.append(
                Recorded(
                    id=f"f{len(dossier.facts) + 1}",
                    fact=move.fact,
                    recorded_at=now,
                    recorded_by=move.by,
                    request=name,
                )
            )
        wake = _planned(dossier, now, mails)


def _planned(dossier: Dossier, now: datetime, mails: list[tuple[str, str, bytes]]) -> datetime | None:
    while True:
        plan = make_plan(dossier, now, DEFAULT_POLICY)
        if not plan.says:
            return plan.wake_at
        for order, entry in plan.says:
            raw = WRITER.write(order)
            sent = {"status": "accepted", "accepted_at": now, "sha256": hashlib.sha256(raw).hexdigest()}
            dossier.outbox.append(entry.model_copy(update=sent))
            mails.append((f"{len(mails) + 1:05}-{order.kind}.eml", order.to.address, raw))


def story(directory: Path, *, ended: datetime = ENDED, language: str = "fr") -> Story:
    """Return the story of what was lived, its mails written under ``directory``."""
    life = lived()
    (directory / "mails").mkdir(parents=True, exist_ok=True)
    for file, _, raw in life.mails:
        (directory / "mails" / file).write_bytes(raw)
    facts = tuple(life.dossier.facts)
    return Story(
        dossier=life.dossier,
        lived=agenda(life.dossier.convention, facts, ended),
        planned=agenda(life.dossier.convention, facts, life.began),
        began=life.began,
        ended=ended,
        scenario="Chacun fait sa part à temps",
        mails=tuple(
            KeptMail(file=file, envelope_from="retours@ville.example", recipients=(to,)) for file, to, _ in life.mails
        ),
        language=language,
    )
