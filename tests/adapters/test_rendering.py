"""Every kind of mail in both languages: short, readable, complete, the same each time."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from echeancier.adapters.mail.mime import to_bytes
from echeancier.adapters.mail.rendering import Renderer
from echeancier.adapters.mail.subjects import SUBJECT_ROOM
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
    meeting_line,
    order,
    question,
    reader,
    report_line,
    vote_line,
)
from tests.adapters.reading import ADDRESSES, DATES, LINKS, Page, flat
from tests.adapters.replies import FixedKeys

DESK = "https://echeances.ville.example/"
SENDER = Mailbox(name="Ville – agenda des conventions", address="agenda@ville.example")
RENDERER = Renderer(SENDER, "retours@ville.example", "ville.example", DESK, keys=FixedKeys())
EVERY = [(kind, language) for kind in KINDS for language in LANGUAGES]
each_mail = pytest.mark.parametrize(("kind", "language"), EVERY)


def mail(kind: str = "reminders", language: Language = "fr", **changes: Any) -> OutgoingMail:
    return RENDERER.render(order(kind, language, **changes))


def both_readers(kind: str, language: Language) -> tuple[OutgoingMail, OutgoingMail]:
    return mail(kind, language), mail(kind, language, to=coordinator(language))


def words(sent: OutgoingMail) -> str:
    return flat(sent.text).replace("\u00a0", " ")


@each_mail
def test_every_kind_is_a_mail_in_the_language_of_its_reader(kind: str, language: Language) -> None:
    sent = mail(kind, language)
    assert sent.language == language
    assert f'<html lang="{language}">' in sent.html
    assert ("Bonjour" in sent.text) == (language == "fr")


@each_mail
def test_every_mail_says_where_it_comes_from_and_whom_to_ask(kind: str, language: Language) -> None:
    text = words(mail(kind, language))
    assert "SQF-P" in text
    if kind in MEETING_KINDS:  # answered to their organizer
        assert "coordination@ville.example" in text
    else:
        assert ("pondez à ce courriel" if language == "fr" else "nswer this mail") in text


HIDDEN = re.compile(
    r"certitude|certainty|jour prudent|safe day|calcul|comment lire|how to read|echeancier (?:record|purge|withdraw|letter)",
    re.IGNORECASE,
)


@each_mail
def test_no_mail_says_how_the_program_works_nor_what_to_type(kind: str, language: Language) -> None:
    for sent in both_readers(kind, language):
        assert HIDDEN.search(sent.subject + words(sent) + Page(sent.html).words) is None


@each_mail
def test_a_mail_is_short(kind: str, language: Language) -> None:
    for sent in both_readers(kind, language):
        assert len(LINKS.sub("", sent.text).split()) <= 300


@each_mail
def test_what_is_to_be_done_comes_first(kind: str, language: Language) -> None:
    for sent in both_readers(kind, language):
        first = re.split(r"\n\s*\n", sent.text, maxsplit=2)[1]
        assert len(sent.text.split("\n")[0].split()) == 1
        assert 2 <= len(first.split()) <= 30, first


@each_mail
def test_the_text_holds_every_date_and_link_of_the_html(kind: str, language: Language) -> None:
    sent = mail(kind, language, to=coordinator(language))
    page, text = Page(sent.html[sent.html.index("<body") : sent.html.index("</html>")]), flat(sent.text)
    dates = DATES.findall(flat(page.words))
    links = [a["href"] or "" for a in page.all("a")]
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
def test_no_line_of_the_text_is_longer_than_76_columns_but_an_address(kind: str, language: Language) -> None:
    lines = mail(kind, language, to=coordinator(language)).text.split("\n")
    assert [found for found in lines if len(found) > 76 and "://" not in found] == []


@each_mail
def test_a_subject_is_whole_and_fits(kind: str, language: Language) -> None:
    for sent in both_readers(kind, language):
        assert len(sent.subject) <= SUBJECT_ROOM
        assert "…" not in sent.subject
        assert "[" not in sent.subject


def test_a_mail_never_shows_how_a_day_is_found_by_counting_back_from_one() -> None:
    known = {"certainty": "contested", "rule": "x"}
    assert "Comment ce jour est trouvé : période 2" in words(mail(lines=(line(**known),)))
    assert "avant le" not in words(mail(lines=(line(**known, trace="3 mois avant le 31/12/2021 → 30/09/2021"),)))


def test_where_a_thing_stands_is_said_in_few_words() -> None:
    stands = Text(
        fr="du 01/01/2022 au 31/12/2022 : 2 envois reçus sur 4 ; dû par la commune",
        en="from 2022-01-01 to 2022-12-31: 2 of 4; x",
    )
    assert "Où en est-on : 2 envois reçus sur 4 Convention" in words(mail(lines=(line(standing=stands),)))


LONG = Text(
    fr="Mise à disposition de ses politiques et procédures de sécurité, et accord sur les mesures communes",
    en="Making its security policies and procedures available, and agreeing on the common measures",
)


@pytest.mark.parametrize("stage", ["notice", "reminder", "last-call", "overdue", "escalation", "now"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ours", [True, False])
def test_the_subject_of_a_long_title_names_its_short_name_and_its_day(
    stage: str, language: Language, ours: bool
) -> None:
    short = Text(fr="Politiques de sécurité de la commune", en="Security policies of the commune here")
    day = date(2021, 9, 30)
    one = line(title=LONG, short=short, stage=stage, ours=ours, safe_day=day, legal_last_day=day)
    subject = mail(language=language, lines=(one,)).subject.replace("\u00a0", " ")
    assert subject.find(short.in_language(language)) >= 0
    assert ("30 septembre" if language == "fr" else "30 September") in subject
    assert len(subject) <= SUBJECT_ROOM
    assert "…" not in subject


def test_a_subject_says_what_and_by_when_whole() -> None:
    one = line(
        short=Text(fr="Données emploi", en="Employment data"),
        covers=(date(2021, 4, 1), date(2021, 6, 30)),
        stage="reminder",
    )
    assert mail(lines=(one,)).subject.replace("\u00a0", " ") == (
        "Données emploi 2e trimestre : au plus tard le mercredi 30 juin"
    )


def test_the_subject_of_several_things_says_the_first_and_counts_the_others() -> None:
    one = line(stage="overdue", short=Text(fr="Données", en="Data"))
    subject = mail(lines=(one, report_line(stage="reminder"), vote_line(stage="notice"))).subject.replace("\u00a0", " ")
    assert subject == "Données : en retard depuis le 30 juin, et 2 autres choses à faire"


def test_what_was_only_advised_is_not_announced_again_once_its_day_is_over() -> None:
    over = vote_line(stage="overdue", safe_day=date(2021, 5, 31), short=Text(fr="Vote", en="Vote"))
    subject = mail(lines=(over, line(stage="notice"))).subject.replace("\u00a0", " ")
    assert subject == "Vote : toujours à faire, prévu le 31 mai, et une autre chose"


@pytest.mark.parametrize("kind", KINDS)
def test_french_signs_stand_after_a_space_that_does_not_break(kind: str) -> None:
    for sent in both_readers(kind, "fr"):
        for said in (sent.subject, sent.text, Page(sent.html).words):
            outside_links = LINKS.sub("", said)
            assert re.findall(r"[^\u00a0\s][:;!?»](?=\s)| [:;!?»]|« |'|\u202f", outside_links) == []


@pytest.mark.parametrize("kind", KINDS)
def test_english_mails_keep_english_punctuation(kind: str) -> None:
    for sent in both_readers(kind, "en"):
        english = Page(re.sub(r'<span lang="fr">[^<]*</span>', "", sent.html)).words
        assert re.findall(r"[ \u00a0][:;!?](?=\s)", english) == []


@each_mail
def test_the_same_order_gives_the_same_bytes(kind: str, language: Language) -> None:
    other = Renderer(SENDER, "retours@ville.example", "ville.example", DESK, keys=FixedKeys())
    same = order(kind, language)
    assert to_bytes(RENDERER.render(same)) == to_bytes(
        other.render(MessageOrder.model_validate_json(same.model_dump_json()))
    )


@each_mail
def test_no_address_but_the_one_to_ask_stands_in_a_body(kind: str, language: Language) -> None:
    sent = mail(kind, language)
    assert set(ADDRESSES.findall(sent.text + sent.html)) <= {"coordination@ville.example"}


def test_two_orders_have_two_message_ids_and_one_thread() -> None:
    first, second = mail(id="a"), mail("opening", id="b")
    assert first.message_id != second.message_id
    assert first.thread_root == second.thread_root
    assert re.fullmatch(r"<[0-9a-f]{32}@ville\.example>", first.message_id)


def test_invitations_stand_outside_the_thread_and_are_answered_to_their_organizer() -> None:
    invitations = [mail(kind) for kind in KINDS if kind in MEETING_KINDS]
    assert {(sent.thread_root, sent.reply_to) for sent in invitations} == {(None, ())}


def test_an_answer_to_a_reminder_goes_to_whom_to_ask() -> None:
    assert [one.address for one in mail().reply_to] == ["coordination@ville.example"]
    assert mail(to=coordinator()).reply_to == ()


def test_an_answer_also_comes_back_to_the_address_of_that_mail_where_its_mailbox_is_read() -> None:
    read = Renderer(SENDER, "retours@ville.example", "ville.example", keys=FixedKeys(), answers_come_back=True)
    one = order()
    assert [found.address for found in read.render(one).reply_to] == [
        "coordination@ville.example",
        read.return_path(one.id),
    ]
    assert [found.address for found in read.render(order(to=coordinator())).reply_to] == [read.return_path(one.id)]


def test_failures_return_to_an_address_of_their_own_that_names_nobody() -> None:
    one, two = order(id="SQF-P/agence@operateur.example/1"), order(id="SQF-P/agence@operateur.example/2")
    assert re.fullmatch(r"retours\+[0-9a-f]{32}@ville\.example", RENDERER.envelope_from(one))
    assert RENDERER.envelope_from(one) != RENDERER.envelope_from(two)
    assert RENDERER.envelope_from(one) == RENDERER.return_path(one.id)


def test_a_mail_is_dated_as_the_clock_reads_where_the_convention_lives() -> None:
    sent = mail(at=datetime(2021, 6, 1, 6, 30, tzinfo=UTC))
    assert sent.date.isoformat() == "2021-06-01T08:30:00+02:00"
    assert sent.date == datetime(2021, 6, 1, 8, 30, tzinfo=PARIS)


def test_two_days_that_differ_are_said_in_one_sentence_and_one_day_is_said_once() -> None:
    apart = words(mail(lines=(line(safe_day=date(2021, 6, 25), legal_last_day=date(2021, 6, 27)),)))
    assert "À envoyer au plus tard : vendredi 25 juin 2021" in apart
    assert "Le texte permet jusqu’au dimanche 27 juin ; agissez au plus tard le vendredi 25 juin." in apart
    same = words(mail(lines=(line(),)))
    assert "Le texte permet" not in same
    assert same.count("30 juin 2021") == 1


def test_only_a_day_to_be_confirmed_says_how_sure_it_is() -> None:
    assert "Ce jour est à confirmer" in words(mail(lines=(line(certainty="contested"),)))
    for certainty in ("certain", "policy", "chosen"):
        assert "à confirmer" not in words(mail(lines=(line(certainty=certainty),)))


def test_a_second_call_says_since_when_nothing_was_heard_and_is_shorter() -> None:
    first = words(mail(lines=(line(),)))
    second = words(mail(lines=(line(told_on=date(2021, 5, 9)),)))
    assert "Sans nouvelles depuis le dimanche 9 mai. Pour mémoire, il reste 29 jours" in second
    assert len(second) < len(first)
    assert "trimestriellement" not in second


@pytest.mark.parametrize("kind", ["opening", "reminders"])
def test_a_question_put_in_another_message_is_put_whole_and_leads_to_its_form(kind: str) -> None:
    sent = mail(kind, to=coordinator(), questions=(question(),))
    assert "Les données comprennent-elles les recrutements ?" in words(sent)
    assert "L’emploi seulement : Un envoi sur l’emploi seul suffit" in words(sent)
    assert f"{DESK}conventions/SQF-P/enregistrer/question-answered?question=hiring-data" in sent.text


def test_an_opening_names_at_most_five_things_each_once() -> None:
    many = [line(item=f"d{n}/1", title=Text(fr=f"Chose {n}", en=f"Thing {n}"), stage="now") for n in range(8)]
    again = line(item="d0/2", title=Text(fr="Chose 0", en="Thing 0"), stage="now", legal_last_day=date(2021, 9, 30))
    text = words(mail("opening", lines=(*many, again)))
    assert len(re.findall(r"Chose \d", text)) == 5
    assert "Et 3 autres ensuite." in text


def test_what_was_over_before_registration_stands_apart_and_will_not_be_chased() -> None:
    coming, _, past = words(mail("opening")).partition("Déjà passé quand la convention a été enregistrée")
    assert "Bilan annuel" in past
    assert "Bilan annuel" not in coming


def test_whoever_owes_a_thing_and_whoever_awaits_it_do_not_read_the_same() -> None:
    owes, waits = words(mail(lines=(line(ours=True),))), words(mail(lines=(line(ours=False),)))
    assert "envoyer ces données, complètes" in owes
    assert "À envoyer au plus tard" in owes
    assert "Vous devez recevoir ces données" in waits
    assert "À recevoir au plus tard" in waits
    assert "Par qui : Pôle emploi" in waits


def test_only_the_coordinator_is_led_to_the_forms_of_the_desk() -> None:
    form = f"{DESK}conventions/SQF-P/enregistrer/done?item=quarterly-data%2F2021-04"
    assert form in mail(to=coordinator()).text
    theirs = mail()
    assert "echeances.ville.example" not in theirs.text + theirs.html


def test_without_a_button_a_mail_says_how_to_answer() -> None:
    assert "« fait le 12 », « vu » ou un mot ; la coordination le lit." in words(mail())
    alone = Renderer(SENDER, "retours@ville.example", "ville.example", keys=FixedKeys())
    assert "Répondez à ce courriel : « fait le 12 »" in words(alone.render(order(to=coordinator())))
    assert "fait le 12" not in words(mail(to=coordinator()))


def test_a_delay_in_hours_shows_its_hour_and_what_is_left() -> None:
    at = datetime(2021, 6, 2, 16, 5, tzinfo=UTC)
    one = line(kind="incident", legal_last_instant=at, legal_last_day=date(2021, 6, 2), hours_left=33, stage="notice")
    sent = mail(lines=(one,))
    assert "mercredi 2 juin 2021 à 18 h 05" in words(sent)
    assert "Il reste 33 heures" in words(sent)
    assert "18\u00a0h\u00a005" in sent.subject


def test_what_changes_names_its_convention_once() -> None:
    assert words(mail("news", lines=())).count("(SQF-P)") == 1
    assert words(mail("handover", lines=())).count("(SQF-P)") == 1


def test_a_letter_of_termination_is_said_as_something_that_may_be_done() -> None:
    text = words(mail(lines=(line(kind="notice", item="notice/leave", series="notice"),)))
    assert "À poster au plus tard" in text
    assert "si la fin est décidée ; sinon, ne faites rien" in text


def test_the_first_three_things_are_said_whole_the_others_by_their_name_and_day() -> None:
    many = [
        line(
            item=f"d{n}/1",
            title=Text(fr=f"Chose {n}", en=f"Thing {n}"),
            says=Text(fr=f"« clause {n} »", en=f"“clause {n}”"),
        )
        for n in range(12)
    ]
    text = words(mail(lines=many))
    assert len(re.findall(r"« clause \d+ »", text)) == 3
    assert text.count("Convention de coopération (SQF-P)") == 1
    assert all(f"Chose {n}" in text for n in range(12))
    assert text.count("mercredi 30 juin 2021") == 12
    assert len(text.split()) < 400


def test_the_parties_take_their_article_where_they_are_common_nouns() -> None:
    text = words(mail("opening", parties=("Commune de Saint-Quentin", "Pôle emploi")))
    assert "entre la commune de Saint-Quentin et Pôle emploi" in text


def test_any_number_of_parties_stand_in_a_sentence() -> None:
    parties = ("Ville de Metz", "Pôle emploi Grand Est", "Pôle emploi, agence de Metz Gare")
    text = words(mail("opening", parties=parties))
    assert "entre la ville de Metz, Pôle emploi Grand Est et Pôle emploi, agence de Metz Gare" in text


def test_an_opening_begins_with_what_is_in_force() -> None:
    assert words(mail("opening")).removeprefix("Bonjour, ").startswith("En vigueur : Convention de coopération")


def test_only_what_is_given_to_somebody_says_to_whom() -> None:
    assert "À qui : la commune" in words(mail(lines=(line(),)))
    assert "À qui" not in words(mail(lines=(vote_line(stage="reminder"),)))


def test_the_manager_is_alerted_and_not_told_that_the_manager_is_told() -> None:
    late = (line(stage="escalation"),)
    manager = reader().model_copy(update={"role": "manager"})
    assert "la direction en est informée" in words(mail(lines=late))
    assert "la direction en est informée" not in words(mail(lines=late, to=manager))
    assert "Alerte : le jour est passé" in words(mail(lines=late, to=manager))


def test_a_question_names_its_convention_in_full_and_what_depends_on_it() -> None:
    text = words(mail("question"))
    assert "Convention de coopération (SQF-P), art. 2, axe 1" in text
    assert "Ce qui en dépend : - Données trimestrielles" in text


def test_whoever_stands_in_for_another_is_told_why_he_gets_it() -> None:
    text = words(mail(stands_in_for=(("Direction", date(2021, 7, 1)),)))
    assert "Vous remplacez « Direction » jusqu’au jeudi 1er juillet 2021" in text


def test_an_invitation_has_its_agenda_its_place_and_who_comes() -> None:
    noticed = order("invitation").meeting
    assert noticed is not None
    topics = (Text(fr="les recrutements", en="hirings"),)
    text = words(mail("invitation", meeting=noticed.model_copy(update={"topics": topics}), lines=(meeting_line(),)))
    for said in (
        "Ordre du jour : les recrutements",
        "Où : Relais Emploi, hôtel de ville",
        "Qui vient : Relais Emploi municipal",
    ):
        assert said in text
