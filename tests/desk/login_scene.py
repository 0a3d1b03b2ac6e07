"""The desk behind its public name, a real provider on loopback, and a browser that follows every redirection."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from echeancier.adapters.settings import Settings
from echeancier.adapters.sign_in.login_settings import LoginSettings
from echeancier.desk import serve
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.setup import keys_of, sign_in_of
from echeancier.engine.gateway import utc_now
from tests.desk.fakes import FakeRegister, example, now
from tests.support.openid_provider import CLIENT, SECRET, Provider, openid_provider

BASE = "https://conventions.saint-quentin.example"
PEOPLE: dict[str, dict[str, Any]] = {
    "coordination": {
        "email": "coordination@saint-quentin.example", "email_verified": True,
        "given_name": "Prénom", "usual_name": "Inventé", "siret": "21380449300013", "idp_id": "invented",
    },
    "direction": {"email": "Direction@saint-quentin.example", "email_verified": True},
    "doubtful": {"email": "coordination@saint-quentin.example", "email_verified": False},
    "silent": {"email": "coordination@saint-quentin.example"},
    "stranger": {"email": "inconnu@ailleurs.example", "email_verified": True},
    "member": {"groups": ["agents", "lecture-conventions"]},
}  # fmt: skip
ROLES = """
[[access]]
email = "coordination@saint-quentin.example"
role = "coordinator"
function = "Coordination des conventions"

[[access]]
email = "direction@saint-quentin.example"
role = "manager"
function = "Direction de la culture"

[[access]]
group = "lecture-conventions"
role = "reader"
function = "Agents du service"
"""


def settings_in(directory: Path, issuer: str, **login: Any) -> Settings:
    (directory / "roles.toml").write_text(ROLES, "utf-8")
    (directory / "secret").write_text(SECRET + "\n", "utf-8")
    (directory / "secret").chmod(0o600)
    wanted = {
        "issuer": issuer, "client_id": CLIENT, "client_secret_file": directory / "secret",
        "roles": directory / "roles.toml", "scopes": "openid given_name usual_name email siret idp_id groups",
        "signed_userinfo": True, **login,
    }  # fmt: skip
    return Settings(_env_file=None, data=directory / "var", desk_url=BASE, login=LoginSettings.model_validate(wanted))


@dataclass
class Scene:
    """A browser before the desk."""

    provider: Provider
    browser: httpx.AsyncClient
    register: FakeRegister
    settings: Settings
    trail: list[str] = field(default_factory=list)

    async def see(self, path: str = "/") -> httpx.Response:
        return await self.browser.get(path if path.startswith("http") else BASE + path)

    async def sign_in(self, who: str, path: str = "/") -> httpx.Response:
        """Ask for a page, press the button, fill the provider's form; return where that leads."""
        door = await self.see(path)
        form = await self.see(button(door))
        return await self.fill(form, who)

    async def fill(self, form: httpx.Response, who: str, *, follow_redirects: bool = True) -> httpx.Response:
        """Fill the provider's form, unless it knows this browser and showed none."""
        if 'name="ticket"' not in form.text:
            return form
        ticket = unescape(found(r'name="ticket" value="([^"]+)"', form.text))
        return await self.browser.post(
            f"{self.provider.issuer}/verify",
            data={"ticket": ticket, "username": who},
            follow_redirects=follow_redirects,
        )

    async def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form of ours."""
        mark = found(r'name="token" value="([^"]+)"', (await self.see("/")).text)
        return await self.browser.post(BASE + path, data={"token": mark, **fields}, headers={"origin": BASE})

    def desk_cookies(self) -> set[str]:
        return {name for name in self.browser.cookies if "echeancier" in name}


async def refused(scene: Scene, page: httpx.Response, motif: str, status: int) -> None:
    """The page says why, and nobody is in."""
    assert page.url.path == "/connexion"
    assert page.url.params["motif"] == motif
    assert page.status_code == status
    assert "__Host-echeancier-session" not in scene.browser.cookies
    assert (await scene.see("/conventions/SQF-P")).url.path == "/connexion"


def button(door: httpx.Response) -> str:
    """The address of the sign-in button of a page."""
    return urljoin(BASE, unescape(found(r'class="button(?: second)?" href="([^"]+)"', door.text)))


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, text
    return match[1]


@asynccontextmanager
async def login_scene(directory: Path, **login: Any) -> AsyncIterator[Scene]:
    async with openid_provider(PEOPLE, f"{BASE}/connexion/retour", f"{BASE}/deconnexion/retour", directory) as provider:
        settings = settings_in(directory, provider.issuer, **login)
        register = FakeRegister.of(example("sqf-p"))
        async with browser_of(settings, register) as browser:
            yield Scene(provider, browser, register, settings)


@asynccontextmanager
async def browser_of(settings: Settings, register: FakeRegister) -> AsyncIterator[httpx.AsyncClient]:
    """A desk just started, and a new browser."""
    keys = keys_of(settings)
    way = sign_in_of(settings, keys, utc_now)
    assert way is not None
    app = create_app(register, settings, sign_in=way, keys=keys, clock=now)
    try:
        async with httpx.AsyncClient(mounts={BASE: httpx.ASGITransport(app=app)}, follow_redirects=True) as browser:
            yield browser
    finally:
        way.sessions.close()


@asynccontextmanager
async def served(
    settings: Settings, register: FakeRegister, host: str = "127.0.0.1", trusted_proxies: str = ""
) -> AsyncIterator[str]:
    """The desk with its sign-in, really listening on the port of its public address; the address it listens on."""
    keys = keys_of(settings)
    way = sign_in_of(settings, keys)
    assert way is not None
    app = create_app(register, settings, sign_in=way, keys=keys, clock=now)
    stop, told = asyncio.Event(), asyncio.get_running_loop().create_future()
    port = urlsplit(settings.desk_url).port or 0
    job = asyncio.create_task(serve(app, host, port, stop, told.set_result, trusted_proxies=trusted_proxies))
    try:
        yield await told
    finally:
        stop.set()
        await job
        way.sessions.close()
