"""Tokens and identities that are not exactly right: each is made by the real provider, then spoiled in one place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from echeancier.engine.gateway import utc_now
from tests.desk.login_scene import login_scene, refused
from tests.support.openid_provider import CLIENT

Spoil = Callable[[dict[str, Any], dict[str, Any]], None]


def claim(name: str, value: object) -> Spoil:
    return lambda claims, _: claims.__setitem__(name, value)


def without(name: str) -> Spoil:
    return lambda claims, _: claims.pop(name)


def algorithm(name: str) -> Spoil:
    return lambda _, header: header.__setitem__("alg", name)


def ago(seconds: int) -> Spoil:
    """Made a minute before, and over since ``seconds``."""
    return dated(-seconds - 60)


def later(seconds: int) -> Spoil:
    """Made in ``seconds``."""
    return dated(seconds)


def dated(seconds: int) -> Spoil:
    def spoil(claims: dict[str, Any], _: dict[str, Any]) -> None:
        claims["iat"] = int(utc_now().timestamp()) + seconds
        claims["exp"] = claims["iat"] + 60

    return spoil


SPOILED: dict[str, tuple[str, Spoil, str]] = {
    "the ID token of another sign-in": ("id_token", claim("nonce", "another"), "nonce"),
    "an ID token of no sign-in": ("id_token", without("nonce"), "nonce"),
    "an ID token made for another client": ("id_token", claim("aud", ["another-client"]), "aud"),
    "an ID token made for two clients": ("id_token", claim("aud", [CLIENT, "another-client"]), "azp"),
    "an ID token made for nobody": ("id_token", without("aud"), "aud"),
    "an ID token given to another client": ("id_token", claim("azp", "another-client"), "azp"),
    "an ID token of another provider": ("id_token", claim("iss", "https://ailleurs.example"), "iss"),
    "an ID token of another access token": ("id_token", claim("at_hash", "A" * 22), "at_hash"),
    "an ID token about nobody": ("id_token", without("sub"), "sub"),
    "an ID token for ever": ("id_token", without("exp"), "exp"),
    "an ID token of yesterday": ("id_token", ago(86_400), "périmé"),
    "an ID token that has just expired": ("id_token", ago(600), "déjà périmé"),
    "an ID token of the future": ("id_token", later(600), "avance sur la nôtre"),
    "an unsigned ID token": ("id_token", algorithm("none"), "signature"),
    "an ID token signed with a shared secret": ("id_token", algorithm("HS256"), "signature"),
    "an unsigned userinfo": ("userinfo", algorithm("none"), "signature"),
    "a userinfo signed with a shared secret": ("userinfo", algorithm("HS256"), "signature"),
    "a userinfo about somebody else": ("userinfo", claim("sub", "somebody-else"), "(sub)"),
    "a userinfo about nobody": ("userinfo", without("sub"), "(sub)"),
    "a userinfo made for another client": (
        "userinfo",
        claim("aud", "another-client"),
        "identité signée, aud",
    ),
    "a userinfo made for nobody": ("userinfo", without("aud"), "identité signée, aud"),
    "a userinfo of another provider": (
        "userinfo",
        claim("iss", "https://ailleurs.example"),
        "identité signée, iss",
    ),
    "a userinfo of yesterday": ("userinfo", ago(86_400), "identité signée, périmée"),
}
CLOCKS = {"an ID token that has just expired", "an ID token of the future"}


@pytest.mark.parametrize("what", SPOILED)
async def test_a_token_that_is_not_exactly_right_lets_nobody_in(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    kind, spoil, reason = SPOILED[what]
    async with login_scene(tmp_path) as scene:
        scene.provider.spoil(kind, spoil)
        page = await scene.sign_in("coordination")
        await refused(scene, page, *(("clock", 503) if what in CLOCKS else ("unverified", 400)))
    (said,) = [record.getMessage() for record in caplog.records if record.name == "echeancier.desk.sign_in.page"]
    assert reason in said


async def test_the_same_token_signed_again_and_unchanged_is_right(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        scene.provider.spoil("id_token", lambda *_: None)
        scene.provider.spoil("userinfo", lambda *_: None)
        assert (await scene.sign_in("coordination")).url.path == "/"


async def test_a_provider_that_changed_its_keys_is_asked_for_them_again(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        await scene.sign_in("coordination")
        scene.provider.change_keys()
        page = await scene.fill(await scene.see("/connexion/aller?compte=autre"), "direction")
        assert "Direction de la culture" in page.text


async def test_a_key_that_the_provider_does_not_publish_signs_nothing(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        scene.provider.spoil("id_token", lambda _, header: header.__setitem__("kid", "of-nobody"))
        await refused(scene, await scene.sign_in("coordination"), "unverified", 400)


async def test_plain_userinfo_is_refused_where_a_signed_one_is_required(tmp_path: Path) -> None:
    async with login_scene(tmp_path) as scene:
        scene.provider.unsigned = True
        await refused(scene, await scene.sign_in("coordination"), "unverified", 400)


async def test_a_lower_level_of_assurance_than_asked_is_refused(tmp_path: Path) -> None:
    async with login_scene(tmp_path, acr_values="eidas1") as scene:
        scene.provider.spoil("id_token", claim("acr", "eidas0"))
        await refused(scene, await scene.sign_in("coordination"), "unverified", 400)
