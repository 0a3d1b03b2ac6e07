"""Mails and meetings to test with."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from echeancier.domain.messages.mail import Attendee, DeadlineEvent, Mailbox, MeetingEvent, OutgoingMail

PARIS = ZoneInfo("Europe/Paris")
AGENDA = Mailbox(name="Commune de Lorval – agenda", address="agenda@commune.example")
PARTNER = Mailbox(name="Référente du partenaire", address="referente@partenaire.example")
COORDINATOR = Mailbox(name="Coordinatrice", address="coordination@commune.example")
RETURN_PATH = "bounces+conv-042.7@commune.example"


def mail(**changes: Any) -> OutgoingMail:
    values: dict[str, Any] = {
        "message_id": "<conv-042.notice.1.7@commune.example>",
        "sender": AGENDA,
        "recipient": PARTNER,
        "subject": "[Conv. 042] Échéance du préavis\u00a0: 30 novembre 2026 (J-30)",
        "text": "Bonjour,\n\nLa lettre part avant le 30 novembre.\n. seul point\n",
        "html": "<!doctype html><html lang='fr'><title>Préavis</title><p>Bonjour,</p></html>",
        "date": dt.datetime(2026, 10, 31, 8, 30, tzinfo=PARIS),
    }
    return OutgoingMail(**(values | changes))


def meeting(**changes: Any) -> MeetingEvent:
    values: dict[str, Any] = {
        "uid": "5f0c1e9a@commune.example",
        "sequence": 0,
        "dtstamp": dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC),
        "starts_at": dt.datetime(2027, 1, 14, 10, 0, tzinfo=PARIS),
        "ends_at": dt.datetime(2027, 1, 14, 11, 30, tzinfo=PARIS),
        "summary": "Réunion de suivi – convention n°\u00a0042",
        "location": "Hôtel de ville, salle 2",
        "description": "Ordre du jour\u00a0:\n1. Suivi\u00a0; suites à donner",
        "organizer": AGENDA,
        "attendees": (Attendee(mailbox=PARTNER), Attendee(mailbox=COORDINATOR, role="CHAIR")),
    }
    return MeetingEvent(**(values | changes))


def deadline(**changes: Any) -> DeadlineEvent:
    values: dict[str, Any] = {
        "uid": "conv-042.notice@commune.example",
        "day": dt.date(2026, 12, 31),
        "summary": "Convention n°\u00a0042\u00a0: dernier jour du préavis",
        "description": "Article 7",
        "dtstamp": dt.datetime(2026, 10, 1, 8, 0, tzinfo=dt.UTC),
    }
    return DeadlineEvent(**(values | changes))
