"""Sign-ins that must not succeed: whatever the provider, the network or the browser sends, nobody comes in."""

import logging
from pathlib import Path

import httpx
import pytest

from tests.desk.login_scene import BASE, Scene, browser_of, button, login_scene, refused


async def way_back(scene: Scene, who: str = "coordination") -> str:
    """The address to which the provider sends the browser, not yet visited."""
    address = button(await scene.see())
    while not address.startswith(f"{BASE}/connexion/retour"):
        answer = await scene.browser.get(address, follow_redirects=False)
        if answer.status_code == 200:
            answer = await scene.fill(answer, who, follow_redirects=False)
        address = answer.headers["location"]
    return address


async def test_an_answer_with_another_state_lets_nobody_in(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        address = httpx.URL(await way_back(scene))
        page = await scene.browser.get(address.copy_set_param("state", "x" * 43))
        await refused(scene, page, "stale", 400)


async def test_an_answer_serves_once(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        address = await way_back(scene)
        assert (await scene.browser.get(address)).url.path == "/"
        await scene.send("/deconnexion")
        await refused(scene, await scene.browser.get(address), "stale", 400)


async def test_a_code_already_exchanged_is_worth_nothing_with_another_state(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        used = httpx.URL(await way_back(scene))
        await scene.browser.get(used)
        await scene.send("/deconnexion")
        fresh = httpx.URL(await way_back(scene))
        page = await scene.browser.get(fresh.copy_set_param("code", used.params["code"]))
        await refused(scene, page, "unverified", 400)


async def test_an_answer_in_another_browser_lets_nobody_in(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        address = await way_back(scene)
        async with browser_of(scene.settings, scene.register) as victim:
            page = await victim.get(address)
            assert page.url.params["motif"] == "stale"
            assert (await victim.get(f"{BASE}/")).url.path == "/connexion"


async def test_a_code_stolen_on_the_way_is_useless_without_the_secret_of_the_question(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        stolen = httpx.URL(await way_back(scene)).params["code"]
        async with browser_of(scene.settings, scene.register) as thief:
            form = await thief.get(f"{BASE}/connexion/aller")
            assert 'name="ticket"' in form.text
            state = scene.provider.asked[-1]["state"]
            page = await thief.get(f"{BASE}/connexion/retour", params={"code": stolen, "state": state})
            assert page.url.params["motif"] == "unverified"
            assert (await thief.get(f"{BASE}/")).url.path == "/connexion"


async def test_an_answer_that_names_another_provider_is_refused(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        address = httpx.URL(await way_back(scene)).copy_set_param("iss", "https://ailleurs.example")
        await refused(scene, await scene.browser.get(address), "unverified", 400)


async def test_an_answer_without_a_code_is_refused(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        address = httpx.URL(await way_back(scene)).copy_remove_param("code")
        await refused(scene, await scene.browser.get(address), "unverified", 400)


async def test_somebody_who_gives_up_can_start_again_and_reach_the_same_page(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        scene.provider.error = "access_denied"
        page = await scene.sign_in("coordination", "/conventions/SQF-P")
        assert page.url.params["motif"] == "cancelled"
        assert page.url.params["vers"] == "/conventions/SQF-P"
        scene.provider.error = ""
        again = await scene.fill(await scene.see(button(page)), "coordination")
    assert again.url.path == "/conventions/SQF-P"


async def test_a_provider_that_refuses_our_question_is_a_matter_of_settings(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        scene.provider.error = "invalid_scope"
        await refused(scene, await scene.sign_in("coordination"), "misconfigured", 503)


async def test_a_wrong_secret_is_a_matter_of_settings(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        (tmp_path / "secret").write_text("another", "utf-8")
        (tmp_path / "secret").chmod(0o600)
        async with browser_of(scene.settings, scene.register) as browser:
            scene.browser = browser
            await refused(scene, await scene.sign_in("coordination"), "misconfigured", 503)


@pytest.mark.parametrize(("who", "motif"), [("stranger", "unknown"), ("doubtful", "email"), ("silent", "email")])
async def test_somebody_without_a_role_is_told_so_and_shown_nothing(tmp_path: Path, who: str, motif: str) -> None:
    async with login_scene(tmp_path) as scene:
        page = await scene.sign_in(who)
        assert "SQF-P" not in page.text
        assert 'href="/conventions"' not in page.text
        await refused(scene, page, motif, 403)


async def test_a_provider_that_is_down_is_said_so_and_asked_again_later(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        scene.provider.down = True
        page = await scene.see("/connexion/aller")
        await refused(scene, page, "unreachable", 503)
        assert "Les rappels continuent de partir" in page.text
        scene.provider.down = False
        assert (await scene.sign_in("coordination")).url.path == "/"


async def test_a_provider_that_dies_on_the_way_back_lets_nobody_in(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        address = await way_back(scene)
        scene.provider.down = True
        await refused(scene, await scene.browser.get(address), "unreachable", 503)


async def test_a_provider_that_is_not_the_one_of_the_settings_is_not_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with login_scene(tmp_path) as scene:
        issuer = scene.provider.issuer.replace("127.0.0.1", "localhost")
        login = scene.settings.login
        assert login is not None
        other = scene.settings.model_copy(update={"login": login.model_copy(update={"issuer": issuer})})
        async with browser_of(other, scene.register) as browser:
            page = await browser.get(f"{BASE}/connexion/aller")
    assert page.url.params["motif"] == "misconfigured"
    assert "ECHEANCIER_LOGIN__ISSUER" in caplog.text


async def test_two_sign_ins_at_once_in_one_browser_do_not_disturb_each_other(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        first = await scene.see("/connexion/aller?vers=/conventions")
        second = await scene.see("/connexion/aller?vers=/echeances")
        assert (await scene.fill(second, "coordination")).url.path == "/echeances"
        # The first one still leads where it was going: its browser is the same, its state its own.
        page = await scene.fill(first, "coordination")
        assert page.url.path in ("/conventions", "/connexion")


async def test_no_secret_no_name_and_no_address_reaches_the_logs_of_a_whole_visit(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # What the browser and the provider of the test say of themselves is not ours.
    for other in ("httpx", "httpcore", "idpyoidc", "cryptojwt"):
        caplog.set_level(logging.CRITICAL, logger=other)
    for ours in ("desk", "httpx2", "authlib", None):
        caplog.set_level(logging.DEBUG, logger=ours)
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("stranger")
        await scene.fill(await scene.see("/connexion/aller?compte=autre"), "coordination")
        await scene.send(
            "/conventions/SQF-P/enregistrer/question-answered",
            question="operator-number",
            on="2023-03-01",
            text="12",
        )
        await scene.send("/deconnexion")
        secrets = [*scene.provider.tokens, scene.provider.asked[0]["state"], scene.provider.asked[0]["nonce"]]
    assert "connexion au bureau : coordinator" in caplog.text
    assert "connexion refusée (unknown)" in caplog.text
    for secret in (*secrets, "saint-quentin.example", "ailleurs.example", "Inventé", "Coordination des"):
        assert secret not in caplog.text
