"""A whole sign-in, by a browser, with a real provider."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.desk.html import read
from tests.desk.login_scene import BASE, browser_of, button, login_scene


async def test_somebody_signs_in_and_is_led_to_the_page_asked_for(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        page = await scene.sign_in("coordination", "/conventions/SQF-P?lang=en")
    assert page.status_code == 200
    assert str(page.url) == f"{BASE}/conventions/SQF-P?lang=en"
    assert "Signed in: Coordination des conventions (coordinator)" in read(page.text).text


async def test_the_question_asks_no_more_than_it_must_and_is_tied_to_its_answer(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("coordination")
        await scene.browser.aclose()
    (asked,) = scene.provider.asked
    assert asked.keys() == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge", "code_challenge_method",
    }  # fmt: skip
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{BASE}/connexion/retour"
    assert min(len(asked["state"]), len(asked["nonce"])) >= 32  # what ProConnect requires


async def test_a_level_of_assurance_is_asked_for_and_found_in_the_answer(tmp_path: Path) -> None:
    async with login_scene(tmp_path, acr_values="eidas1") as scene:
        page = await scene.sign_in("coordination")
    assert scene.provider.asked[0]["acr_values"] == "eidas1"
    assert page.status_code == 200


async def test_plain_userinfo_is_enough_where_the_settings_do_not_ask_for_more(tmp_path: Path) -> None:
    async with login_scene(tmp_path, signed_userinfo=False) as scene:
        scene.provider.unsigned = True
        assert (await scene.sign_in("direction")).url.path == "/"


async def test_the_case_of_an_address_does_not_matter(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        page = await scene.sign_in("direction")
    assert "Direction de la culture" in page.text


async def test_a_member_of_a_group_comes_in_with_the_role_of_the_group(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        page = await scene.sign_in("member")
        assert "Agents du service (lecture seule)" in read(page.text).text
        assert (await scene.send("/commencer")).status_code == 403


async def test_a_silent_provider_is_believed_about_addresses_only_when_the_settings_say_so(
    tmp_path: Path,
) -> None:
    async with login_scene(tmp_path, trust_email=True) as scene:
        assert "Coordination des conventions" in (await scene.sign_in("silent")).text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://ailleurs.example/",
        "//ailleurs.example",
        "/\\ailleurs.example",
        "\\\\ailleurs.example",
        "/\t/ailleurs.example",
    ],
)
async def test_nobody_is_led_elsewhere_after_signing_in(tmp_path: Path, elsewhere: str) -> None:
    async with login_scene(tmp_path) as scene:
        form = await scene.browser.get(f"{BASE}/connexion/aller", params={"vers": elsewhere})
        page = await scene.fill(form, "coordination")
    assert str(page.url) == f"{BASE}/"


async def test_no_secret_of_the_way_back_stays_in_the_address_or_the_history(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        page = await scene.sign_in("coordination")
    assert page.url.query == b""
    way_back = next(step for step in page.history if step.url.path == "/connexion/retour")
    assert way_back.status_code == 303  # the address with the code is replaced before anything is shown
    assert way_back.headers["referrer-policy"] == "same-origin"


async def test_the_session_is_a_cookie_that_neither_scripts_nor_other_sites_nor_clear_text_see(
    tmp_path: Path,
) -> None:
    async with login_scene(tmp_path) as scene:
        page = await scene.sign_in("coordination")
    given = [
        line for step in [*page.history, page] for line in step.headers.get_list("set-cookie") if "session=" in line
    ]
    cookie = given[-1].lower()
    assert cookie.startswith("__host-echeancier-session=")
    for word in ("httponly", "secure", "samesite=lax", "path=/"):
        assert f"; {word}" in cookie
    assert "domain=" not in cookie
    assert "max-age" not in cookie  # forgotten when the browser closes


async def test_the_browser_keeps_no_name_no_address_and_no_token(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("coordination")
        kept = " ".join(scene.browser.cookies.values())
        stored = (scene.settings.data / "desk" / "sessions.db").read_bytes().decode("latin-1")
    assert not any(token in kept for token in scene.provider.tokens)
    for text in (kept, stored):
        assert "saint-quentin" not in text
        assert "Inventé" not in text
        assert "Coordination" not in text


async def test_every_sign_in_gives_a_new_session_and_ends_the_former_one(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("coordination")
        before = scene.browser.cookies["__Host-echeancier-session"]
        await scene.fill(await scene.see("/connexion/aller?compte=autre"), "direction")
        after = scene.browser.cookies["__Host-echeancier-session"]
        assert after != before
        async with browser_of(scene.settings, scene.register) as thief:
            thief.cookies.set("__Host-echeancier-session", before, domain=urlsplit(BASE).hostname or "")
            assert (await thief.get(f"{BASE}/")).url.path == "/connexion"
    assert scene.provider.asked[-1]["prompt"] == "login"


async def test_a_session_of_the_attackers_choice_is_not_taken_over(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        scene.browser.cookies.set(
            "__Host-echeancier-session", "k0.chosen.signature", domain=urlsplit(BASE).hostname or ""
        )
        await scene.sign_in("coordination")
        assert scene.browser.cookies["__Host-echeancier-session"] != "k0.chosen.signature"


async def test_signing_out_ends_both_sessions_and_says_so(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("coordination")
        cookie = scene.browser.cookies["__Host-echeancier-session"]
        page = await scene.send("/deconnexion")
        onward = read(page.text).links[-1]
        asked = {name: values[0] for name, values in parse_qs(urlsplit(onward).query).items()}
        assert onward.startswith(f"{scene.provider.issuer}/session?")
        assert asked["id_token_hint"] in scene.provider.tokens
        assert asked["post_logout_redirect_uri"] == f"{BASE}/deconnexion/retour"
        assert len(asked["state"]) >= 32
        end = await scene.browser.get(onward)
        assert str(end.url) == f"{BASE}/connexion?motif=out"
        assert "Vous êtes déconnecté du bureau." in end.text
        assert (await scene.see("/")).url.path == "/connexion"
        # Even whoever kept the cookie is out.
        scene.browser.cookies.set("__Host-echeancier-session", cookie, domain=urlsplit(BASE).hostname or "")
        assert (await scene.see("/")).url.path == "/connexion"


async def test_a_way_out_that_we_did_not_open_says_nothing(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        page = await scene.see("/deconnexion/retour?state=invented")
    assert str(page.url) == f"{BASE}/connexion"
    assert "déconnecté" not in page.text


async def test_nobody_is_signed_out_by_another_site(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("coordination")
        elsewhere = {"origin": "https://ailleurs.example"}
        answers = [
            await scene.browser.post(f"{BASE}/deconnexion", data={}, headers=elsewhere),
            await scene.browser.post(f"{BASE}/deconnexion", data={}, headers={"origin": BASE}),
            await scene.browser.get(f"{BASE}/deconnexion"),
        ]
        assert [answer.status_code for answer in answers] == [403, 409, 405]
        assert (await scene.see("/")).url.path == "/"


async def test_a_form_of_one_session_is_worth_nothing_in_the_next(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("coordination")
        stale = read((await scene.see("/commencer")).text).hidden["token"]
        await scene.fill(await scene.see("/connexion/aller?compte=autre"), "coordination")
        answer = await scene.browser.post(f"{BASE}/commencer", data={"token": stale}, headers={"origin": BASE})
    assert answer.status_code == 409


async def test_over_tls_browsers_are_told_never_to_come_otherwise(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        headers = (await scene.see("/connexion")).headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_door_is_a_sound_page_in_both_languages(tmp_path: Path, language: str) -> None:
    async with login_scene(tmp_path) as scene:
        for motif in ("", "out", "unknown", "stale"):
            page = read((await scene.see(f"/connexion?motif={motif}&lang={language}")).text)
            assert page.language == language
            assert "/connexion/aller?compte=autre" in page.links
            assert ("ProConnect" in page.text) is (motif != "unknown")  # the same account would be refused again


async def test_whoever_is_in_already_is_not_asked_again(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("coordination")
        assert (await scene.see("/connexion?vers=/conventions")).url.path == "/conventions"


async def test_what_is_recorded_carries_the_function_of_the_roles_file(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("direction")
        answer = await scene.send(
            "/conventions/SQF-P/enregistrer/question-answered",
            question="operator-number",
            on="2023-03-01",
            text="12",
        )
        assert answer.status_code == 200
        page = await scene.see("/conventions/SQF-P/journal")
    assert scene.register.dossiers["SQF-P"].facts[-1].recorded_by == "Direction de la culture"
    assert "Direction de la culture" in page.text.split("<main", 1)[1]


async def test_many_attempts_from_one_network_are_slowed_down(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        answers: list[httpx.Response] = []
        while not answers or answers[-1].status_code != 429:
            answers.append(await scene.browser.get(f"{BASE}/connexion/aller", follow_redirects=False))
            assert len(answers) < 50
    assert "Trop d’essais" in answers[-1].text


def test_the_button_is_found() -> None:
    assert button(httpx.Response(200, text='<a class="button" href="/x?a=1&amp;b=2">')) == f"{BASE}/x?a=1&b=2"
