"""Messages to render, of every kind, in both languages."""

from datetime import UTC, date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from echeancier.domain.messages.letter_news import LetterNews
from echeancier.domain.messages.mails import MAILS
from echeancier.domain.messages.order import Asked, Guest, Line, MeetingNotice, MessageOrder, NewsItem
from echeancier.domain.model import Text
from echeancier.domain.standing.people import Recipient

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
PARIS = ZoneInfo("Europe/Paris")
KINDS = tuple(mail.kind for mail in MAILS)
MEETING_KINDS = tuple(mail.kind for mail in MAILS if mail.is_event)

COMMUNE, OPERATOR = "Commune de Saint-Quentin-Fallavier", "Pôle emploi, agence de Villefontaine"
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
        "who": OPERATOR,
        "to_whom": COMMUNE,
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
        "about": Text(fr="Les données comprennent-elles les recrutements ?", en="Do the data include hirings?"),
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
                Text(fr="Un envoi sur l’emploi seul suffit", en="A delivery about employment alone is enough"),
            ),
        ),
        "names": ("with", "without"),
        "article": "art. 2, axe 1",
        "says": Text(fr="Des données « trimestriellement »", en="Data quarterly"),
        "answer": "reading",
        "since": date(2021, 5, 3),
    }
    return Asked(**(values | changes))


def reader(language: Language = "fr") -> Recipient:
    function = "Service des statistiques"
    return Recipient(role="data-operator", function=function, address=STATISTICS, language=language)


def coordinator(language: Language = "fr") -> Recipient:
    function, address = COORDINATION
    return Recipient(role="coordinator", function=function, address=address, language=language)


def order(kind: str = "reminders", language: Language = "fr", **changes: Any) -> MessageOrder:
    values: dict[str, Any] = {
        "id": f"SQF-P/{kind}/7/statistics",
        "kind": kind,
        "to": reader(language),
        "at": datetime(2021, 6, 1, 8, 30, tzinfo=PARIS),
        "reference": "SQF-P",
        "title": Text(fr="Convention de coopération", en="Cooperation convention"),
        "parties": (COMMUNE, OPERATOR),
        "effect_on": date(2021, 1, 1),
        "ends_on": date(2023, 12, 31),
        "operational_from": date(2021, 5, 3),
        "told": ("Relais Emploi municipal", "Direction de l’agence"),
        "ask": COORDINATION,
        "warnings": (Text(fr="Aucune clause ne renouvelle la convention.", en="No clause renews this convention."),),
    }
    return MessageOrder(**(values | _of_kind(kind) | changes))


def meeting_line(**changes: Any) -> Line:
    both = f"{COMMUNE} et {OPERATOR}"
    values: dict[str, Any] = {
        "item": "referent-meeting/2021-05",
        "kind": "meeting",
        "title": Text(fr="Point référent", en="Referent meeting"),
        "article": "art. 2, axe 2",
        "says": Text(fr="Une rencontre « tous les deux mois »", en="A meeting every two months"),
        "who": both,
        "to_whom": both,
        "trace": "période 3 de 2 mois : du 01/05/2021 au 30/06/2021",
        "quota": "",
    }
    return line(**(values | changes))


def report_line(**changes: Any) -> Line:
    values: dict[str, Any] = {
        "item": "annual-report/2020",
        "kind": "report",
        "title": Text(fr="Bilan annuel", en="Yearly report"),
        "article": "art. 5",
        "says": Text(fr="Un bilan chaque année", en="A report every year"),
        "who": COMMUNE,
        "to_whom": OPERATOR,
        "ours": False,
        "legal_last_day": date(2021, 3, 1),
        "safe_day": date(2021, 3, 1),
        "trace": "période 1 de 12 mois : du 02/03/2020 au 01/03/2021",
        "quota": "",
    }
    return line(**(values | changes))


def vote_line(**changes: Any) -> Line:
    values: dict[str, Any] = {
        "item": "renewal/2023/vote",
        "kind": "renewal",
        "title": Text(fr="Renouvellement : vote de l’assemblée", en="Renewal: vote of the assembly"),
        "article": "art. 7",
        "says": Text(fr="« 3 ans », sans suite prévue", en="Three years, nothing said of what follows"),
        "who": COMMUNE,
        "to_whom": OPERATOR,
        "legal_last_day": None,
        "safe_day": date(2023, 11, 30),
        "certainty": "policy",
        "rule": "renewal_plan",
        "trace": "1 mois avant le 31/12/2023, dernier jour en vigueur → 30/11/2023",
        "quota": "",
    }
    return line(**(values | changes))


def letter_news(**changes: Any) -> LetterNews:
    values: dict[str, Any] = {
        "letter": "termination",
        "state": "draft",
        "about": "notice",
        "title": Text(fr="Dernier jour pour poster une résiliation", en="Last day to post a termination letter"),
        "recipient": "Pôle emploi, Agence de Villefontaine",
        "by": date(2021, 6, 28),
        "optional": True,
        "remarks": ("Le signataire est-il habilité à résilier (délibération, délégation) ?",),
    }
    return LetterNews(**(values | changes))


def news(**changes: Any) -> NewsItem:
    values: dict[str, Any] = {
        "title": Text(fr="Vous remplacez : Direction de l’agence", en="You stand in for: the agency"),
        "goes_on": (Text(fr="Destruction : 3 mars 2021", en="Destruction: 3 March 2021"),),
        "says": Text(fr="Son courrier vous arrive jusque-là.", en="Its mail comes to you until then."),
    }
    return NewsItem(**(values | changes))


def suspended() -> NewsItem:
    return news(
        title=Text(fr="Suspension à partir du 3 mars 2021", en="Suspended from 3 March 2021"),
        article="art. 7",
        clause=Text(fr="Trente jours d’absence suspendent", en="Thirty days away suspend it"),
        stops=(Text(fr="Point référent", en="Referent meeting"),),
        goes_on=(Text(fr="le terme de la convention", en="the end of the term"),),
        todo=Text(fr="Dire quand elle reprend.", en="Say when it resumes."),
    )


def _of_kind(kind: str) -> dict[str, Any]:
    proposed = date(2021, 6, 15)
    gone = vote_line(stage="gone", former_day=date(2023, 11, 30))
    former = datetime(2021, 6, 8, 14, 30, tzinfo=PARIS)
    contents: dict[str, dict[str, Any]] = {
        "opening": {
            "lines": (
                line(stage="now"),
                meeting_line(stage="now", proposed=proposed),
                report_line(stage="past"),
            ),
            "questions": (question(kind="blank", readings=()),),
        },
        "reminders": {
            "lines": (
                line(),
                meeting_line(stage="last-call", proposed=proposed),
                report_line(stage="overdue"),
                vote_line(stage="notice"),
            )
        },
        "urgent": {"lines": (line(), vote_line(stage="last-call"))},
        "correction": {"lines": (line(stage="now", former_day=date(2021, 6, 28)), gone)},
        "invitation": {"lines": (meeting_line(),), "meeting": meeting()},
        "meeting-moved": {
            "lines": (meeting_line(),),
            "meeting": meeting(sequence=1, previous_start=former, reason="salle indisponible"),
        },
        "meeting-cancelled": {"meeting": meeting(sequence=2, method="CANCEL", reason="absence")},
        "answers": {
            "lines": (meeting_line(),),
            "meeting": meeting(),
            "answers": ((GUESTS[1].function, Text(fr="pas de réponse", en="no answer")),),
        },
        "question": {"questions": (question(),), "lines": (line(stage="now"),)},
        "undelivered": {
            "lines": (line(),),
            "detail": Text(
                fr="Un message du 28/05/2021 destiné à « Service des statistiques » n’a pas été remis.",
                en="A message of 28 May 2021 to “Service des statistiques” was not delivered.",
            ),
        },
        "purge": {
            "detail": Text(
                fr="Ce dossier, clos le vendredi 5 janvier 2024, sera purgé le lundi 5 février 2024.",
                en="This file, closed on Friday 5 January 2024, will be purged on Monday 5 February 2024.",
            ),
        },
        "unsigned": {
            "lines": (line(stage="gone", kind="signature", item="signature/operator"),),
            "reason": "signature-refused",
            "detail": Text(
                fr="Pôle emploi a refusé de signer le 28/05/2021 : le délai de l’article 8 ne convient pas.",
                en="Pôle emploi refused to sign on 28/05/2021: the delay of article 8 does not suit.",
            ),
        },
        "letter": {
            "letters": (
                letter_news(missing="Dire les motifs, dans le champ « Motifs »."),
                letter_news(state="validated", about="x"),
                letter_news(
                    state="changed",
                    changes=(Text(fr="l’objet : « a » au lieu de « b »", en="the subject: “a” instead of “b”"),),
                ),
                letter_news(state="unvalidated", by=None, posted=date(2021, 5, 28)),
            )
        },
        "news": {"news": (suspended(),), "lines": (line(stage="now"),)},
        "handover": {"news": (news(),), "lines": (line(stage="now"),)},
        "closed": {"news": (news(), news())},
        "ended": {
            "lines": (line(stage="now"), gone),
            "detail": Text(
                fr="La convention prend fin par résiliation : dernier jour en vigueur le mardi 31 août 2021.",
                en="The convention ends by termination: its last day in force is Tuesday 31 August 2021.",
            ),
        },
    }
    return contents.get(kind, {})
