"""The first message stays short, however much a convention asks and announces: nothing of it is lost by that."""

from typing import Any

import pytest

from echeancier.adapters.mail.links import MailLinks
from echeancier.adapters.mail.rendering import Renderer
from echeancier.domain.messages.mail import Mailbox
from echeancier.domain.messages.order import MessageOrder
from tests.adapters.orders import LANGUAGES, Language, letter_news, question
from tests.adapters.orders import order as an_order
from tests.adapters.reading import flat
from tests.adapters.replies import FixedKeys
from tests.domain.builders import BLANK, ONCE, convention, d, signed
from tests.domain.builders_life import Life, life

MOST = 400
SENDER = Mailbox(name="Agenda", address="agenda@ville.example")
PLAIN = Renderer(SENDER, "retours@ville.example", "ville.example", keys=FixedKeys())
LINKED = Renderer(
    SENDER,
    "retours@ville.example",
    "ville.example",
    "https://echeances.ville.example/",
    keys=FixedKeys(),
    links=MailLinks("https://reponses.ville.example", FixedKeys()),
)
BOTH = pytest.mark.parametrize("renderer", [PLAIN, LINKED], ids=["plain", "linked"])


def _question(number: int, words: int = 24) -> dict[str, Any]:
    """A question as long as those of real papers, with two readings."""
    about, about_en = (" ".join([first] * words) + " ?" for first in ("mot", "word"))
    readings = [
        {
            "id": name,
            "says": "une lecture en quelques mots, sans plus",
            "says_en": "one reading in a few words, no more",
            "changes": "ce qui en découle pour le jour d’envoi, le comité et la suite",
            "changes_en": "what follows of it for the day, the committee and the rest",
        }
        for name in ("wide", "narrow")
    ]
    return {
        **BLANK,
        "id": f"question-{number}",
        "about": f"Question {number} {about}",
        "about_en": f"Question {number} {about_en}",
        "kind": "contested",
        "answer": "reading",
        "readings": readings,
        "prudent": "wide",
    }


def busy(questions: int = 12) -> Life:
    """The life of a convention that asks a lot, and announces thirty things in its first year."""
    coming = [
        {
            **{name: value for name, value in ONCE.items() if name != "question"},
            "id": f"thing-{n}",
            "title": f"Remise de la pièce numéro {n} au comité de suivi",
            "title_en": f"Piece number {n} handed over to the steering committee",
            "on": d(f"2022-{2 + n % 10:02}-{10 + n // 10:02}"),
        }
        for n in range(30)
    ]
    asked = [_question(n) for n in range(1, questions + 1)]
    return life(convention(question=asked, one_off=coming), signed("2021-12-15")).until("2022-01-20")


def asking(lived: Life) -> list[MessageOrder]:
    return [order for _, order in lived.to("coordinator") if order.questions]


def in_language(order: MessageOrder, language: Language) -> MessageOrder:
    return order.model_copy(update={"to": order.to.model_copy(update={"language": language})})


@BOTH
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_asked_and_announced_no_first_message_has_more_than_four_hundred_words(
    renderer: Renderer, language: Language
) -> None:
    orders = [*busy().of("opening"), *asking(busy())]
    lengths = {order.kind: len(renderer.render(in_language(order, language)).text.split()) for order in orders}
    assert max(lengths.values()) <= MOST, lengths


def test_each_question_is_put_once_in_the_first_days_and_in_its_words() -> None:
    orders = asking(busy())
    assert sorted(q.id for order in orders for q in order.questions) == sorted(f"question-{n}" for n in range(1, 13))
    for order in orders:
        text = PLAIN.render(order).text
        assert all(f"Question {q.id.removeprefix('question-')} mot" in " ".join(text.split()) for q in order.questions)


def test_few_questions_are_all_put_in_the_first_message() -> None:
    (order,) = asking(busy(questions=3))
    assert (order.kind, len(order.questions)) == ("opening", 3)


def test_a_letter_in_the_same_message_takes_the_room_of_the_second_question() -> None:
    first = an_order(
        "opening", questions=tuple(question(id=name, readings=(), kind="blank") for name in ("one", "two"))
    )
    with_letter = first.model_copy(update={"letters": (letter_news(),)})
    in_full = [flat(PLAIN.render(one).text).count("Le texte ne le dit pas") for one in (first, with_letter)]
    assert in_full == [2, 1]


@BOTH
def test_the_first_question_is_always_put_in_full(renderer: Renderer) -> None:
    for order in asking(busy()):
        assert "ce qui en découle" in " ".join(renderer.render(order).text.split())


@BOTH
def test_what_follows_a_list_of_questions_is_a_paragraph_of_its_own(renderer: Renderer) -> None:
    text = renderer.render(asking(busy())[0]).text
    assert "\nDéjà passé " in text
