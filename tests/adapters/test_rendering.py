"""Every kind of mail in both languages: complete, readable, the same each time."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from echeancier.adapters.mail.mime import to_bytes
from echeancier.adapters.mail.rendering import SUBJECT_ROOM, Renderer
from echeancier.domain.messages.mail import Mailbox, OutgoingMail
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.model import Text
from tests.adapters.orders import (
    KINDS,
    LANGUAGES,
    MEETING_KINDS,
    PARIS,
    Language,
    coordinator,
    line,
    order,
    question,
)
from tests.adapters.reading import ADDRESSES, DATES, LINKS, Page, flat
from tests.adapters.replies import FixedKeys

RENDERER = Renderer(
    Mailbox(name="Ville – agenda des conventions", address="agenda@ville.example"),
    "retours@ville.example",
    "ville.example",
    "https://echeances.ville.example/",
    keys=FixedKeys(),
)
EVERY = [(kind, language) for kind in KINDS for language in LANGUAGES]
each_mail = pytest.mark.parametrize(("kind", "language"), EVERY)


def mail(kind: str = "reminders", language: Language = "fr", **changes: Any) -> OutgoingMail:
    return RENDERER.render(order(kind, language, **changes))


@each_mail
def test_every_kind_is_a_mail_in_the_language_of_its_reader(kind: str, language: Language) -> None:
    sent = mail(kind, language)
    assert sent.language == language
    assert f'<html lang="{language}">' in sent.html
    assert ("Bonjour" in sent.text) == (language == "fr")


@each_mail
def test_every_mail_says_what_why_what_to_do_whom_to_ask_and_who_else_knows(kind: str, language: Language) -> None:
    text = flat(mail(kind, language).text).replace("\u00a0", " ").casefold()
    wanted = {
        "fr": ("à qui s’adresser", "qui d’autre est prévenu", "seul le texte signé fait foi"),
        "en": ("who to ask", "who else is told", "only the signed text is authoritative"),
    }[language]
    for words in (*wanted, "coordination@ville.example", "sqf-p"):
        assert words in text
    do = ("que faire", "ce que nous vous demandons") if language == "fr" else ("what to do", "what we ask of you")
    assert any(words in text for words in do)
    otherwise = {"fr": ("sinon", "sans réponse"), "en": ("otherwise", "without an answer")}[language]
    assert any(words in text for words in otherwise)


@each_mail
def test_the_text_holds_every_date_and_link_of_the_html(kind: str, language: Language) -> None:
    sent = mail(kind, language, to=coordinator(language))
    page, text = Page(sent.html), flat(sent.text)
    dates = DATES.findall(flat(page.words))
    links = [a["href"] or "" for a in page.all("a")]
    assert links
    assert [found for found in dates if found not in text] == []
    assert [href for href in links if href.removeprefix("mailto:") not in text] == []
    assert LINKS.findall(text) == [href for href in links if href.startswith("http")]


@each_mail
def test_text_and_html_say_the_same_words(kind: str, language: Language) -> None:
    sent = mail(kind, language)
    in_text = set(re.findall(r"\w+", sent.text.casefold()))
    body = sent.html[sent.html.index("<body") : sent.html.index("</html>")]
    assert set(re.findall(r"\w+", Page(body).words.casefold())) <= in_text


@each_mail
def test_no_line_of_the_text_is_longer_than_76_columns(kind: str, language: Language) -> None:
    lines = mail(kind, language, to=coordinator(language)).text.split("\n")
    assert [found for found in lines if len(found) > 76] == []


@each_mail
def test_a_subject_begins_with_the_reference_and_stays_short(kind: str, language: Language) -> None:
    subject = mail(kind, language).subject
    assert subject.startswith("[SQF-P] ")
    assert len(subject) < SUBJECT_ROOM


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_reference_and_a_long_title_still_make_a_short_subject(kind: str) -> None:
    subject = mail(kind, reference="CONVENTION-" + "9" * 49).subject
    assert subject.startswith("[CONVENTION-999")
    assert len(subject) < SUBJECT_ROOM


@pytest.mark.parametrize("kind", KINDS)
def test_french_signs_stand_after_a_space_that_does_not_break(kind: str) -> None:
    sent = mail(kind)
    for words in (sent.subject, sent.text, Page(sent.html).words):
        outside_links = LINKS.sub("", words)
        assert re.findall(r"[^\u00a0\s][:;!?»](?=\s)| [:;!?»]|« |'|\u202f", outside_links) == []


def test_english_mails_keep_english_punctuation() -> None:
    assert "Late: 1 of 4 deadlines" in mail("reminders", "en").text


@each_mail
def test_the_same_order_gives_the_same_bytes(kind: str, language: Language) -> None:
    other = Renderer(
        Mailbox(name="Ville – agenda des conventions", address="agenda@ville.example"),
        "retours@ville.example",
        "ville.example",
        "https://echeances.ville.example/",
        keys=FixedKeys(),
    )
    same = order(kind, language)
    assert to_bytes(RENDERER.render(same)) == to_bytes(
        other.render(MessageOrder.model_validate_json(same.model_dump_json()))
    )


@each_mail
def test_no_address_but_the_one_to_ask_stands_in_a_body(kind: str, language: Language) -> None:
    sent = mail(kind, language)
    assert set(ADDRESSES.findall(sent.text + sent.html)) == {"coordination@ville.example"}


def test_two_orders_have_two_message_ids_and_one_thread() -> None:
    first, second = mail(id="a"), mail("opening", id="b")
    assert first.message_id != second.message_id
    assert first.thread_root == second.thread_root
    assert re.fullmatch(r"<[0-9a-f]{32}@ville\.example>", first.message_id)


def test_invitations_stand_outside_the_thread_and_are_answered_to_their_organizer() -> None:
    invitations = [mail(kind) for kind in KINDS if kind in MEETING_KINDS]
    assert {(sent.thread_root, sent.reply_to) for sent in invitations} == {(None, None)}


def test_an_answer_to_a_reminder_goes_to_whom_to_ask() -> None:
    answered_to = mail().reply_to
    assert answered_to is not None
    assert answered_to.address == "coordination@ville.example"
    assert mail(to=coordinator()).reply_to is None


def test_failures_return_to_an_address_of_their_own_that_names_nobody() -> None:
    one, two = order(id="SQF-P/agence@operateur.example/1"), order(id="SQF-P/agence@operateur.example/2")
    assert re.fullmatch(r"retours\+[0-9a-f]{32}@ville\.example", RENDERER.envelope_from(one))
    assert RENDERER.envelope_from(one) != RENDERER.envelope_from(two)
    assert RENDERER.envelope_from(one) == RENDERER.return_path(one.id)


def test_a_mail_is_dated_as_the_clock_reads_where_the_convention_lives() -> None:
    sent = mail(at=datetime(2021, 6, 1, 6, 30, tzinfo=UTC))
    assert sent.date.isoformat() == "2021-06-01T08:30:00+02:00"
    assert sent.date == datetime(2021, 6, 1, 8, 30, tzinfo=PARIS)


def test_the_two_days_are_kept_apart() -> None:
    changes = {"safe_day": date(2021, 6, 25), "legal_last_day": date(2021, 6, 27)}
    text = flat(mail(lines=(line(**changes),)).text).replace("\u00a0", " ")
    assert "Jour prudent : vendredi 25 juin 2021" in text
    assert "Dernier jour permis : dimanche 27 juin 2021" in text


def test_a_missing_legal_day_is_said_and_not_left_empty() -> None:
    text = mail(lines=(line(legal_last_day=None),)).text.replace("\u00a0", " ")
    assert "Dernier jour permis : aucun dernier jour légal" in text


@pytest.mark.parametrize(
    ("certainty", "said"),
    [
        ("certain", "certain"),
        ("contested", "à confirmer (plusieurs lectures)"),
        ("policy", "choix de conduite, sans règle de droit"),
        ("chosen", "choisi, non contractuel"),
    ],
)
def test_certainty_is_in_words(certainty: str, said: str) -> None:
    assert f"Certitude\u00a0: {said}\n" in mail(lines=(line(certainty=certainty),)).text


@pytest.mark.parametrize("kind", ["opening", "reminders"])
def test_a_question_put_in_another_message_is_put_whole(kind: str) -> None:
    sent = mail(kind, to=coordinator(), questions=(question(),))
    text = flat(sent.text).replace("\u00a0", " ")
    assert "Les données comprennent-elles les recrutements ?" in text
    assert "Lecture possible : L’emploi seulement" in text
    assert "echeancier record SQF-P question-answered --question hiring-data --reading with|without" in text


def test_the_subject_of_an_opening_counts_its_questions() -> None:
    subject = mail("opening", questions=(question(), question(id="other"))).subject.replace("\u00a0", " ")
    assert subject == "[SQF-P] En vigueur : 2 questions, échéance le 30 juin"


def test_what_was_over_before_registration_stands_apart_and_will_not_be_chased() -> None:
    coming, _, past = mail("opening").text.partition("DÉJÀ PASSÉ À L’ENREGISTREMENT")
    assert "Bilan annuel" in past
    assert "Bilan annuel" not in coming
    assert "rien ne sera relancé" in flat(past)


def test_whoever_owes_a_thing_and_whoever_awaits_it_do_not_read_the_same_advice() -> None:
    assert "Envoyez les données" in mail(lines=(line(ours=True),)).text
    assert "Vous devez recevoir ces données" in mail(lines=(line(ours=False),)).text


def test_only_the_coordinator_reads_commands_and_the_address_of_the_desk() -> None:
    command = "echeancier record SQF-P done --item quarterly-data/2021-04"
    ours = mail(to=coordinator())
    assert command in flat(ours.text)
    assert "https://echeances.ville.example/" in ours.text
    theirs = mail()
    assert "echeancier" not in theirs.text + theirs.html
    assert "echeances.ville.example" not in theirs.text + theirs.html


def test_a_mail_to_one_person_says_so() -> None:
    assert "Ce message n’est adressé qu’à vous." in mail(told=()).text


def test_a_delay_in_hours_shows_its_hour() -> None:
    text = mail(lines=(line(kind="incident", legal_last_instant=datetime(2021, 6, 30, 16, 5, tzinfo=UTC)),)).text
    assert "mercredi 30 juin 2021 à 18 h 05" in text.replace("\u00a0", " ")


def test_a_duty_that_comes_back_is_listed_once_with_all_its_days() -> None:
    later = line(item="quarterly-data/2021-07", safe_day=date(2021, 9, 30), legal_last_day=date(2021, 9, 30))
    ends = line(item="quarterly-data/2021-10", safe_day=date(2021, 12, 29), legal_last_day=date(2021, 12, 31))
    text = flat(mail("opening", lines=(line(), later, ends)).text).replace("\u00a0", " ")
    assert text.count("Données trimestrielles sur l’emploi") == 1
    assert "Puis : jeudi 30 septembre 2021 ; mercredi 29 décembre 2021 (dernier jour permis : vendredi 31" in text


def test_a_long_title_is_shortened_in_the_subject_and_keeps_its_date() -> None:
    title = Text(fr="Données trimestrielles sur l’emploi dans la commune", en="Quarterly employment data")
    subject = mail(lines=(line(title=title),)).subject.replace("\u00a0", " ")
    assert subject == "[SQF-P] Rappel : Données trimestrielles…, 30 juin"


def test_a_notice_is_shown_as_something_that_may_be_done() -> None:
    text = mail(lines=(line(kind="notice", item="notice/leave"),)).text
    assert "Qui peut le faire" in text
    assert "Qui le doit" not in text


def test_the_parties_take_their_article_where_they_are_common_nouns() -> None:
    text = flat(mail(parties=("Commune de Saint-Quentin", "Pôle emploi")).text).replace("\u00a0", " ")
    assert "entre la commune de Saint-Quentin et Pôle emploi." in text


def test_more_than_two_parties_are_told_apart() -> None:
    parties = ("Ville", "Agence, siège", "Agence, antenne")
    text = flat(mail(parties=parties).text).replace("\u00a0", " ")
    assert "entre les parties suivantes : Ville ; Agence, siège ; Agence, antenne." in text
