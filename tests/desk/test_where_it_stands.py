"""What somebody says of a call without having done the thing: recorded at the desk, and said wherever the thing is."""

import io
from pathlib import Path

import httpx
from rich.console import Console

from echeancier.adapters.settings import Settings
from echeancier.cli.show.page import print_show
from echeancier.desk.app import create_app
from echeancier.desk.facts.actions import where_it_stands
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.domain.attention.quiet_words import where_it_stands as in_words
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.journal import journal
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister
from tests.desk.html import read
from tests.domain import builders as b
from tests.domain.builders_life import Life, life
from tests.domain.links import DATA, POINT, terms


def said(answer: str, role: str = "partner", **more: object) -> Acknowledged:
    given = {"on": b.d("2022-06-10"), "item": DATA, "role": role, "answer": answer, **more}
    return Acknowledged.model_validate(given)


def called(*facts: Acknowledged) -> Life:
    """Return a life in which the first data were announced on 9 June, and this was said of them."""
    lived = life(terms(), b.signed("2021-12-15")).until("2022-06-10")
    for fact in facts:
        lived.record(fact)
    return lived


def sentences(lived: Life) -> list[str]:
    ctx = Context(lived.dossier, lived.now, DEFAULT_POLICY)
    return [one.fr.replace("\u00a0", " ") for one in in_words(ctx.s, ctx.items[DATA])]


def test_who_took_charge_of_it_and_when_it_is_spoken_of_again() -> None:
    assert sentences(called(said("seen"))) == [
        "Pris en charge par Fonction partner depuis le vendredi 10 juin 2022, relance au plus tard le jeudi 30 juin 2022."
    ]


def test_put_off_with_its_day_and_a_problem_with_its_words() -> None:
    lived = called(said("later", until=b.d("2022-06-20")), said("problem", note="il manque un fichier"))
    assert sentences(lived) == [
        "Remis par Fonction partner le vendredi 10 juin 2022, relance au plus tard le lundi 20 juin 2022.",
        "Problème signalé par Fonction partner le vendredi 10 juin 2022 : « il manque un fichier ».",
    ]


def test_once_its_call_is_over_no_other_is_promised_and_once_done_nothing_is_said() -> None:
    lived = called(said("seen")).until("2022-07-04")
    assert sentences(lived) == ["Pris en charge par Fonction partner depuis le vendredi 10 juin 2022."]
    lived.record(DutyDone(on=b.d("2022-07-04"), item=DATA, party="agency"))
    assert sentences(lived) == []


def test_the_form_is_about_the_thing_and_the_day_it_has() -> None:
    lived = called()
    ctx = Context(lived.dossier, lived.now, DEFAULT_POLICY)
    [form] = where_it_stands(ctx, ctx.items[DATA], "fr", "t", "/")
    assert (form.kind, form.fixed) == ("acknowledged", {"item": DATA, "of_day": "2022-06-30"})
    assert {field.name: field.value for field in form.fields} == {
        "on": "2022-06-10", "role": "partner", "answer": "seen", "until": "", "note": "",
    }  # fmt: skip
    assert where_it_stands(ctx, ctx.items[POINT], "fr", "t", "/")


async def test_the_desk_says_it_in_the_list_and_on_the_page_of_the_convention(tmp_path: Path) -> None:
    lived = called(said("seen"))
    settings = Settings(_env_file=None, data=tmp_path)
    app = create_app(
        FakeRegister.of(lived.dossier), settings, clock=lambda: lived.now, keys=SessionKeys.of(b"of the tests")
    )
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url=BASE, headers={"origin": BASE}
    ) as visitor:
        for path in ("/", "/conventions/TEST-1"):
            page = read((await visitor.get(path)).text).text.replace("\u00a0", " ")
            assert "Pris en charge par Fonction partner depuis le vendredi 10 juin 2022" in page
            assert "Pris en charge, remis, un problème" in page
    await app.state.desk.rehearsals.close()


def test_show_and_the_journal_say_it_too() -> None:
    lived = called(said("seen"))
    ctx = Context(lived.dossier, lived.now, DEFAULT_POLICY)
    out = Console(width=200, file=io.StringIO(), record=True)
    print_show(out, ctx.s, ctx.agenda, lived.dossier, "fr", why=False)
    shown = " ".join(out.export_text().replace("\u00a0", " ").split())
    assert "Pris en charge par Fonction partner depuis le vendredi 10 juin 2022, relance au plus tard le" in shown
    entry = next(e for e in journal(lived.dossier) if e.kind == "acknowledged")
    assert "Fonction partner\u00a0: vu, s’en charge" in entry.what.fr
    assert "Fonction partner: seen, takes charge of it" in entry.what.en
