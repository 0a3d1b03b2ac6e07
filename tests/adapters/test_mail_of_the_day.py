"""The mail of the day: all that one or several conventions have to say to one person, in one message."""

import email
import email.policy
from datetime import UTC, datetime
from typing import Any

import pytest

from echeancier.adapters.mail.writer import TemplateMailWriter
from echeancier.domain.messages.day_mail import DayMail, day_mail_id
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.model import Text
from tests.adapters.orders import letter_news, line, order, reader
from tests.adapters.test_rendering import RENDERER


def day(*parts: MessageOrder, **changes: Any) -> DayMail:
    to = parts[0].to if parts else reader()
    values: dict[str, Any] = {
        "id": day_mail_id(to.address, parts, None),
        "to": to,
        "at": datetime(2021, 6, 1, 6, 30, tzinfo=UTC),
        "parts": parts,
    }
    return DayMail(**(values | changes))


OTHER = order("letter", id="TCM/letter", reference="TCM", letters=(letter_news(),))


def test_it_says_what_each_convention_has_to_say() -> None:
    title = Text(fr="Bilan de la saison", en="Report of the season")
    sent = RENDERER.render_day(day(order(lines=(line(title=title),)), OTHER))
    assert title.fr in sent.text
    assert title.fr in sent.html
    assert "Dernier jour pour poster une résiliation" in sent.text.replace("\n", " ")


def test_of_several_conventions_each_thing_says_which_one_it_is_of() -> None:
    title = Text(fr="Bilan de la saison", en="Report of the season")
    one, other = (order(reference=name, lines=(line(title=title),)) for name in ("TCM-P", "TCM-D"))
    text = RENDERER.render_day(day(one, other)).text
    assert "Bilan de la saison (TCM-P)\n" in text
    assert "Bilan de la saison (TCM-D)\n" in text
    assert "Bilan de la saison (" not in RENDERER.render_day(day(one)).text


def test_it_is_dated_named_and_returned_as_the_day_and_not_as_its_parts() -> None:
    one = order()
    sent = RENDERER.render_day(day(one, id="b7"))
    assert sent.date.isoformat() == "2021-06-01T08:30:00+02:00"
    assert sent.message_id != RENDERER.render(one).message_id
    assert sent.message_id == RENDERER.render_day(day(one, OTHER, id="b7")).message_id


def test_it_is_threaded_with_the_convention_only_when_it_speaks_of_one() -> None:
    one = order()
    assert RENDERER.render_day(day(one)).thread_root == RENDERER.render(one).thread_root
    assert RENDERER.render_day(day(one, OTHER)).thread_root is None


def test_the_same_mail_gives_the_same_bytes_through_json() -> None:
    writer = TemplateMailWriter(RENDERER)
    mail = day(order(), OTHER)
    raw = writer.write_day(mail)
    assert raw == writer.write_day(DayMail.model_validate_json(mail.model_dump_json()))
    assert email.message_from_bytes(raw, policy=email.policy.default)["To"].addresses[0].addr_spec == mail.to.address


def test_nothing_to_say_is_no_mail() -> None:
    with pytest.raises(ValueError, match="rien à dire"):
        RENDERER.render_day(day())
