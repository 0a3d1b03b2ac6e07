"""The digest as a mail: its headers, its words, and the same bytes every time."""

import email
import email.policy
import re
from email.message import EmailMessage

import pytest

from echeancier.adapters.mail.digest import TemplateDigestWriter
from echeancier.adapters.mail.rendering import SUBJECT_ROOM
from echeancier.adapters.settings.digest import DigestSettings
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.mail import Language, Mailbox
from echeancier.domain.model import Text
from echeancier.domain.overview.digest import Digest, DigestLine, Robot, digests
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.running.health import MailboxHealth as Answers
from echeancier.domain.running.trouble import Trouble
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.desk.fakes import example
from tests.domain import builders as b

NOW = b.at("2023-09-04", 8)
WRITER = TemplateDigestWriter(Mailbox(name="Agenda", address="agenda@ville.example"), "ville.example")
TROUBLED = Robot(
    since=b.at("2023-08-01", 9), conventions=2, unreadable=("IDA-O",), refused=1,
    stuck=(Trouble(cause="plan", reference="MTZ-P"),),
    mailbox=Answers(state="unread", read_at=b.at("2023-09-03", 22), left=2),
)  # fmt: skip


def digest(language: Language = "fr", robot: Robot = TROUBLED) -> Digest:
    contexts = [Context(example(name), NOW, DEFAULT_POLICY) for name in ("sqf-p", "mtz-o")]
    found = digests(contexts, NOW, DigestHours(), robot, ["accueil@ville.example"])
    one = next(one for one in found if one.address == "accueil@ville.example")
    return one.model_copy(update={"language": language})


def parsed(one: Digest) -> EmailMessage:
    return email.message_from_bytes(WRITER.write(one), policy=email.policy.default)


def test_it_says_that_a_program_wrote_it_and_to_whom() -> None:
    mail = parsed(digest())
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["To"] == "Boîte de service <accueil@ville.example>"
    assert mail["From"] == "Agenda <agenda@ville.example>"
    assert mail["Content-Language"] == "fr"
    assert mail["In-Reply-To"] is None
    assert mail["Date"].datetime == NOW


def test_its_identity_is_that_of_the_week_and_the_person() -> None:
    one = digest()
    again = one.model_copy(update={"robot": Robot(), "sections": {}})
    other = one.model_copy(update={"address": "autre@ville.example"})
    next_week = one.model_copy(update={"week": "2023-W37"})
    ids = [parsed(each)["Message-ID"] for each in (one, again, other, next_week)]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert "accueil" not in ids[0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_same_digest_gives_the_same_bytes(language: Language) -> None:
    assert WRITER.write(digest(language)) == WRITER.write(digest(language))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_subject_fits_and_counts(language: Language) -> None:
    subject = WRITER.mail(digest(language)).subject
    assert len(subject) <= SUBJECT_ROOM
    assert re.search(r"\d+\u00a0?.*(retard|late)", subject)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_text_says_every_date_and_word_of_the_page(language: Language) -> None:
    mail = WRITER.mail(digest(language))
    flat = " ".join(mail.text.split())
    for cell in re.findall(r"<(?:td|th)[^>]*>([^<]+)</", mail.html):
        words = " ".join(cell.replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"').split())
        assert words in flat
    assert all(len(line) <= 76 or "://" in line for line in mail.text.splitlines())


def test_both_languages_say_the_same_sections() -> None:
    french, english = (WRITER.mail(digest(one)).html for one in ("fr", "en"))
    assert french.count("<h2") == english.count("<h2")
    assert french.count("<tr") == english.count("<tr")


def test_what_the_robot_could_not_do_is_said() -> None:
    text = " ".join(WRITER.mail(digest()).text.split())
    for words in (
        "sans arrêt depuis le mardi 1er août 2023",
        "absents de ce courriel : IDA-O",
        "MTZ-P est bloquée",
        "plus lue depuis le dimanche 3 septembre",
        "qui n’ont pas pu partir : 1",
    ):
        assert words in text
    assert "Il a pu faire tout" not in text


def test_a_robot_without_troubles_says_so() -> None:
    text = " ".join(WRITER.mail(digest(robot=Robot(since=b.at("2023-08-01"), conventions=1))).text.split())
    assert "1 convention suivie. Il a pu faire tout ce qu’il devait." in text


def test_a_week_with_nothing_to_say_still_shows_that_the_robot_lives() -> None:
    quiet = digest(robot=Robot(conventions=2)).model_copy(update={"sections": {}, "cut": {}})
    mail = WRITER.mail(quiet)
    assert "rien en retard" in mail.subject
    assert "Rien n’est en retard" in mail.text
    assert "LE ROBOT" in mail.text


def test_words_typed_by_people_forge_no_line_and_no_tag() -> None:
    trap = DigestLine(
        reference="TEST-1", what=Text(fr="# Titre | <b>x</b>\n= faux", en="x"), who=Text(fr="| a | b", en="x")
    )
    mail = WRITER.mail(digest().model_copy(update={"sections": {"late": (trap,)}}))
    assert "<b>" not in mail.html
    assert mail.html.count("<h1") == 1
    assert "# Titre | <b>x</b> = faux" in mail.text


def test_the_desk_is_linked_where_there_is_one() -> None:
    linked = TemplateDigestWriter(
        Mailbox(address="agenda@ville.example"), "ville.example", "https://bureau.ville.example/"
    )
    assert "https://bureau.ville.example/" in linked.mail(digest()).text
    assert "bureau.ville.example" not in WRITER.mail(digest()).text


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("at", "05:00", "heure de bureau"),
        ("at", "22:00", "heure de bureau"),
        ("day", "sunday", "monday"),
        ("to", "pas une adresse", "adresse de courriel invalide"),
    ],
)
def test_a_setting_that_would_wake_people_or_reach_nobody_is_refused(setting: str, value: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        DigestSettings.model_validate({setting: value})


def test_mailboxes_are_read_from_one_line() -> None:
    given = DigestSettings(to=" accueil@ville.example, Secretariat@Ville.example ,")
    assert given.extra == ("accueil@ville.example", "Secretariat@ville.example")
