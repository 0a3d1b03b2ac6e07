"""A file that was purged: the desk says so, and where its certificate is."""

import httpx
import pytest

from echeancier.domain.afterwards.purge_record import PurgedError
from tests.desk.fakes import FakeRegister
from tests.desk.html import Page

WORDS = "Le dossier « SQF-P » a été purgé le mardi 3 janvier 2026 ; Certificat : var/archive/SQF-P/certificat.pdf"


async def test_a_purged_file_is_said_to_be_gone_with_its_certificate(
    client: httpx.AsyncClient, register: FakeRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_reference: str) -> None:
        raise PurgedError(WORDS)

    monkeypatch.setattr(register, "_dossier", gone)
    answer = await client.get("/conventions/SQF-P")
    assert answer.status_code == 410
    assert "certificat.pdf" in Page.read(answer.text).text
