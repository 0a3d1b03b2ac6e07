"""Damaged files sent to a real desk, its health asked every 100 ms: words for each, nothing begun by halves, no pause."""

import asyncio
import re
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.apart import read_apart
from echeancier.adapters.replies_apart import plain_reply
from echeancier.desk.health import PATH
from echeancier.domain.answers.reply import Parsed
from tests.adapters.replies import FIXTURES, calendar, mail, reply
from tests.adapters.test_imports import GOOD, semicolons, xlsx
from tests.desk.fakes import EXAMPLES
from tests.desk.html import Page
from tests.support.long import LONG, how_many
from tests.support.mutants import mutant, workbook_mutant
from tests.support.processes import ROOT, until

WHOLE = 2000
"""Damaged files of each kind in a long run."""

AT_ONCE = 4
LONGEST_PAUSE = 2.0

TOML = [(EXAMPLES / f"{name}.toml").read_bytes().replace(b"SQF-P", b"FUZZ-1") for name in ("sqf-p", "mtz-a", "tcm-d")]
FACTS = [(EXAMPLES / f"{name}.facts.toml").read_bytes() for name in ("sqf-p", "mtz-o")]
ROWS = [
    {**GOOD, "Référence": f"V-{n}", "Préavis (mois)": 3, "Votée le": "01/12/2022", "Dernier jour": None}
    for n in range(3)
]
LISTED = [{**row, "Prise d’effet": "01/01/2024", "Dernier jour": ""} for row in ROWS]
ICS = [
    calendar().encode(),
    calendar(method="COUNTER").encode(),
    (EXAMPLES.parent / "README.md").read_bytes()[:500],
]
MAILS = [reply(), mail("bonjour"), *(path.read_bytes() for path in sorted(FIXTURES.glob("*.eml")))]

TOML_WORDS = [
    b"[",
    b"[[",
    b"]]",
    b"{",
    b"}",
    b'"""',
    b"\\u0000",
    b"\\U00110000",
    b"9" * 5000,
    b"nan",
    b"0x",
    b"1979-05-27T07:32:00Z",
    b"\0",
    b"\xff",
    "٣".encode(),
    b"=",
    b".",
    b"\r",
    b"a.b.c",
    b"true",
    b"-",
    b"[a]\n" * 50,
    b"x = {" * 200,
    b"= [" * 2000,
]
CSV_WORDS = [
    b";",
    b",",
    b"\t",
    b'"',
    b'""',
    b"\r",
    b"\n",
    b"sep=",
    b"sep=;\n",
    b"\0",
    b"\xff\xfe",
    b"9" * 5000,
    "–".encode(),
    b"#REF!",
    b"31/02/2024",
    b";" * 3000,
    b"\n" * 3000,
    b"=1+1",
]
XML_WORDS = [
    b"<",
    b">",
    b"&",
    b"&#0;",
    b"&x;",
    b"</row>",
    b'<c t="s"><v>99999999</v></c>',
    b'<c t="e"><v>#N/A</v></c>',
    b'r="XFD1048576"',
    b'r="-1"',
    b's="9999"',
    b"<v>1e999</v>",
    b"<v>NaN</v>",
    b't="d"',
    b't="b"',
    b'date1904="1"',
    b'state="hidden"',
    b"\0",
    b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 500 + b'">]>',
    b"9" * 5000,
    b"<row/>" * 500,
]
MAIL_WORDS = [
    b"\r\n\r\n",
    b"\r\n",
    b"--b",
    b"Content-Type: multipart/mixed; boundary=x\r\n",
    b"=?utf-8?b?",
    b"?=",
    b"\0",
    b"\xff",
    b"\x80",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Auto-Submitted: auto-replied\r\n",
    b"charset=",
    b"message/rfc822",
    b"message/delivery-status",
    b"text/calendar",
    b"BEGIN:VEVENT\r\n",
    b"END:VCALENDAR\r\n",
    b"SEQUENCE:" + b"9" * 5000,
    b"DTSTAMP:99999999T999999Z",
    b"DTSTART;TZID=Nowhere/Else:20270101T000000",
    b"RRULE:FREQ=SECONDLY",
    b"ATTENDEE;PARTSTAT=",
    b"METHOD:REPLY\r\n",
    b"(" * 2000,
    b"<" * 500,
    b"Subject: " + b"x" * 3000,
]


@dataclass
class Living:
    """The desk that is sent to, and what its health said meanwhile."""

    client: httpx.AsyncClient
    token: str
    longest: float = 0.0
    asked: int = 0
    said: Counter[int] = field(default_factory=Counter)

    async def watch(self) -> None:
        while True:
            began = time.monotonic()
            await self.client.get(PATH)
            self.longest = max(self.longest, time.monotonic() - began)
            self.asked += 1
            await asyncio.sleep(0.1)


@asynccontextmanager
async def desk(directory: Path) -> AsyncIterator[Living]:
    log = directory / "log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.desk.fuzzed_desk",
            str(directory),
            cwd=ROOT,
            stdout=output,
            stderr=output,
        )
    try:
        await until(lambda: "desk http" in log.read_text("utf-8") or process.returncode is not None, 60)
        found = re.search(r"desk (http://127\.0\.0\.1:\d+)/", log.read_text("utf-8"))
        assert found is not None, log.read_text("utf-8")
        async with httpx.AsyncClient(base_url=found[1], headers={"origin": found[1]}, timeout=90) as client:
            living = Living(client, Page.read((await client.get("/commencer")).text).hidden["token"])
            watching = asyncio.create_task(living.watch())
            yield living
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
        assert "Traceback" not in log.read_text("utf-8", "replace"), log.read_text("utf-8", "replace")[-3000:]
    finally:
        process.kill()
        await process.wait()


async def conventions(living: Living) -> set[str]:
    return set(re.findall(r'href="/conventions/([A-Za-z0-9._-]+)"', (await living.client.get("/conventions")).text))


async def by_text(living: Living, raw: bytes, field_: str) -> int:
    good = TOML[0].decode()
    given = {"text": good, "facts": ""} | {field_: ""}
    files = {f"{field_}-file": ("x.toml", raw)}
    data = {"token": living.token, "do": "preview", **given}
    return (await living.client.post("/commencer", data=data, files=files)).status_code


async def by_sheet(living: Living, raw: bytes, name: str) -> int:
    answer = await living.client.post("/importer", data={"token": living.token}, files={"sheet": (name, raw)})
    if answer.status_code == 303:
        return (await living.client.get(answer.headers["location"])).status_code
    return answer.status_code


async def by_mail(living: Living, raw: bytes, _: str) -> int:
    """Mails do not come by the desk: they are read apart beside it."""
    del living
    Parsed.model_validate_json(await asyncio.wrap_future(read_apart(plain_reply, raw, given=((), ""))))
    return 200


def calendar_mail(number: int) -> bytes:
    return mail(mutant(ICS, number, MAIL_WORDS).decode("latin-1"), content_type="text/calendar")


KINDS: dict[str, tuple[Callable[[int], bytes], Callable[[Living, bytes, str], object], str]] = {
    "terms": (lambda n: mutant(TOML, n, TOML_WORDS), by_text, "text"),
    "facts": (lambda n: mutant(FACTS, n, TOML_WORDS), by_text, "facts"),
    "csv": (
        lambda n: mutant([semicolons(*LISTED).encode(), semicolons(*LISTED).encode("cp1252")], n, CSV_WORDS),
        by_sheet,
        "t.csv",
    ),
    "xlsx": (lambda n: workbook_mutant([xlsx(*ROWS)], n, XML_WORDS), by_sheet, "t.xlsx"),
    "eml": (lambda n: mutant(MAILS, n, MAIL_WORDS), by_mail, ""),
    "ics": (calendar_mail, by_mail, ""),
}
SHARE = {"terms": 2, "facts": 2}
"""Terms and facts are the two halves of the TOML files."""


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", KINDS)
async def test_damaged_files_are_answered_in_words_while_the_desk_lives(kind: str, tmp_path: Path) -> None:
    make, send, name = KINDS[kind]
    numbers = iter(range(how_many(WHOLE // SHARE.get(kind, 1))))
    failed: list[tuple[int, object]] = []
    async with desk(tmp_path) as living:
        before = await conventions(living)

        async def sender() -> None:
            for number in numbers:
                try:
                    status = await send(living, make(number), name)  # type: ignore[misc]
                except Exception as error:  # noqa: BLE001 - a failure to count, whatever it is
                    status = repr(error)[:300]
                living.said[status] += 1
                if status not in (200, 422, 413, 400):
                    failed.append((number, status))

        await asyncio.gather(*(sender() for _ in range(AT_ONCE)))
        assert await conventions(living) == before
    sys.stdout.write(f"{kind}: {dict(living.said)}, {living.asked} looks, {living.longest:.2f} s at most\n")
    assert not failed
    assert living.asked > 3
    if LONG:  # measured when this machine has nothing else to do; the everyday suite runs beside itself
        assert living.longest < LONGEST_PAUSE
