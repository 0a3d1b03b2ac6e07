"""``echeancier desk``: checking the sign-in, ending every session."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from echeancier.desk.sign_in.setup import keys_of, sessions_of
from tests.desk.login_scene import BASE, PEOPLE, settings_in
from tests.support.openid_provider import openid_provider


def environment(directory: Path, issuer: str) -> dict[str, str]:
    settings = settings_in(directory, issuer)
    login = settings.login
    assert login is not None
    return {
        "ECHEANCIER_DATA": str(settings.data), "ECHEANCIER_DESK_URL": BASE,
        "ECHEANCIER_LOGIN__ISSUER": issuer, "ECHEANCIER_LOGIN__CLIENT_ID": login.client_id,
        "ECHEANCIER_LOGIN__CLIENT_SECRET_FILE": str(login.client_secret_file),
        "ECHEANCIER_LOGIN__ROLES": str(login.roles),
    }  # fmt: skip


async def said(directory: Path, *words: str, **variables: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "echeancier.cli", *words, cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, **variables},
    )  # fmt: skip
    out, _ = await process.communicate()
    return process.returncode or 0, out.decode()


async def test_without_a_sign_in_the_check_says_local_mode(tmp_path: Path) -> None:
    code, text = await said(tmp_path, "desk", "check", ECHEANCIER_DATA=str(tmp_path / "var"))
    assert code == 0
    assert "Mode local" in text


async def test_the_check_says_what_to_declare_to_the_provider(tmp_path: Path) -> None:
    async with openid_provider(PEOPLE, f"{BASE}/connexion/retour", BASE, tmp_path) as provider:
        code, text = await said(tmp_path, "desk", "check", **environment(tmp_path, provider.issuer))
    assert code == 0, text
    assert "3 lignes" in text
    assert f"{BASE}/connexion/retour" in text
    assert f"{BASE}/deconnexion/retour" in text


async def test_the_check_of_a_provider_that_does_not_answer_ends_with_1_and_says_why(tmp_path: Path) -> None:
    code, text = await said(tmp_path, "desk", "check", **environment(tmp_path, "http://127.0.0.1:1"))
    assert code == 1
    assert "ne répond pas" in text


async def test_everybody_is_signed_out_only_when_that_is_written_in_full(tmp_path: Path) -> None:
    variables = environment(tmp_path, "http://127.0.0.1:1")
    settings = settings_in(tmp_path, "http://127.0.0.1:1")
    sessions, keys = sessions_of(settings), keys_of(settings)
    secret, signed = sessions.begin("holder", "token"), keys.sign("session", "x")
    code, _ = await said(tmp_path, "desk", "sign-out", **variables)
    assert code == 2
    assert sessions.find(secret) is not None
    code, text = await said(tmp_path, "desk", "sign-out", "--all", **variables)
    assert code == 0
    assert "Sessions terminées\u00a0: 1" in text
    assert sessions.find(secret) is None
    assert keys.read("session", signed) is None
