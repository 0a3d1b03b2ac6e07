"""In mails, reports and papers, a term that renews itself says until when it binds and what happens then."""

from datetime import date
from typing import Literal

import pytest

from echeancier.adapters.papers.committee_file_pdf import pack_pdf
from echeancier.adapters.report import Story
from echeancier.adapters.report.invitations import Invitations
from echeancier.adapters.report.landmarks import landmarks
from echeancier.adapters.report.page import page
from echeancier.adapters.report.scale import scale
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.letters.committee_file import pack_of
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.plan import make_plan
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.adapters.letters_read import AT
from tests.adapters.letters_read import read as read_paper
from tests.adapters.orders import order
from tests.adapters.reading import flat
from tests.adapters.report_page import read
from tests.adapters.test_rendering import RENDERER
from tests.support.tacit import agenda_on, denied, instant, renewing, situation_of


def story(dossier: Dossier, day: str, language: str = "fr") -> Story:
    return Story(
        dossier=dossier, lived=agenda_on(dossier, day), planned=agenda_on(dossier, "2022-01-03"),
        began=instant("2021-12-06"), ended=instant(day), scenario="essai", language=language,
    )  # fmt: skip


def printed(made: MessageOrder) -> str:
    return flat(RENDERER.render(made).text.replace("\u00a0", " "))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("language", "rows"), [
    ("fr", ("Engagés jusqu’au : mardi 28 février 2023", "Ensuite : Reconduite jusqu’au 29 février 2024")),
    ("en", ("Bound until", "Then: Renewed until")),
])  # fmt: skip
def test_the_first_mail_says_it(language: Literal["fr", "en"], rows: tuple[str, ...]) -> None:
    (made, *_) = (
        o for o, _ in make_plan(renewing(), instant("2022-03-02"), DEFAULT_POLICY).says if o.kind == "opening"
    )
    found = printed(made.model_copy(update={"to": made.to.model_copy(update={"language": language})}))
    for words in rows:
        assert words in found


@pytest.mark.parametrize(("language", "words"), [("fr", "Engagés jusqu’au"), ("en", "Bound until")])
def test_a_mail_of_a_convention_that_ends_does_not(language: Literal["fr", "en"], words: str) -> None:
    assert words not in printed(order("opening", language))


@pytest.mark.parametrize(("dossier", "day", "named"), [
    (renewing(), "2022-06-01", {
        "Engagés jusqu’au": date(2023, 2, 28), "Au plus tard": date(2025, 2, 28),
    }),
    (renewing(cap=None), "2022-06-01", {"Engagés jusqu’au": date(2023, 2, 28)}),
    (denied(renewing()), "2022-11-10", {"Dernier jour en vigueur": date(2023, 2, 28)}),
    (renewing(), "2024-06-01", {"Dernier jour en vigueur": date(2025, 2, 28)}),
])  # fmt: skip
def test_the_landmarks_of_a_report_name_each_day(dossier: Dossier, day: str, named: dict[str, date]) -> None:
    found = {mark.name: mark.day for mark in landmarks(story(dossier, day))}
    assert {name: found.get(name) for name in named} == named
    assert not {"Fin anticipée", "Terme prévu"} & found.keys()
    assert ("Engagés jusqu’au" in found) is ("Engagés jusqu’au" in named)


@pytest.mark.parametrize(("language", "label", "sentence"), [
    ("fr", "Engagés jusqu’au", "Reconduite jusqu’au 29/02/2024 si personne n’écrit"),
    ("en", "Bound until", "Renewed until 2024-02-29 if nobody writes"),
])  # fmt: skip
def test_the_report_says_it_in_its_head(language: str, label: str, sentence: str) -> None:
    told = story(renewing(), "2022-06-01", language)
    head = read(page(told, (), Invitations((), {}, 0))).text("header")
    assert label in head
    assert sentence in head
    assert scale(told).last >= date(2023, 2, 28)


def test_the_file_of_a_session_says_it() -> None:
    paper = pack_pdf(pack_of(situation_of(renewing(), "2022-06-01")), at=AT)
    told = squeezed(read_paper(paper.content).text)
    assert squeezed("du 1er mars 2022 ; engagés jusqu’au 28 février 2023, reconduite ensuite sauf lettre") in told
    assert squeezed("fin non connue") not in told
