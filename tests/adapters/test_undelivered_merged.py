"""An address refused in many conventions is one alarm of the mail of the day, which names a few of them and counts the rest."""

from typing import Any

import pytest

from echeancier.adapters.mail.subjects import SUBJECT_ROOM
from echeancier.domain.messages.merging import Part, merged
from echeancier.domain.messages.order import MessageOrder
from tests.adapters.orders import LANGUAGES, Language, reader
from tests.adapters.reading import Page, flat
from tests.adapters.test_mail_of_the_day import day
from tests.adapters.test_rendering import RENDERER
from tests.domain.builders import ADDRESSES, at, convention, duty, meeting_duty, signed
from tests.domain.builders_life import Life, life

DEAD, OTHER = ADDRESSES["partner"], ADDRESSES["partner-data"]


def lives(count: int, *dead: str, status: str = "refused") -> list[Life]:
    """Conventions of one partner, whose addresses refuse (or which our settings keep from leaving)."""
    found = []
    for number in range(1, count + 1):
        owed = [duty(), duty("figures", responsible=["partner-data"]), meeting_duty()]
        terms = convention(reference=f"PART-{number:02}", duty=owed)
        answer = lambda order: status if order.to.address in dead else "accepted"  # noqa: E731 - read by Life
        found.append(life(terms, signed("2021-12-15"), "2022-01-03", answer=answer).until("2022-01-04"))
    return found


def alarms(found: list[Life], language: Language = "fr") -> tuple[MessageOrder, ...]:
    orders = [order for one in found for order in one.of("undelivered", "coordinator")]
    to = orders[0].to.model_copy(update={"language": language})
    return tuple(order.model_copy(update={"to": to}) for order in orders)


def text(*parts: MessageOrder, **changes: Any) -> str:
    return flat(RENDERER.render_day(day(*parts, **changes)).text).replace("\u00a0", " ")


@pytest.mark.parametrize(("language", "named"), [("fr", "et 27 autres"), ("en", "and 27 others")])
def test_an_address_refused_in_thirty_conventions_is_told_once_with_a_few_of_them(
    language: Language, named: str
) -> None:
    parts = alarms(lives(30, DEAD), language)
    assert len(parts) == 30
    said = text(*parts)
    assert said.count("Fonction partner") == 1
    assert f"PART-01, PART-02, PART-03 {named}" in said
    assert len(said.split()) <= 200


def test_its_page_says_the_same_and_leads_to_a_few_of_the_conventions() -> None:
    sent = RENDERER.render_day(day(*alarms(lives(30, DEAD))))
    page = Page(sent.html)
    assert page.words.count("Fonction partner") == 1
    pages = [link["href"] or "" for link in page.all("a") if "/conventions/" in (link["href"] or "")]
    assert [page.rpartition("/")[2] for page in pages] == ["PART-01", "PART-02", "PART-03"]


def test_two_addresses_are_told_each_with_its_own_conventions() -> None:
    both, one = lives(2, DEAD, OTHER), lives(3, DEAD)[2:]
    said = text(*alarms([*both, *one]))
    assert said.count("Fonction partner »") == said.count("Fonction partner-data »") == 1
    assert "PART-01, PART-02 et PART-03" in said
    assert "PART-01 et PART-02" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_subject_counts_and_is_whole(language: Language) -> None:
    subject = RENDERER.render_day(day(*alarms(lives(30, DEAD), language))).subject
    assert "30" in subject
    assert len(subject) <= SUBJECT_ROOM


def test_mail_that_our_own_settings_hold_back_everywhere_is_told_once() -> None:
    parts = alarms(lives(5, DEAD, status="settings"))
    assert len(parts) == 5
    said = text(*parts)
    assert said.count("n’en prend plus") == 1
    assert "PART-01, PART-02, PART-03 et 2 autres" in said


def test_in_one_convention_nothing_changes() -> None:
    (alone,) = alarms(lives(1, DEAD))
    assert alone.detail is not None
    assert flat(alone.detail.fr).replace("\u00a0", " ") in text(alone)


def test_each_convention_will_have_told_what_it_would_alone() -> None:
    found = lives(3, DEAD)
    entries = [m for one in found for m in one.dossier.outbox if m.kind == "undelivered"]
    orders = [order for one in found for order in one.of("undelivered")]
    (mail,) = merged(map(Part, orders, entries), (), at("2022-01-04"))
    assert [(reference, entry.told) for reference, entry in mail.entries] == [
        (order.reference, entry.told) for order, entry in zip(orders, entries, strict=True)
    ]
    assert reader().address != mail.mail.to.address
