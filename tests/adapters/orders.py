"""Messages to render, of every kind, in both languages."""

from datetime import UTC, date, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

from domain.messages import Asked, Guest, Line, MeetingNotice, MessageKind, MessageOrder, Recipient
from domain.model import Text

PARIS = ZoneInfo("Europe/Paris")
KINDS: tuple[MessageKind, ...] = get_args(MessageKind)
MEETING_KINDS = ("invitation", "meeting-moved", "meeting-cancelled")

COORDINATION = ("Coordination des conventions", "coordination@ville.example")
STATISTICS = "statistiques@operateur.example"
GUESTS = (
    Guest(function="Relais Emploi municipal", address="relais-emploi@ville.example", chairs=True),
    Guest(function="Conseil référent du Relais Emploi", address="agence@operateur.example"),
)


def line(**changes: Any) -> Line:
    values: dict[str, Any] = {
        "item": "quarterly-data/2021-04",
        "kind": "data",
        "stage": "reminder",
        "title": Text(fr="Données trimestrielles sur l’emploi", en="Quarterly employment data"),
        "article": "art. 2, axe 1",
        "says": Text(
            fr="L'opérateur fournit « trimestriellement » des données: l'emploi",
            en="The operator supplies employment data quarterly",
        ),
        "who": "Pôle emploi, agence de Villefontaine",
        "to_whom": "Commune de Saint-Quentin-Fallavier",
        "ours": True,
        "legal_last_day": date(2021, 6, 30),
        "safe_day": date(2021, 6, 30),
        "certainty": "certain",
        "rule": "periods",
        "trace": "période 2 de 3 mois : du 01/04/2021 au 30/06/2021",
        "quota": "au moins une fois par période de 3 mois",
    }
    return Line(**(values | changes))


def meeting(**changes: Any) -> MeetingNotice:
    values: dict[str, Any] = {
        "item": "referent-meeting/2021-05",
        "uid": "0b7d9c52@ville.example",
        "sequence": 0,
        "dtstamp": datetime(2021, 5, 10, 7, 0, tzinfo=UTC),
        "method": "REQUEST",
        "title": Text(fr="Point référent", en="Referent meeting"),
        "starts_at": datetime(2021, 6, 15, 10, 0, tzinfo=PARIS),
        "minutes": 60,
        "time_zone": "Europe/Paris",
        "place": "Relais Emploi, hôtel de ville",
        "video_link": "https://visio.ville.example/referent",
        "guests": GUESTS,
        "next_dates": (date(2021, 8, 24), date(2021, 10, 19)),
    }
    return MeetingNotice(**(values | changes))


def question(**changes: Any) -> Asked:
    values: dict[str, Any] = {
        "id": "hiring-data",
        "kind": "contested",
        "about": Text(
            fr="Les données comprennent-elles les recrutements ?", en="Do the data include hirings?"
        ),
        "readings": (
            (
                Text(fr="L’emploi et les recrutements", en="Employment and hirings"),
                Text(
                    fr="Un envoi sans les recrutements est incomplet",
                    en="A delivery without hirings is incomplete",
                ),
            ),
            (
                Text(fr="L’emploi seulement", en="Employment only"),
                Text(
                    fr="Un envoi sur l’emploi seul suffit", en="A delivery about employment alone is enough"
                ),
            ),
        ),
        "article": "art. 2, axe 1",
        "says": Text(fr="Des données « trimestriellement »", en="Data quarterly"),
        "answer": "reading",
        "since": date(2021, 5, 3),
    }
    return Asked(**(values | changes))


def order(kind: MessageKind = "reminders", language: str = "fr", **changes: Any) -> MessageOrder:
    values: dict[str, Any] = {
        "id": f"SQF-P/{kind}/7/statistics",
        "kind": kind,
        "to": Recipient(
            role="data-operator", function="Service des statistiques", address=STATISTICS, language=language
        ),
        "at": datetime(2021, 6, 1, 8, 30, tzinfo=PARIS),
        "reference": "SQF-P",
        "title": Text(fr="Convention de coopération", en="Cooperation convention"),
        "parties": ("Commune de Saint-Quentin-Fallavier", "Pôle emploi, agence de Villefontaine"),
        "effect_on": date(2021, 1, 1),
        "ends_on": date(2023, 12, 31),
        "operational_from": date(2021, 5, 3),
        "told": ("Relais Emploi municipal", "Direction de l’agence"),
        "ask": COORDINATION,
        "warnings": (
            Text(fr="Aucune clause ne renouvelle la convention.", en="No clause renews this convention."),
        ),
    }
    return MessageOrder(**(values | _of_kind(kind) | changes))


def _of_kind(kind: MessageKind) -> dict[str, Any]:
    commune, operator = "Commune de Saint-Quentin-Fallavier", "Pôle emploi, agence de Villefontaine"
    meeting_line = line(
        item="referent-meeting/2021-05", kind="meeting", title=Text(fr="Point référent", en="Referent meeting"),
        article="art. 2, axe 2", says=Text(fr="Une rencontre « tous les deux mois »", en="A meeting every two months"),
        legal_last_day=date(2021, 6, 30), quota="", who=f"{commune} et {operator}", to_whom=f"{commune} et {operator}",
        trace="période 3 de 2 mois : du 01/05/2021 au 30/06/2021",
    )  # fmt: skip
    late = line(
        item="annual-report/2020", kind="report", stage="overdue", title=Text(fr="Bilan annuel", en="Yearly report"),
        article="art. 5", says=Text(fr="Un bilan chaque année", en="A report every year"), who=commune, to_whom=operator,
        ours=False, legal_last_day=date(2021, 3, 1), safe_day=date(2021, 3, 1), quota="",
        trace="période 1 de 12 mois : du 01/01/2020 au 01/03/2021",
    )  # fmt: skip
    vote = line(
        item="renewal/2023/vote", kind="renewal", stage="notice", certainty="policy", rule="renewal_plan", quota="",
        title=Text(fr="Renouvellement : vote de l’assemblée", en="Renewal: vote of the assembly"), article="art. 7",
        says=Text(fr="« 3 ans », sans suite prévue", en="Three years, nothing said of what follows"), who=commune,
        to_whom=operator, legal_last_day=None, safe_day=date(2023, 11, 30), trace="1 mois avant le 31/12/2023",
    )  # fmt: skip
    now = meeting_line.model_copy(update={"stage": "now", "proposed": date(2021, 6, 15)})
    past = late.model_copy(update={"stage": "past"})
    gone = vote.model_copy(update={"stage": "gone", "former_day": date(2023, 11, 30)})
    moved = line(former_day=date(2021, 6, 28), stage="now")
    start = datetime(2021, 6, 8, 14, 30, tzinfo=PARIS)
    detail = Text(
        fr="Le relais a refusé l’adresse : boîte inconnue",
        en="The relay refused the address: unknown mailbox",
    )
    why = Text(fr="Résiliation postée le 1er juin 2021", en="Termination posted on 1 June 2021")
    return {
        "opening": {
            "lines": (line(stage="now"), now, past),
            "questions": (question(kind="blank", readings=()),),
        },
        "reminders": {"lines": (line(), now.model_copy(update={"stage": "last-call"}), late, vote)},
        "correction": {"lines": (moved, gone)},
        "invitation": {"lines": (meeting_line,), "meeting": meeting()},
        "meeting-moved": {
            "lines": (meeting_line,),
            "meeting": meeting(sequence=1, previous_start=start, reason="salle indisponible"),
        },
        "meeting-cancelled": {
            "lines": (meeting_line,),
            "meeting": meeting(sequence=2, method="CANCEL", reason="absence"),
        },
        "question": {"questions": (question(),), "lines": (line(stage="now"),)},
        "undelivered": {"lines": (line(),), "detail": detail},
        "ended": {"lines": (line(stage="now"), gone), "detail": why},
    }[kind]
