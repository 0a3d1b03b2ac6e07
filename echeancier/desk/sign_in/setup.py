"""The way in that the settings describe, put together when the desk starts; what is wrong is said then."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from echeancier.adapters.files.toml_file import TomlError, read_text
from echeancier.adapters.servers import is_this_machine
from echeancier.adapters.settings import Settings, WrongSettingsError
from echeancier.adapters.sign_in.oidc import OpenIdProvider
from echeancier.adapters.stores.private import NotPrivateError, check_private
from echeancier.desk.sign_in.login import CALLBACK, OpenIdSignIn
from echeancier.desk.sign_in.roles_file import Roles
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.desk.sign_in.sessions import Sessions
from echeancier.engine.gateway import utc_now


def sign_in_of(settings: Settings, keys: SessionKeys, clock: Callable[[], datetime] = utc_now) -> OpenIdSignIn | None:
    """Return the way in that the settings describe, None in local mode.

    Args:
        settings: all of them: the login, the public address, the directory of the state.
        keys: sign the cookies.
        clock: real time: tokens and sessions are not part of a rehearsal.

    Raises:
        WrongSettingsError, RolesFileError: a setting or a file must be put right; said in French.
    """
    login = settings.login
    if login is None:
        return None
    base = _origin(settings.desk_url)
    return OpenIdSignIn(
        OpenIdProvider(login, _secret(login.client_secret_file), base + CALLBACK, clock),
        Roles(login.roles, groups_claim=login.groups_claim, trust_email=login.trust_email),
        sessions_of(settings, clock),
        keys,
        base=base,
        name=login.name,
    )


def keys_of(settings: Settings) -> SessionKeys:
    """Return the secrets of the desk, made at the first start.

    Raises:
        KeysError: their file cannot be used.
    """
    return SessionKeys.kept_in(_state(settings) / "keys.json")


def sessions_of(settings: Settings, clock: Callable[[], datetime] = utc_now) -> Sessions:
    """Return who is signed in."""
    login = settings.login
    idle, life = (login.idle_minutes, login.session_hours) if login else (60, 10)
    return Sessions(_state(settings) / "sessions.db", clock, timedelta(minutes=idle), timedelta(hours=life))


def _state(settings: Settings) -> Path:
    return settings.data / "desk"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise WrongSettingsError(
            "ECHEANCIER_DESK_URL : l’adresse publique du bureau est attendue, comme https://conventions.ville.example : "
            "le fournisseur y renvoie les personnes"
        )
    if parts.scheme == "http" and not is_this_machine(parts.hostname):
        raise WrongSettingsError(
            "ECHEANCIER_DESK_URL : avec une connexion, l’adresse publique commence par https:// : sans quoi les sessions "
            "passeraient en clair"
        )
    return f"{parts.scheme}://{parts.netloc}"


def _secret(path: Path) -> str:
    try:
        secret = read_text(path).strip()
        check_private(path, "Le secret du fournisseur")
    except (TomlError, NotPrivateError) as problem:
        raise WrongSettingsError(f"ECHEANCIER_LOGIN__CLIENT_SECRET_FILE : {problem}") from None
    if not secret:
        raise WrongSettingsError("ECHEANCIER_LOGIN__CLIENT_SECRET_FILE : le fichier est vide")
    return secret
