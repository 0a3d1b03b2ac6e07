"""On the command line, a term that renews itself says until when it binds and what happens then."""

import io
from datetime import date

import pytest
from rich.console import Console

from echeancier.adapters.files.plan_format import published
from echeancier.cli.notice.answers import PostedLetter
from echeancier.cli.notice.as_json import notice_document
from echeancier.cli.notice.page import print_notice
from echeancier.cli.plan.page import print_plan
from echeancier.cli.show.list_page import print_list, print_upcoming, rows_document, upcoming_document
from echeancier.cli.windows import dated
from echeancier.domain.agenda.agenda import situation
from echeancier.domain.facts.letters import LetterPosted
from tests.desk.fakes import row_of
from tests.support.door import notice, running, small, take
from tests.support.tacit import agenda_on, denied, instant, renewing, situation_of

DAY = "2022-06-01"
FRENCH = (
    "Reconduite jusqu’au 29/02/2024 si personne n’écrit\u00a0; pour l’éviter, poster au plus tard le 01/12/2022 "
    "(dernier jour utile\u00a0: 31/12/2022)."
)
ENGLISH = "Renewed until 2024-02-29 if nobody writes; to stop it, post by 2022-12-01 (last useful day: 2022-12-31)."


def paper() -> Console:
    return Console(file=io.StringIO(), width=300, color_system=None)


def written(out: Console) -> str:
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


@pytest.mark.parametrize(("language", "label", "sentence"), [
    ("fr", "engagés jusqu’au\u00a0: 28/02/2023\u00a0;", FRENCH), ("en", "bound until: 2023-02-28;", ENGLISH),
])  # fmt: skip
def test_the_plan_says_it_under_its_head(language: str, label: str, sentence: str) -> None:
    out = paper()
    print_plan(out, situation_of(renewing(), DAY), agenda_on(renewing(), DAY), language, why=False)
    assert label in written(out)
    assert sentence in written(out)
    assert "inconnue" not in written(out).split("\n\n")[0]


def test_the_published_plan_has_the_day_and_the_sentence() -> None:
    plan = published(agenda_on(renewing(), DAY), "en")
    assert (plan.ends_on, plan.bound_until, plan.renews) == (None, date(2023, 2, 28), ENGLISH.removesuffix("."))
    plan = published(agenda_on(denied(renewing()), "2022-11-10"), "en")
    assert (plan.ends_on, plan.bound_until, plan.renews) == (
        date(2023, 2, 28), date(2023, 2, 28), "Denied: it ends on 2023-02-28",
    )  # fmt: skip


def test_the_list_says_that_its_day_is_no_end() -> None:
    out, row = paper(), row_of(renewing(), instant(DAY))
    print_list(out, [row], "fr")
    assert "engagés jusqu’au 28/02/2023" in written(out)
    (line,) = rows_document([row])
    assert (line["ends_on"], line["bound_until"], line["renews_itself"]) == (None, "2023-02-28", True)
    (line,) = rows_document([row_of(denied(renewing()), instant("2022-11-10"))])
    assert (line["ends_on"], line["bound_until"], line["renews_itself"], line["status"]) == (
        "2023-02-28", "2023-02-28", False, "denied",
    )  # fmt: skip


def test_what_comes_up_is_a_renewal_and_not_an_end() -> None:
    today = date(2022, 6, 1)
    days = dated([row_of(renewing(), instant(DAY))], today, 300)
    assert [one["what"] for one in upcoming_document(days) if one["day"] == "2023-02-28"] == ["renewal"]
    out = paper()
    print_upcoming(out, days, today, 300, "fr")
    assert "engagés jusqu’à ce jour\u00a0; reconduite ensuite, sauf lettre (echeancier show SMALL)" in written(out)
    assert "dernier jour en vigueur" not in written(out)


@pytest.mark.parametrize("cap", [{"months": 36}, None])
def test_the_notice_says_it_above_its_answers(cap: dict[str, int] | None) -> None:
    out, s = paper(), situation_of(renewing(cap), DAY)
    print_notice(out, s, (), PostedLetter(date(2022, 11, 2)), "fr")
    assert FRENCH in written(out)
    assert ("Fin au plus tard, reconductions comprises\u00a0: vendredi" in written(out)) is (cap is not None)
    assert "inconnue" not in written(out)
    found = notice_document(s, (), PostedLetter(date(2022, 11, 2)), "fr")
    assert (found["bound_until"], found["renews"]) == ("2023-02-28", FRENCH.removesuffix("."))


@pytest.mark.parametrize(
    ("language", "sentence"), [("fr", "n’a pas de dernier jour"), ("en", "this convention has none")]
)
def test_the_notice_page_looks_for_no_natural_end_where_there_is_none(language: str, sentence: str) -> None:
    terms = small(
        term={"unlimited": True, "clauses": ["T.1"]}, termination=[notice(until="civil-year-end", length={"months": 3})]
    )
    dossier = running(terms)
    for posted in (False, True):
        if posted:
            take(dossier, LetterPosted(rule="notice", by="commune", on=date(2030, 6, 3)))
        out = paper()
        s = situation(terms, tuple(dossier.facts), instant("2030-06-05"))
        print_notice(out, s, (), date(2030, 12, 31), language)
        told = written(out)
        assert "inconnue" not in told
        assert "unknown" not in told
        assert (sentence in told) is posted
        assert "indéterminée" in told or "No last day" in told
