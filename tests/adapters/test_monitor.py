"""The call to an outside monitor, to a real server."""

import logging
import socket
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from echeancier.adapters.settings import Settings, WrongSettingsError, load_settings
from echeancier.adapters.web.monitor import HeartbeatSettings, HttpMonitor
from tests.support.web import Web, web_server


@pytest.fixture
def web() -> Iterator[Web]:
    with web_server() as one:
        yield one


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
async def test_the_monitor_hears_one_request_with_nothing_in_it(web: Web, method: str) -> None:
    assert await HttpMonitor(SecretStr(web.url), method).tell() == ""
    (call,) = web.calls
    assert (call.method, call.path, call.body) == (method, "/battement/tres-secret", b"")
    assert call.headers["User-Agent"] == "echeancier"
    assert not {"Cookie", "Authorization", "Referer"} & set(call.headers)


@pytest.mark.parametrize("status", [404, 500, 503])
async def test_a_monitor_that_refuses_is_told_without_its_address(web: Web, status: int) -> None:
    web.status = status
    assert await HttpMonitor(SecretStr(web.url)).tell() == f"le surveillant a répondu {status}"


async def test_a_redirection_is_not_followed_with_the_secret(web: Web) -> None:
    web.status, web.location = 302, web.url + "/ailleurs"
    assert await HttpMonitor(SecretStr(web.url)).tell() == "le surveillant a répondu 302"
    assert len(web.calls) == 1


async def test_a_monitor_that_is_not_there_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = await HttpMonitor(SecretStr(f"http://127.0.0.1:{port}/tres-secret")).tell()
    assert said == "le surveillant ne répond pas"
    assert "tres-secret" not in caplog.text


@pytest.mark.parametrize("url", ["ftp://a.example/x", "file:///etc/passwd", "a.example", "https:///x", "javascript:x"])
def test_an_address_that_is_not_of_the_web_is_refused_and_not_shown(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.setenv("ECHEANCIER_HEARTBEAT__URL", url)
    with pytest.raises(WrongSettingsError, match="ECHEANCIER_HEARTBEAT__URL") as refused:
        load_settings()
    assert url not in str(refused.value)


def test_without_an_address_nobody_is_called() -> None:
    assert HeartbeatSettings.model_validate({"url": ""}).url is None
    assert Settings(_env_file=None).heartbeat.url is None


def test_the_address_is_not_shown_with_the_settings() -> None:
    shown = repr(HeartbeatSettings(url=SecretStr("https://a.example/tres-secret")))
    assert "tres-secret" not in shown
