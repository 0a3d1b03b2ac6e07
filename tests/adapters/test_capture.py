"""Mails that stay on this machine."""

import asyncio
from pathlib import Path

import pytest

from echeancier.adapters.mail.mime import to_bytes
from echeancier.adapters.relay.capture import CaptureServer
from echeancier.adapters.relay.smtp import SmtpSettings, SmtpTransport
from echeancier.adapters.stores.mail_drop import MailDrop
from tests.adapters.mails import PARTNER, RETURN_PATH, mail

RAW = to_bytes(mail())


def transport(server: CaptureServer) -> SmtpTransport:
    settings = SmtpSettings(host=server.host, port=server.port, security="none", helo_name="client.example")
    return SmtpTransport(settings)


def files(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.glob("*.eml"))


async def test_a_captured_mail_is_kept_byte_for_byte_under_a_name_that_sorts(tmp_path: Path) -> None:
    async with CaptureServer(tmp_path / "mails") as server:
        result = await transport(server).deliver(RAW, RETURN_PATH, PARTNER.address)
    assert result.outcome == "accepted"
    (name,) = files(tmp_path / "mails")
    assert name == "00001-2026-10-31-conv-042-echeance-du-preavis-30-novembre-2026-j-30.eml"
    assert (tmp_path / "mails" / name).read_bytes() == RAW


async def test_the_envelope_is_kept_beside_the_mail(tmp_path: Path) -> None:
    async with CaptureServer(tmp_path) as server:
        await transport(server).deliver(RAW, RETURN_PATH, PARTNER.address)
        (kept,) = server.mails()
    assert (kept.envelope_from, kept.recipients) == (RETURN_PATH, (PARTNER.address,))
    assert (tmp_path / kept.file).read_bytes() == RAW


async def test_numbering_goes_on_after_a_restart(tmp_path: Path) -> None:
    for _ in range(2):
        async with CaptureServer(tmp_path) as server:
            await transport(server).deliver(RAW, RETURN_PATH, PARTNER.address)
    assert [name[:5] for name in files(tmp_path)] == ["00001", "00002"]


async def test_numbering_goes_on_when_only_the_mails_were_copied(tmp_path: Path) -> None:
    (tmp_path / "00041-2026-10-31-essai.eml").write_bytes(RAW)
    MailDrop(tmp_path).keep(RAW, RETURN_PATH, (PARTNER.address,))
    assert [name[:5] for name in files(tmp_path)] == ["00041", "00042"]


async def test_mails_arriving_together_all_get_their_own_number(tmp_path: Path) -> None:
    async with CaptureServer(tmp_path) as server:
        sending = (transport(server).deliver(RAW, RETURN_PATH, f"p{n}@partenaire.example") for n in range(30))
        results = await asyncio.gather(*sending)
        index = server.mails()
    assert {result.outcome for result in results} == {"accepted"}
    assert [name[:5] for name in files(tmp_path)] == [f"{n:05d}" for n in range(1, 31)]
    assert sorted(kept.file for kept in index) == files(tmp_path)


async def test_a_restarted_server_may_take_the_same_port(tmp_path: Path) -> None:
    async with CaptureServer(tmp_path) as first:
        await transport(first).deliver(RAW, RETURN_PATH, PARTNER.address)
    async with CaptureServer(tmp_path, port=first.port) as second:
        result = await transport(second).deliver(RAW, RETURN_PATH, PARTNER.address)
    assert result.outcome == "accepted"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104
def test_the_server_refuses_to_be_reached_from_elsewhere(tmp_path: Path, host: str) -> None:
    with pytest.raises(ValueError, match="cette machine"):
        CaptureServer(tmp_path, host=host)


async def test_a_full_disk_defers_the_mail_and_keeps_the_server_up(tmp_path: Path) -> None:
    blocked = tmp_path / "mails"
    blocked.write_text("a file where the directory should be")
    async with CaptureServer(blocked) as server:
        result = await transport(server).deliver(RAW, RETURN_PATH, PARTNER.address)
        blocked.unlink()
        again = await transport(server).deliver(RAW, RETURN_PATH, PARTNER.address)
    assert (result.outcome, again.outcome) == ("deferred", "accepted")


async def test_a_mail_without_subject_or_date_still_gets_a_name(tmp_path: Path) -> None:
    MailDrop(tmp_path).keep(b"X: y\r\n\r\nz\r\n", RETURN_PATH, (PARTNER.address,))
    assert files(tmp_path) == ["00001-sans-date-sans-objet.eml"]


def test_an_index_line_cut_short_by_a_power_cut_is_left_out(tmp_path: Path) -> None:
    drop = MailDrop(tmp_path)
    drop.keep(RAW, RETURN_PATH, (PARTNER.address,))
    with (tmp_path / "index.jsonl").open("ab") as index:
        index.write(b'{"file": "00002')
    assert len(drop.read()) == 1
    drop.keep(RAW, RETURN_PATH, (PARTNER.address,))
    drop.keep(RAW, RETURN_PATH, (PARTNER.address,))
    assert [kept.file[:5] for kept in drop.read()] == ["00001", "00003"]
