"""Whatever is typed, pasted or sent in a form of the desk, the answer is words: never an error of the program, never a pause."""

import asyncio
import time

import httpx
import pytest

from echeancier.desk.form.steps import STEPS, step_of
from tests.desk.fakes import EXAMPLES, FakeRegister
from tests.desk.html import Page, read
from tests.support.long import LONG as LONG_RUN

TERMS = (EXAMPLES / "sqf-p.toml").read_text("utf-8").replace('"SQF-P"', '"NEW-1"', 1)
LONG = "9" * 5000

NUMBERS = (
    LONG,
    "-" + LONG,
    "--5",
    "-",
    "5-",
    "٣",
    "\uff15",
    "1e3",
    "0x10",
    "1_000",
    "3,5",
    " ",
    "+4",
    "-0",
    "²",
    "½",
    "NaN",
    "1\u00a0000",
)

HOSTILE_TOML = {
    "keys": "".join(f"k{n} = 1\n" for n in range(50_000)),
    "keys of a block": TERMS + "\n[parties.commune.x]\n" + "".join(f"k{n} = 1\n" for n in range(40_000)),
    "facts": "".join('[[fact]]\nkind = "signed"\non = 2021-01-01\nparty = "x"\n' for _ in range(3_000)),
    "depth of lists": "a = " + "[" * 100_000,
    "lists closed": "a = " + "[" * 30_000 + "]" * 30_000,
    "depth of tables": "a = " + "{b = " * 50_000,
    "depth of keys": "a" + ".a" * 100_000 + " = 1",
    "dotted keys": "\n".join(f"{'.'.join(['a'] * 400)}.k{n} = 1" for n in range(500)),
    "headers": "\n".join(f"[{'.'.join(['a'] * 400)}.k{n}]" for n in range(500)),
    "digits": f"a = {LONG}",
    "digits in hexadecimal": f"a = 0x{LONG}",
    "digits of a field": TERMS.replace("months = 36", f"months = {'9' * 4000}"),
    "exponent": f"a = 1e{LONG}",
    "not a number": TERMS.replace("months = 36", "months = nan"),
    "years": "a = 99999-99-99",
    "offset": "a = 2021-01-01T00:00:00+99:99",
    "text": f'reference = "{"x" * 900_000}"',
    "one line": "x" * 900_000,
    "nothing closed": 'a = """' + "x" * 400_000,
    "escapes": 'a = "' + "\\u0000" * 100_000 + '"',
    "surrogate": 'a = "\\ud800"',
    "NUL": "a = \0",
    "lines": "\n" * 250_000 + "]",
    "tables": "[[a]]\n" * 50_000,
    "no table": "fact = 3",
    "list of lists": "fact = [[1]]",
    "types": 'reference = []\ntitle = {}\nparties = 3\nroles = "x"\nclause = {}\nduty = [1]\neffect = []\nterm = 1979-05-27',
}  # fmt: skip


async def send(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    token = Page.read((await client.get("/commencer")).text).hidden["token"]
    return await client.post(path, data={"token": token, **fields})


@pytest.mark.parametrize("typed", NUMBERS, ids=lambda value: value[:8])
async def test_a_number_that_is_none_is_refused_in_words(
    client: httpx.AsyncClient, register: FakeRegister, typed: str
) -> None:
    path = "/conventions/SQF-P/enregistrer/accounts-counted"
    answer = await send(client, path, on="2022-01-03", count=typed)
    assert answer.status_code == 422
    assert not [call for call in register.calls if call[0] == "record"]
    for name in ("term.months", "duty.0.rhythm.every_months", "termination.0.delay.number"):
        formed = await send(
            client, "/commencer/formulaire", do="go:verifier", step=step_of(name, {}).key, **{name: typed}
        )
        assert "À corriger" in (await client.get(formed.headers["location"])).text


DOORS = [
    *((field, what) for what in HOSTILE_TOML for field in ("text", "facts")),
    *((field, what) for what in ("keys", "depth of tables", "digits", "types") for field in ("form", "terms")),
]


@pytest.mark.parametrize(("field", "what"), DOORS)
async def test_a_hostile_file_is_refused_in_words_and_stops_nobody(
    client: httpx.AsyncClient, register: FakeRegister, what: str, field: str
) -> None:
    hostile = HOSTILE_TOML[what]
    before = set(register.dossiers)
    if field == "form":
        sending = send(client, "/commencer/formulaire", do="open", text=hostile)
    elif field == "terms":
        sending = send(client, "/conventions/SQF-P/termes", text=hostile, why="essai")
    else:
        sending = send(
            client, "/commencer", do="start", **({"text": TERMS, "facts": hostile} if field == "facts" else {"text": hostile})
        )  # fmt: skip
    task = asyncio.ensure_future(sending)
    longest, last = 0.0, time.monotonic()
    while not task.done():
        await asyncio.sleep(0.01)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    answer = task.result()
    assert answer.status_code == 422, answer.text[:500]
    assert len(answer.text) < 4_000_000
    assert set(register.dossiers) == before
    assert longest < 2


SHAPES = {
    "a.b.c": "x", "parties": "x", "parties.0": "x", "parties.0.name.x": "y", "roles.x.y": "z", "clause": "x",
    "clause.0.id.q": "1", "duty.x": "1", "duty.0": "1", f"duty.{LONG}.id": "1", "duty.٣.id": "1", ".": "x", "..": "x", "": "x",
    "effect": "x", "term.months.x": "3", "happened": "x", "happened.signed": "x", "happened.signed.x": "y",
    "happened.act-adopted.x": "2021", ".".join("a" * 50_000): "x", "question.0.readings": "x", "duty.0.rhythm": "x",
    "duty.0.meeting.x.y": "1", "coordinator.x": "1", "facts.x": "1", "act": "x", "reference.x": "1", "us.x": "1",
    "follows": "SQF-P", "title.~x": "1", "termination.0.who.~us.x": "1",
}  # fmt: skip
DONE = (
    "go:verifier",
    "add",
    "file",
    "start",
    "rehearse",
    "discard",
    "cite:duty.0",
    "duplicate:duty.0",
    "article:duty.0",
    f"remove:duty.{LONG}",
    "more:parties",
)


@pytest.mark.parametrize("name", SHAPES, ids=lambda name: name[:20])
async def test_a_field_our_page_would_not_write_breaks_nothing(client: httpx.AsyncClient, name: str) -> None:
    fields = {"what.committee": "on", "parties.0.key": "us", "parties.0.name": "Ville", name: SHAPES[name]}
    for do in DONE if LONG_RUN else DONE[:1]:
        for step in STEPS:
            await comes_to_a_page(client, await send(client, "/commencer/formulaire", do=do, step=step.key, **fields))


async def comes_to_a_page(client: httpx.AsyncClient, answer: httpx.Response) -> None:
    assert answer.status_code in (200, 303, 404)
    if answer.status_code == 303:
        assert (await client.get(answer.headers["location"].partition("#")[0])).status_code == 200


PLACES = ("duty." + LONG, "duty.٣", "a.b.c.d", "", ".", "parties.0.name", "clause", "reference")


@pytest.mark.parametrize(
    "do",
    [
        *DONE,
        *(
            f"{verb}:{place}"
            for verb in ("article", "remove", "more", "duplicate", "cite", "uncite", "go")
            for place in PLACES
        ),
    ],
)
async def test_a_button_our_page_would_not_have_breaks_nothing(client: httpx.AsyncClient, do: str) -> None:
    fields = {"parties.0.key": "us", "parties.0.name": "Ville", "reference": "X", "duty.0.id": "x", **SHAPES}
    for step in STEPS:
        await comes_to_a_page(client, await send(client, "/commencer/formulaire", do=do, step=step.key, **fields))


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/importer", "sheet"),
        ("/commencer", "text-file"),
        ("/commencer", "facts-file"),
        ("/conventions/SQF-P/termes", "file"),
    ],
)
async def test_files_dropped_together_are_asked_for_one_at_a_time(
    client: httpx.AsyncClient, register: FakeRegister, path: str, field: str
) -> None:
    """A browser sends a field as often as files are dropped on it; none is left aside without a word."""
    data = {"token": Page.read((await client.get("/commencer")).text).hidden["token"], "do": "preview", "why": "essai"}
    for count in (2, 30):
        answer = await client.post(
            path, data=data, files=[(field, (f"{n}.toml", TERMS.encode())) for n in range(count)]
        )
        assert answer.status_code == 400
        page = read(answer.text)
        assert "un seul fichier à la fois" in page.text
        assert "pas pu répondre" not in page.text
        english = await client.post(f"{path}?lang=en", data=data, files=[(field, (f"{n}", b"x")) for n in range(count)])
        assert "one file at a time" in read(english.text).text
    assert not [call for call in register.calls if call[0] != "records"]
