"""Signing in with an OpenID provider: authorization code with PKCE, state and nonce, ID token and userinfo verified."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from echeancier.adapters.sign_in.discovery import LARGEST, Discovery, Provider
from echeancier.adapters.sign_in.errors import (
    CANCELLED,
    LoginCancelledError,
    ProviderMisconfiguredError,
    ProviderUnreachableError,
    TokenRefusedError,
)
from echeancier.adapters.sign_in.login_settings import LoginSettings
from echeancier.adapters.sign_in.tokens import UnknownKeyError, check_id_token, check_userinfo, signed_claims

_OUR_FAULT: Final = frozenset(
    {"invalid_client", "unauthorized_client", "invalid_scope", "unsupported_response_type", "invalid_request"}
)


@dataclass(frozen=True)
class Attempt:
    """The secrets of one way in, kept on the server until the person comes back.

    Attributes:
        state: ties the answer to the question.
        nonce: ties the ID token to the question.
        verifier: of PKCE (RFC 7636); only its digest travels by the browser.
    """

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Verified:
    """Whom the provider vouches for.

    Attributes:
        claims: of the ID token and of the userinfo, about the same ``sub``.
        id_token: as received: signing out there asks for it.
    """

    claims: Mapping[str, Any] = field(repr=False)
    id_token: str = field(repr=False)


class OpenIdProvider:
    """One provider, as one client of it.

    Args:
        settings: where it is, and what we demand of it.
        secret: what it gave us at registration.
        callback: our public address to which it sends people back.
        clock: the present instant, aware: tokens are checked against it.
    """

    def __init__(self, settings: LoginSettings, secret: str, callback: str, clock: Callable[[], datetime]) -> None:
        self._settings, self._secret, self._callback, self._clock = settings, secret, callback, clock
        self._algorithms = frozenset(settings.algorithms.split())
        self._discovery = Discovery(settings, clock)

    async def check(self) -> None:
        """Ask the provider who it is, as when the program starts.

        Raises:
            LoginError: why nobody could sign in now.
        """
        await self._discovery.provider()

    async def way_in(self, attempt: Attempt, *, another: bool = False) -> str:
        """Return the address at which a person signs in.

        Args:
            attempt: its secrets.
            another: have the person choose the account again.

        Raises:
            LoginError: the provider cannot be used.
        """
        provider = await self._discovery.provider()
        more = {"acr_values": self._settings.acr_values} if self._settings.acr_values else {}
        more |= {"prompt": "login"} if another else {}
        async with self._client(provider) as client:
            url, _ = client.create_authorization_url(
                provider.authorization,
                state=attempt.state,
                code_verifier=attempt.verifier,
                nonce=attempt.nonce,
                **more,
            )
        return str(url)

    async def finish(self, answer: Mapping[str, str], attempt: Attempt) -> Verified:
        """Return whom the provider vouches for.

        Args:
            answer: the query of the address to which it sent the person back; its ``state`` is already checked.
            attempt: the secrets of the question.

        Raises:
            LoginError: nobody can be let in on this answer.
        """
        provider = await self._discovery.provider()
        _check_answer(answer, provider)
        async with self._client(provider) as client:
            token = await self._exchange(client, provider, answer["code"], attempt)
            id_token, access_token = token.get("id_token"), token.get("access_token")
            if not isinstance(id_token, str) or not isinstance(access_token, str):
                raise TokenRefusedError("ni jeton d’identité ni jeton d’accès dans la réponse")
            provider, claims, header = await self._signed(provider, id_token)
            check_id_token(
                claims, header, issuer=provider.issuer, client_id=self._settings.client_id, nonce=attempt.nonce,
                access_token=access_token, now=self._clock(), leeway=self._settings.leeway,
            )  # fmt: skip
            self._check_assurance(claims)
            identity = await self._userinfo(client, provider)
        if identity.get("sub") != claims["sub"]:
            raise TokenRefusedError("l’identité n’est pas celle du jeton (sub)")
        return Verified({**claims, **identity}, id_token)

    async def way_out(self, id_token: str, state: str, back: str) -> str:
        """Return the address at which one signs out of the provider too; empty when it offers none.

        Args:
            id_token: received when the person signed in.
            state: comes back with the person.
            back: our public address to which the person comes back, registered with the provider.

        Raises:
            LoginError: the provider cannot be used.
        """
        provider = await self._discovery.provider()
        if not provider.end_session or not id_token:
            return ""
        asked = {"id_token_hint": id_token, "state": state, "post_logout_redirect_uri": back}
        return f"{provider.end_session}{'&' if '?' in provider.end_session else '?'}{urlencode(asked)}"

    def _client(self, provider: Provider) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            client_id=self._settings.client_id,
            client_secret=self._secret,
            token_endpoint_auth_method=provider.client_auth,
            scope=self._settings.scopes,
            redirect_uri=self._callback,
            code_challenge_method="S256",
            # ProConnect's access tokens live sixty seconds: with the library's own margin they would be dead at birth.
            leeway=0,
            timeout=self._settings.timeout,
            follow_redirects=False,
        )

    async def _exchange(
        self, client: AsyncOAuth2Client, provider: Provider, code: str, attempt: Attempt
    ) -> Mapping[str, Any]:
        try:
            found = await client.fetch_token(
                provider.token,
                grant_type="authorization_code",
                code=code,
                code_verifier=attempt.verifier,
                redirect_uri=self._callback,
            )
        except httpx2.HTTPError as error:
            raise ProviderUnreachableError(f"l’échange du code n’aboutit pas ({type(error).__name__})") from None
        except AuthlibBaseError as error:
            if error.error in _OUR_FAULT:
                raise ProviderMisconfiguredError(f"l’échange du code est refusé ({error.error})") from None
            raise TokenRefusedError(f"l’échange du code est refusé ({error.error})") from None
        except (ValueError, KeyError, TypeError) as error:
            raise ProviderUnreachableError(f"l’échange du code est illisible ({type(error).__name__})") from None
        if not isinstance(found, Mapping):
            raise TokenRefusedError("l’échange du code est illisible")
        return found

    async def _signed(self, provider: Provider, token: str) -> tuple[Provider, dict[str, Any], dict[str, Any]]:
        """Verify a signature, with the provider's new keys if it changed them; no claim is checked here."""
        try:
            return provider, *signed_claims(token, provider.keys, self._algorithms)
        except UnknownKeyError:
            provider = await self._discovery.provider(again=True)
        try:
            return provider, *signed_claims(token, provider.keys, self._algorithms)
        except UnknownKeyError:
            raise TokenRefusedError("signature d’une clé que le fournisseur ne publie pas") from None

    async def _userinfo(self, client: AsyncOAuth2Client, provider: Provider) -> dict[str, Any]:
        """Return the identity; a signed one is verified like the ID token (ProConnect answers ``application/jwt``)."""
        try:
            answer = await client.get(provider.userinfo, headers={"Accept": "application/jwt, application/json"})
        except httpx2.HTTPError as error:
            raise ProviderUnreachableError(f"l’identité n’arrive pas ({type(error).__name__})") from None
        except AuthlibBaseError as error:
            raise TokenRefusedError(f"l’identité est refusée ({error.error})") from None
        if answer.status_code >= 500:
            raise ProviderUnreachableError(f"l’identité n’arrive pas ({answer.status_code})")
        if answer.status_code != 200 or len(answer.content) > LARGEST:
            raise TokenRefusedError(f"l’identité est refusée ({answer.status_code})")
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/jwt":
            provider, claims, _ = await self._signed(provider, answer.text.strip())
            check_userinfo(
                claims, issuer=provider.issuer, client_id=self._settings.client_id,
                now=self._clock(), leeway=self._settings.leeway,
            )  # fmt: skip
            return claims
        if self._settings.signed_userinfo:
            raise TokenRefusedError("l’identité n’est pas signée")
        try:
            found = answer.json()
        except ValueError:
            raise TokenRefusedError("l’identité est illisible") from None
        if not isinstance(found, dict):
            raise TokenRefusedError("l’identité est illisible")
        return found

    def _check_assurance(self, claims: Mapping[str, Any]) -> None:
        asked = self._settings.acr_values.split()
        if asked and claims.get("acr") not in asked:
            raise TokenRefusedError("niveau de garantie (acr)")


def _check_answer(answer: Mapping[str, str], provider: Provider) -> None:
    error = answer.get("error", "")
    if error in CANCELLED:
        raise LoginCancelledError(error)
    if error:
        known = error if error in _OUR_FAULT else "autre erreur"
        raise ProviderMisconfiguredError(f"le fournisseur refuse la demande ({known})")
    if answer.get("iss", provider.issuer) != provider.issuer:  # RFC 9207
        raise TokenRefusedError("la réponse vient d’un autre fournisseur (iss)")
    if not answer.get("code"):
        raise TokenRefusedError("réponse sans code")
