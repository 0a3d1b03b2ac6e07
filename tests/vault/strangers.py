"""What another account of the machine says to the engine, and what it reads there to say it again."""

from __future__ import annotations

import asyncio
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import History
from temporalio.client import Client

from echeancier.domain.facts.dossier import Dossier
from tests.domain import builders as b
from tests.support.runs import runs_of
from tests.support.sealed import payloads
from tests.vault.stage import Installation, convention
from workflows.ids import convention_id
from workflows.messages import Annex, Carried, Correct, CorrectTerms, Record, Replan, Withdraw

UPDATES = ("record", "correct", "correct_terms", "withdraw")
SIGNALS = ("annex", "parent_news", "carried", "replan")
DECISIONS = ("confirm", "hold", "release")
REFERENCE = "TEST-1"
ONE = convention_id(REFERENCE)
SEALED_BY_NOBODY = Payload(
    metadata={"encoding": b"binary/encrypted", "encryption-key-id": b"TEST-1/1", "sealed-for": ONE.encode()},
    data=b"x" * 40,
)


def believed(dossier: Dossier) -> dict[str, Any]:
    """What a dossier holds of what it was told."""
    return dossier.model_dump(mode="json", include={"convention", "facts", "former_terms", "withdrawn", "annexes"})


def plain(dossier: Dossier) -> dict[str, object]:
    """What a stranger would say in our own words, by the name of each message."""
    now, by, last = dossier.registered_at, "coordinator", dossier.facts[-1]
    other = dossier.convention.model_copy(update={"title": "Une autre"})
    ended = {"kind": "parent-ends", "on": "2022-06-30", "parent": "TEST-0"}
    return {
        "record": Record(request="r1", fact=b.signed("2022-01-03")[0], recorded_at=now, by=by),
        "correct": Correct(
            request="r2",
            fact_id=last.id,
            version=last.version,
            fact=last.fact,
            recorded_at=now,
            by=by,
            cancelled=True,
        ),
        "correct_terms": CorrectTerms(request="r3", convention=other, recorded_at=now, by=by, why="faute"),
        "withdraw": Withdraw(recorded_at=now, by=by, why="par erreur"),
        "annex": Annex(reference="OTHER"),
        "parent_news": {
            "message": "parent-news",
            "request": "r4",
            "parent": "TEST-0",
            "fact": ended,
            "recorded_at": now,
        },
        "carried": Carried(act="2021-118", by="OTHER"),
        "replan": Replan(rules="others"),
    }


async def said(client: Client, workflow_id: str, name: str, *what: object) -> bool:
    """Say something to a workflow, as an update or a signal; return whether it was taken without a word."""
    handle = client.get_workflow_handle(workflow_id)
    try:
        async with asyncio.timeout(20):
            if name in SIGNALS:
                await handle.signal(name, args=what)
            else:
                await handle.execute_update(name, args=what)
    except Exception:  # noqa: BLE001 - whatever it says: what counts is what the convention believes
        return False
    return True


async def kept(client: Client, workflow_id: str) -> list[Payload]:
    """Every payload that a stranger reads in the histories of a workflow, once each."""
    found = [one for run in await runs_of(client, workflow_id) for _, one in payloads(run_as_message(run))]
    return list({one.SerializeToString(): one for one in found}.values())


def run_as_message(run: Any) -> Any:
    return History(events=run.events)


async def registered(here: Installation) -> Dossier:
    """A convention with facts, one of them corrected, terms put right twice, and its opening messages sent."""
    await here.door.start(convention(), "coordinator")
    for fact in b.signed("2022-01-03"):
        found = await here.door.record(REFERENCE, fact, "coordinator")
    await here.door.cancel(REFERENCE, found.fact_id, "coordinator")
    await here.door.record(REFERENCE, fact, "coordinator")
    for title in ("Deuxième titre", "Troisième titre"):
        await here.door.correct_terms(convention(title=title), "coordinator", "faute de frappe")
    return await here.until(lambda dossier: any(m.status == "accepted" for m in dossier.outbox))
