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
    lines = [
        line(stage=stage, item=f"d/{stage}", title=Text(fr=f"Chose {stage}", en=stage)) for stage in reversed(stages)
    ]
    text = mail(lines=lines).text
    places = [text.index(f"Chose {stage}") for stage in stages]
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
    assert sent.subject.replace("\u00a0", " ") == subject
    assert "retard" not in sent.text
    assert "Late" not in sent.text


def test_a_meeting_asked_about_leads_to_the_form_of_each_case() -> None:
    text = mail(to=coordinator(), lines=(asked_about(),)).text
    form = "https://echeances.ville.example/conventions/SQF-P/enregistrer/{}?item=referent-meeting%2F2021-05"
    assert f"{form.format('meeting-held')}&on=2021-06-15" in text
    assert form.format("meeting-arranged") in text
    assert form.format("meeting-cancelled") in text


@pytest.mark.parametrize("before", [3, 6])
def test_a_meeting_asked_about_after_many_things_is_still_asked_about(before: int) -> None:
    late = [line(stage="overdue", item=f"d/{n}", title=Text(fr=f"Chose {n}", en=f"Thing {n}")) for n in range(before)]
    text = flat(mail(to=coordinator(), lines=(*late, asked_about())).text).replace("\u00a0", " ")
    assert "Le point du 15 juin a-t-il eu lieu ?" in text


def test_nothing_is_called_late_whose_last_day_no_text_gives() -> None:
    sent = mail(lines=(vote_line(stage="overdue"),))
    assert "retard" not in sent.subject + sent.text
    assert "prévu le" in sent.subject
    assert "Le jour conseillé est passé ; le texte n’en fixe pas." in sent.text.replace("\u00a0", " ")


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
    text = flat(mail("reminders", "en", lines=(meeting_line(ours=False),)).text)
    assert f"By whom: {COMMUNE} and {OPERATOR}" in text


def test_what_is_late_is_late_since_its_last_day_and_not_since_the_working_day_before() -> None:
    late = line(stage="overdue", safe_day=date(2021, 5, 28), legal_last_day=date(2021, 5, 31))
    assert mail(lines=(late,)).subject.endswith("31\u00a0mai")


def test_a_delay_in_hours_is_urgent_from_its_first_mail_and_asks_for_the_hour() -> None:
    limit = datetime(2021, 6, 3, 5, 0, tzinfo=PARIS)
    urgent = line(stage="notice", kind="incident", legal_last_instant=limit, hours_left=35, legal_last_day=limit.date())
    both = mail(lines=(urgent, line(stage="overdue"))).subject.replace("\u00a0", " ")
    assert both.startswith("Urgent, 2 choses à faire, la première le 3 juin à 5 h")
    told = mail(lines=(urgent,))
    assert told.subject.replace("\u00a0", " ").startswith("Urgent, ")
    assert "Le délai court, nuit et dimanche compris" in flat(told.text)
    assert "« fait le 12 à 14 h 30 »" in flat(told.text).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "said"),
    [(1, "C’est aujourd’hui qu’il faut envoyer"), (2, "C’est pour demain : envoyer"), (4, "Il reste 3 jours pour envoyer"),
     (8, "Il reste une semaine pour envoyer"), (15, "Il reste 2 semaines pour envoyer")],
)  # fmt: skip
def test_a_sentence_says_how_long_is_left(day: int, said: str) -> None:
    at = {"safe_day": date(2021, 6, day), "legal_last_day": date(2021, 6, day)}
    assert said in flat(mail(lines=(line(**at),)).text).replace("\u00a0", " ")


def test_a_question_about_closing_a_file_says_that_it_cannot_close_without_an_answer() -> None:
    about = Text(
        fr="« Destruction » n’a jamais été enregistrée : clore sans cela ?",
        en="“Destruction”: close without it?",
    )
    asked = question(kind="blank", id="close-without/destruction/operator", about=about, names=("keep-asking", "close"))
    text = flat(mail("question", questions=(asked,), to=coordinator()).text)
    assert "le dossier ne peut se clore sans réponse" in text
    assert "question-answered?question=close-without%2Fdestruction%2Foperator" in text


@pytest.mark.parametrize("nature", [Nature.FACT, Nature.RUNNING])
def test_nobody_is_told_to_act_before_a_day_that_comes_by_itself(nature: Nature) -> None:
    one = line(nature=nature, legal_last_day=date(2021, 10, 16), safe_day=date(2021, 10, 15))
    text = flat(mail("ended", lines=(one,)).text)
    assert "agissez" not in text
    assert "samedi 16 octobre" in text.replace("\u00a0", " ")


def test_a_letter_that_nobody_has_to_post_is_not_called_for() -> None:
    name = Text(fr="Lettre de résiliation", en="Termination letter")
    last = line(kind="notice", stage="last-call", title=name)
    sent = mail(lines=(last,))
    assert (
        flat(sent.subject).replace("\u00a0", " ") == "Lettre de résiliation, si c’est décidé : au plus tard le 30 juin"
    )
