"""Messages that the relay took and that came back: from then on they count as refused."""

from domain.dossier import Dossier, Message
from domain.facts import in_force
from domain.mail_facts import MailUndelivered
from domain.mail_fault import fault_of, said_of


def as_delivered(dossier: Dossier) -> Dossier:
    """Return the dossier as its readers got it: what a report says was never delivered counts as refused.

    The outbox itself keeps what the relay answered; the report is a fact of its own, so recording it by mistake can be
    put right.
    """
    failed = {
        record.fact.message: record.fact
        for record in in_force(tuple(dossier.facts))
        if isinstance(record.fact, MailUndelivered) and record.fact.outcome == "failed"
    }
    if not failed:
        return dossier
    outbox = [_refused(m, failed[m.id]) if m.id in failed else m for m in dossier.outbox]
    return dossier.model_copy(update={"outbox": outbox})


def _refused(message: Message, report: MailUndelivered) -> Message:
    if message.status == "superseded":
        return message
    fault = fault_of(report.status)
    changes = {
        "status": "refused",
        "next_try": None,
        "fault": fault,
        "detail": said_of(fault, report.status).fr,
    }
    return message.model_copy(update=changes)
