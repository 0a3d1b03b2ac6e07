"""What an OpenID provider says of itself (OpenID Connect Discovery 1.0), checked before it is believed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from echeancier.adapters.servers import is_this_machine
from echeancier.adapters.sign_in.errors import ProviderMisconfiguredError, ProviderUnreachableError
from echeancier.adapters.sign_in.login_settings import LoginSettings

BELIEVED: Final = timedelta(hours=1)
"""How long a description is used without asking again; keys are fetched again as soon as an unknown one signs."""

LARGEST: Final = 1_000_000
"""Bytes of the largest answer read."""


@dataclass(frozen=True)
class Provider:
    """The provider's addresses and keys.

    Attributes:
        issuer: exactly what its tokens must name.
        end_session: where one signs out there; empty when it offers nothing of the kind.
        client_auth: where it wants our secret: ``client_secret_post`` or ``client_secret_basic``.
    """

    issuer: str
    authorization: str
    token: str
    userinfo: str
    jwks: str
    end_session: str
    client_auth: str
    keys: KeySet


class Discovery:
    """Asks a provider who it is, once an hour.

    Args:
        settings: where it is.
        clock: the present instant.
    """

    def __init__(self, settings: LoginSettings, clock: Callable[[], datetime]) -> None:
        self._settings, self._clock = settings, clock
        self._known: tuple[Provider, datetime] | None = None

    async def provider(self, *, again: bool = False) -> Provider:
        """Return the provider as it describes itself.

        Args:
            again: ask even if the answer is fresh: its keys may have changed.

        Raises:
            ProviderUnreachableError: it does not answer.
            ProviderMisconfiguredError: it is not what the settings say, or does not do what we need.
        """
        if self._known is not None and not again and self._clock() - self._known[1] < BELIEVED:
            return self._known[0]
        found = await self._ask()
        self._known = (found, self._clock())
        return found

    async def _ask(self) -> Provider:
        url = f"{self._settings.issuer}/.well-known/openid-configuration"
        said = await _json(url, self._settings.timeout)
        issuer = said.get("issuer")
        if not isinstance(issuer, str) or issuer.rstrip("/") != self._settings.issuer:
            raise ProviderMisconfiguredError(
                "le fournisseur ne porte pas l’adresse donnée par ECHEANCIER_LOGIN__ISSUER"
            )
        _check_abilities(said)
        jwks = _address(said, "jwks_uri", self._settings)
        try:
            keys = KeySet.import_key_set(await _json(jwks, self._settings.timeout))  # type: ignore[arg-type]
        except (JoseError, KeyError, ValueError, TypeError) as error:
            raise ProviderMisconfiguredError(
                f"les clés du fournisseur ne se lisent pas ({type(error).__name__})"
            ) from None
        return Provider(
            issuer=issuer,
            authorization=_address(said, "authorization_endpoint", self._settings),
            token=_address(said, "token_endpoint", self._settings),
            userinfo=_address(said, "userinfo_endpoint", self._settings),
            jwks=jwks,
            end_session=_address(said, "end_session_endpoint", self._settings, required=False),
            client_auth=self._settings.client_auth or _client_auth(said),
            keys=keys,
        )


async def _json(url: str, timeout: float) -> dict[str, object]:  # noqa: ASYNC109 - handed to the client
    try:
        async with httpx2.AsyncClient(timeout=timeout, follow_redirects=False) as client:
            answer = await client.get(url, headers={"Accept": "application/json"})
            if answer.status_code != 200:
                raise _unexpected(answer.status_code, url)
            if len(answer.content) > LARGEST:
                raise ProviderMisconfiguredError("la réponse du fournisseur est démesurée")
            found: object = answer.json()
    except httpx2.HTTPError as error:
        raise ProviderUnreachableError(f"{_place(url)} ne répond pas ({type(error).__name__})") from None
    except ValueError:
        raise ProviderMisconfiguredError(f"{_place(url)} ne répond pas en JSON") from None
    if not isinstance(found, dict):
        raise ProviderMisconfiguredError(f"{_place(url)} ne répond pas par un objet JSON")
    return found


def _unexpected(status: int, url: str) -> Exception:
    words = f"{_place(url)} répond {status}"
    return ProviderUnreachableError(words) if status >= 500 else ProviderMisconfiguredError(words)


def _check_abilities(said: dict[str, object]) -> None:
    types = said.get("response_types_supported")
    if isinstance(types, list) and "code" not in types:
        raise ProviderMisconfiguredError("le fournisseur n’offre pas le flux « code »")
    methods = said.get("code_challenge_methods_supported")
    if isinstance(methods, list) and methods and "S256" not in methods:
        raise ProviderMisconfiguredError("le fournisseur n’offre pas PKCE avec S256")


def _address(said: dict[str, object], name: str, settings: LoginSettings, *, required: bool = True) -> str:
    value = said.get(name)
    if value is None and not required:
        return ""
    parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    over_tls = parts.scheme == "https"
    local = parts.scheme == "http" and settings.issuer.startswith("http:") and is_this_machine(parts.hostname or "")
    if not parts.hostname or not (over_tls or local):
        raise ProviderMisconfiguredError(f"le fournisseur ne donne pas d’adresse sûre pour {name}")
    return str(value)


def _client_auth(said: dict[str, object]) -> str:
    """ProConnect wants the secret in the body; a provider that says nothing wants it in a header (OpenID Core 9)."""
    methods = said.get("token_endpoint_auth_methods_supported")
    return (
        "client_secret_post" if isinstance(methods, list) and "client_secret_post" in methods else "client_secret_basic"
    )


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
