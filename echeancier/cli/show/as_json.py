"""A running convention as plain data: the published plan, and beside it what was recorded and sent."""

from datetime import datetime

from echeancier.adapters.files.plan_format import published
from echeancier.domain.afterwards.follow_on import followed_by
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.recorded import Recorded, in_force
from echeancier.domain.overview.journal import function_of, result_of

Plain = dict[str, object]


def show_document(dossier: Dossier, agenda: Agenda, language: str) -> Plain:
    """Return the plan of ``docs/plan-format.md`` with the keys that ``docs/commands.md`` adds; no address is in it."""
    return {
        **published(agenda, language).model_dump(mode="json"),
        "registered_at": dossier.registered_at.isoformat(),
        "registered_by": dossier.registered_by,
        "withdrawn": dossier.withdrawn.model_dump(mode="json") if dossier.withdrawn else None,
        "closed_at": _iso(dossier.closed_at),
        "follows": dossier.convention.follows,
        "followed_by": followed_by(in_force(tuple(dossier.facts))),
        "terms_corrected_at": [former.replaced_at.isoformat() for former in dossier.former_terms],
        "facts": [_fact(record) for record in dossier.facts],
        "outbox": [_message(dossier, message, language) for message in dossier.outbox],
    }


def _fact(record: Recorded) -> Plain:
    return record.model_dump(mode="json")


def _message(dossier: Dossier, message: Message, language: str) -> Plain:
    return {
        "id": message.id,
        "kind": message.kind,
        "role": message.role,
        "function": function_of(dossier, message.role),
        "at": message.at.isoformat(),
        "about": [told.model_dump(mode="json") for told in message.told],
        "status": message.status,
        "result": result_of(message).in_language(language),
        "tries": message.tries,
        "next_try": _iso(message.next_try),
        "accepted_at": _iso(message.accepted_at),
        "maybe_twice": message.maybe_twice,
        "stored": message.stored,
        "sha256": message.sha256,
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
