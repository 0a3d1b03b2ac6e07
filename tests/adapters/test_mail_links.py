"""Links in mails: in the text as in the HTML, the same at every writing, and none where no address is set."""

import logging
import re
from dataclasses import dataclass, field

import pytest

from echeancier.adapters.keys.link_keys import LinkKeysError
from echeancier.adapters.mail.links import MailLinks
from echeancier.adapters.mail.mime import to_bytes
from echeancier.adapters.mail.rendering import Renderer
from echeancier.adapters.settings import Settings
from echeancier.adapters.web.public_url import checked_public_url
from echeancier.domain.messages.mail import Mailbox
from echeancier.domain.messages.mails import offered
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.tokens import LinkKey, read
from echeancier.domain.standing.people import Recipient
from tests.adapters.orders import KINDS, LANGUAGES, Language, line, order, report_line
from tests.adapters.reading import flat
from tests.adapters.replies import FixedKeys
from tests.domain.links import KEY, OTHER

URL = "https://reponses.ville.example/liens"
SENDER = Mailbox(name="Agenda", address="agenda@ville.example")
LINK = re.compile(r"https://reponses\.ville\.example/liens/r/([A-Za-z0-9_-]+)")


@dataclass
class Keys:
    key: LinkKey = KEY
    broken: bool = False
    asked: list[LinkKey] = field(default_factory=list)

    def current(self) -> LinkKey:
        if self.broken:
            raise LinkKeysError("le fichier est abîmé")
        self.asked.append(self.key)
        return self.key


def renderer(keys: Keys | None) -> Renderer:
    links = None if keys is None else MailLinks(URL, keys)
    return Renderer(SENDER, "retours@ville.example", "ville.example", keys=FixedKeys(), links=links)


def to_guest(kind: str = "invitation", language: Language = "fr") -> MessageOrder:
    guest = Recipient(
        role="partner", function="Conseil référent", address="agence@operateur.example", language=language
    )
    return order(kind, language, to=guest)


def duties(language: Language = "fr") -> MessageOrder:
    lines = (line(acts=("done",)), report_line(stage="overdue", acts=("received",)))
    return order("reminders", language, lines=lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["invitation", "meeting-moved", "answers"])
def test_an_invitation_has_its_three_links_in_the_text_as_in_the_html(kind: str, language: Language) -> None:
    mail = renderer(Keys()).render(to_guest(kind, language))
    found = LINK.findall(mail.text)
    assert [read(token, {KEY.id: KEY})[0].act for token in found] == ["accept", "decline", "other-date"]
    assert LINK.findall(mail.html) == found
    words = {
        "fr": ("Accepter", "Refuser", "Proposer une autre date"),
        "en": ("Accept", "Decline", "Propose another date"),
    }
    for said in words[language]:
        assert f">{said}</a>" in mail.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_duty_has_the_link_that_suits_its_reader(language: Language) -> None:
    mail = renderer(Keys()).render(duties(language))
    found = [read(token, {KEY.id: KEY})[0] for token in LINK.findall(mail.text)]
    assert {(c.act, c.is_about("quarterly-data/2021-04")) for c in found} == {
        ("done", True),
        ("received", False),
    }
    assert set(LINK.findall(mail.html)) == set(LINK.findall(mail.text))
    assert ("ses boutons parlent en votre nom" if language == "fr" else "its buttons speak in your name") in flat(
        mail.text
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_without_a_public_address_no_mail_speaks_of_a_link(kind: str, language: Language) -> None:
    without = renderer(None)
    for given in (order(kind, language), to_guest(kind, language), duties(language)):
        mail = without.render(given)
        for content in (mail.text, mail.html):
            assert "clic" not in content.lower()
            assert "/r/" not in content
    assert "Répondez à ce courriel" in without.render(duties()).text


def test_the_calendar_file_holds_no_link_since_every_guest_gets_the_same() -> None:
    mail = renderer(Keys()).render(to_guest())
    assert mail.calendar is not None
    assert b"/r/" not in mail.calendar.content


def test_a_mail_written_again_is_the_same_to_the_byte() -> None:
    for given in (to_guest(), duties(), to_guest("answers", "en")):
        copy = MessageOrder.model_validate_json(given.model_dump_json())
        assert to_bytes(renderer(Keys()).render(given)) == to_bytes(renderer(Keys()).render(copy))


def test_a_new_key_signs_the_next_mail_without_a_restart() -> None:
    keys = Keys()
    writing = renderer(keys)
    first = LINK.findall(writing.render(to_guest()).text)
    keys.key = OTHER
    second = LINK.findall(writing.render(to_guest()).text)
    assert {read(t, {OTHER.id: OTHER, KEY.id: KEY})[1].id for t in (*first, *second)} == {KEY.id, OTHER.id}


def test_a_mail_leaves_without_links_rather_than_not_at_all_when_the_keys_are_lost(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        mail = renderer(Keys(broken=True)).render(duties())
    assert LINK.findall(mail.text) == []
    assert "Répondez à ce courriel" in flat(mail.text)
    assert "without its links" in caplog.text


def test_whoever_runs_the_convention_has_links_too() -> None:
    given = duties()
    mine = given.model_copy(update={"to": given.to.model_copy(update={"address": given.ask[1]})})
    assert len(LINK.findall(renderer(Keys()).render(mine).text)) == len(offered(mine)) > 0


def test_no_address_no_function_and_no_item_is_in_a_link() -> None:
    mail = renderer(Keys()).render(to_guest())
    tokens = "".join(LINK.findall(mail.text)).lower()
    for word in ("agence", "operateur", "conseil", "partner", "referent", "2021"):
        assert word not in tokens


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://reponses.ville.example/", "https://reponses.ville.example"),
        ("https://ville.example/reponses", "https://ville.example/reponses"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("http://localhost:8001/", "http://localhost:8001"),
    ],
)
def test_a_public_address_is_taken_without_its_last_slash(given: str, kept: str) -> None:
    assert checked_public_url(given) == kept
    assert Settings(_env_file=None, links_url=given).links_url == kept


@pytest.mark.parametrize(
    "given",
    [
        "reponses.ville.example", "ftp://ville.example", "http://ville.example", "https://", "https://ville.example/?a=1",
        "https://ville.example/#a", "https://moi@ville.example", "https://ville example", "https://ville.example:port",
        "https://ville.example/é",
    ],
)  # fmt: skip
def test_an_address_that_would_not_do_is_refused_in_words(given: str) -> None:
    with pytest.raises(ValueError, match="l’adresse publique"):
        checked_public_url(given)
