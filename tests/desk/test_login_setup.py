"""The sign-in as the settings describe it: what is wrong is said when the desk starts, in French."""

from pathlib import Path

import httpx
import pytest

from echeancier.adapters.settings import Settings, WrongSettingsError, load_settings
from echeancier.desk.sign_in.roles_file import RolesFileError
from echeancier.desk.sign_in.setup import keys_of, sign_in_of
from echeancier.engine.ports import free_port
from tests.desk.fakes import FakeRegister, example
from tests.desk.login_scene import BASE, PEOPLE, Scene, browser_of, login_scene, served, settings_in
from tests.support.openid_provider import openid_provider


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path, "https://connexion.example/api/v2")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "l’adresse publique du bureau est attendue"),
        ("conventions.ville.example", "l’adresse publique du bureau est attendue"),
        ("https://ville.example/conventions", "l’adresse publique du bureau est attendue"),
        ("http://conventions.ville.example", "commence par https://"),
    ],
)
def test_the_public_address_is_needed_and_over_tls(settings: Settings, url: str, says: str) -> None:
    wrong = settings.model_copy(update={"desk_url": url})
    with pytest.raises(WrongSettingsError, match=says):
        sign_in_of(wrong, keys_of(wrong))


def test_a_secret_that_is_not_there_or_empty_is_said_so(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("\n", "utf-8")
    with pytest.raises(WrongSettingsError, match="le fichier est vide"):
        sign_in_of(settings, keys_of(settings))
    (tmp_path / "secret").unlink()
    with pytest.raises(WrongSettingsError, match=r"ECHEANCIER_LOGIN__CLIENT_SECRET_FILE\s: le fichier n’existe pas"):
        sign_in_of(settings, keys_of(settings))


def test_a_roles_file_that_cannot_serve_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text("", "utf-8")
    with pytest.raises(RolesFileError, match="il faut au moins une ligne"):
        sign_in_of(settings, keys_of(settings))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("ISSUER", "http://connexion.example", "passerait en clair"),
        ("ISSUER", "connexion.example", "l’adresse du fournisseur est attendue"),
        ("SCOPES", "email", "openid est obligatoire"),
        ("ALGORITHMS", "none", "signature refusée"),
        ("ALGORITHMS", "RS256 HS256", "signature refusée"),
        ("CLIENT_AUTH", "private", "client_secret_post ou client_secret_basic"),
        ("IDLE_MINUTES", "1000", "plus longtemps qu’elle ne dure"),
    ],
)
def test_a_setting_that_would_let_anybody_in_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    good = {"ISSUER": "https://connexion.example", "CLIENT_ID": "x", "CLIENT_SECRET_FILE": "s", "ROLES": "r"}
    for key, given in {**good, name: value}.items():
        monkeypatch.setenv(f"ECHEANCIER_LOGIN__{key}", given)
    with pytest.raises(WrongSettingsError) as refused:
        load_settings()
    assert says in str(refused.value)
    assert "ECHEANCIER_LOGIN" in str(refused.value)


async def test_a_restart_keeps_people_signed_in_and_their_forms_good(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("coordination")
        async with browser_of(scene.settings, scene.register) as restarted:
            restarted.cookies.update(scene.browser.cookies)
            assert (await restarted.get(f"{BASE}/")).url.path == "/"


async def test_somebody_taken_off_the_roles_file_is_at_the_door_at_the_next_click(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("direction")
        roles = (tmp_path / "roles.toml").read_text("utf-8")
        (tmp_path / "roles.toml").write_text(roles.replace("direction@", "autre-direction@"), "utf-8")
        assert (await scene.see("/conventions")).url.path == "/connexion"


async def test_signing_everybody_out_takes_effect_in_the_running_desk(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("coordination")
        keys_of(scene.settings).renew(forget=True)
        assert (await scene.see("/")).url.path == "/connexion"
        assert (await scene.sign_in("coordination")).url.path == "/"


async def test_with_a_sign_in_the_desk_listens_to_other_machines_and_lets_people_in(tmp_path: Path) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    async with openid_provider(PEOPLE, f"{base}/connexion/retour", f"{base}/deconnexion/retour", tmp_path) as provider:
        settings = settings_in(tmp_path, provider.issuer).model_copy(update={"desk_url": base})
        async with (
            served(settings, FakeRegister.of(example("sqf-p")), "0.0.0.0"),  # noqa: S104 - what is tested
            httpx.AsyncClient(follow_redirects=True) as browser,
        ):
            scene = Scene(provider, browser, FakeRegister(), settings)
            page = await scene.fill(await browser.get(f"{base}/connexion/aller?vers=/conventions"), "coordination")
            assert str(page.url) == f"{base}/conventions"
            assert "Connecté" in page.text
            assert (await browser.get(base, headers={"host": "ailleurs.example"})).status_code == 421


@pytest.mark.parametrize(("trusted", "together"), [("", True), ("127.0.0.1", False), ("192.0.2.0/24", True)])
async def test_only_a_trusted_proxy_says_who_the_visitor_is(tmp_path: Path, trusted: str, *, together: bool) -> None:
    port = free_port()
    settings = settings_in(tmp_path, f"http://127.0.0.1:{free_port()}")
    settings = settings.model_copy(update={"desk_url": f"http://127.0.0.1:{port}"})
    async with (
        served(settings, FakeRegister(), trusted_proxies=trusted) as address,
        httpx.AsyncClient() as browser,
    ):
        path = f"{address}connexion/retour?state=x"
        statuses = [
            (await browser.get(path, headers={"x-forwarded-for": f"198.51.100.{number}"})).status_code
            for number in range(25)
        ]
    # One visitor is slowed down after twenty attempts; twenty-five visitors are not.
    assert (429 in statuses) is together
