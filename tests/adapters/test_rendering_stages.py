"""What a mail says at each stage, of a meeting asked about, and in its subject."""

from datetime import date, datetime
from typing import Any

import pytest

from echeancier.domain.agenda.items import Nature
from echeancier.domain.messages.order import Line
from echeancier.domain.model import Text
from echeancier.domain.terms.policy import STAGES
from tests.adapters.orders import (
    COMMUNE,
    OPERATOR,
    PARIS,
    Language,
    coordinator,
    line,
    meeting_line,
    question,
    vote_line,
)
from tests.adapters.reading import flat
from tests.adapters.test_rendering import mail


def test_what_is_most_pressing_comes_first() -> None:
    stages = tuple(reversed(STAGES))
    text = mail(lines=[line(stage=stage) for stage in reversed(stages)]).text
    headings = ["SANS NOUVELLES", "EN RETARD", "DERNIER RAPPEL", "RAPPEL\n", "À PRÉVOIR"]
    places = [text.index(f"\n{heading}") for heading in headings]
    assert places == sorted(places)


def asked_about(**changes: Any) -> Line:
    return meeting_line(stage="held", meeting_at=datetime(2021, 6, 15, 10, 0, tzinfo=PARIS), **changes)


@pytest.mark.parametrize(
    ("kind", "language", "subject"),
    [
        ("meeting", "fr", "Le point du 15 juin a-t-il eu lieu ?"),
        ("committee", "fr", "Le comité du 15 juin a-t-il eu lieu ?"),
        ("session", "fr", "La session du 15 juin a-t-elle eu lieu ?"),
        ("meeting", "en", "Did the meeting of 15 June take place?"),
    ],
)
def test_a_meeting_whose_day_is_over_is_asked_about_and_not_called_late(
    kind: str, language: Language, subject: str
) -> None:
    sent = mail(language=language, to=coordinator(language), lines=(asked_about(kind=kind),))
    assert sent.subject.replace("\u00a0", " ") == f"[SQF-P] {subject}"
    assert "retard" not in sent.text
    assert "Late" not in sent.text


def test_a_meeting_asked_about_says_what_to_record_in_each_case() -> None:
    text = flat(mail(to=coordinator(), lines=(asked_about(),)).text).replace("\u00a0", " ")
    command = "echeancier record SQF-P {} --item referent-meeting/2021-05"
    assert f"Si oui, enregistrer : {command.format('meeting-held')}" in text
    assert f"Sinon, nouvelle date : {command.format('meeting-arranged')} --starts-at" in text
    assert f"Sinon, sans nouvelle date : {command.format('meeting-cancelled')}" in text


def test_a_meeting_asked_about_beside_deadlines_gives_its_question_to_the_subject() -> None:
    subject = mail(lines=(asked_about(), line(stage="notice"))).subject.replace("\u00a0", " ")
    assert subject == "[SQF-P] Le point du 15 juin a-t-il eu lieu ? Et 1 échéance"


def test_nothing_is_called_late_whose_last_day_no_text_gives() -> None:
    sent = mail(lines=(vote_line(stage="overdue"),))
    assert "En retard" not in sent.subject + sent.text
    assert "JOUR PRUDENT PASSÉ" in sent.text.replace("\u00a0", " ")


def test_a_subject_says_the_year_of_a_day_only_when_it_is_not_the_mail_s() -> None:
    far = {"safe_day": date(2022, 1, 31), "legal_last_day": date(2022, 1, 31)}
    assert mail(lines=(line(**far),)).subject.endswith("31\u00a0janvier\u00a02022")
    assert mail(lines=(line(),)).subject.endswith("30\u00a0juin")


def test_an_end_is_known_by_its_last_day_and_not_by_the_working_day_before() -> None:
    end = line(
        kind="end", item="end", nature=Nature.FACT, safe_day=date(2021, 12, 30), legal_last_day=date(2021, 12, 31)
    )
    assert mail(lines=(end,)).subject.endswith("31\u00a0décembre")


def test_an_english_reader_reads_of_two_institutions_in_english() -> None:
    text = flat(mail("reminders", "en", lines=(meeting_line(),)).text)
    assert f"Who owes it: {COMMUNE} and {OPERATOR}" in text


@pytest.mark.parametrize(
    ("answer", "option"),
    [("date", "--day AAAA-MM-JJ"), ("months", "--months NOMBRE"), ("text", '--text "…"')],
)
def test_the_command_of_an_answer_says_what_to_write(answer: str, option: str) -> None:
    asked = question(answer=answer, readings=(), names=())
    assert option in flat(mail("question", to=coordinator(), questions=(asked,)).text)


def test_what_is_late_is_late_since_its_last_day_and_not_since_the_working_day_before() -> None:
    late = line(stage="overdue", safe_day=date(2021, 5, 28), legal_last_day=date(2021, 5, 31))
    assert mail(lines=(late,)).subject.endswith("31\u00a0mai")


def test_a_delay_in_hours_is_urgent_from_its_first_mail_and_asks_for_the_hour() -> None:
    limit = datetime(2021, 6, 3, 5, 0, tzinfo=PARIS)
    told = mail(lines=(line(stage="notice", kind="incident", legal_last_instant=limit, hours_left=35),))
    assert told.subject.replace("\u00a0", " ").startswith("[SQF-P] Urgent : ")
    assert "Rien ne presse" not in told.text
    assert "donnant le jour et l’heure où cela a été fait" in flat(told.text)


def test_what_is_first_told_when_its_day_is_near_is_to_be_done_now_and_not_planned() -> None:
    sent_on = mail(lines=(line(stage="notice"),))
    assert "Rien ne presse" in sent_on.text
    near = mail(lines=(line(stage="notice", safe_day=date(2021, 6, 3)),))
    assert near.subject.replace("\u00a0", " ").startswith("[SQF-P] À faire : ")
    assert "Rien ne presse" not in near.text
    # A right to leave is never « to be done ».
    assert (
        "À FAIRE MAINTENANT" not in mail(lines=(line(stage="notice", kind="notice", safe_day=date(2021, 6, 3)),)).text
    )


def test_a_question_about_closing_a_file_says_that_the_file_stays_open_meanwhile() -> None:
    about = Text(
        fr="« Destruction » n’a jamais été enregistrée : clore sans cela ?",
        en="“Destruction”: close without it?",
    )
    asked = question(kind="blank", id="close-without/destruction/operator", about=about, names=("keep-asking", "close"))
    text = flat(mail("question", questions=(asked,), to=coordinator()).text)
    assert "Sans réponse\u00a0: Le dossier reste ouvert, et la question revient." in text
    assert "--question close-without/destruction/operator --reading keep-asking|close" in text
    assert "Aucune date n’est calculée" not in text
    assert "Réponse possible" in text
