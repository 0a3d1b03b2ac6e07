"""A real OpenID provider on loopback: idpyoidc's server (discovery, PKCE, signed userinfo, sign-out) behind real HTTP.

It signs what it is asked to; `Provider.spoil` lets a test change a token after it was made and sign it again with the
provider's own key, which is what a hostile or broken provider could send.
"""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from cryptojwt.jwk.hmac import SYMKey
from cryptojwt.jwk.jwk import key_from_jwk_dict
from cryptojwt.jws.jws import JWS, factory
from idpyoidc.message.oidc import AuthorizationRequest
from idpyoidc.server import Server
from idpyoidc.server.exception import ClientAuthenticationError
from idpyoidc.server.user_authn.user import UserAuthnMethod, create_signed_jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.support.openid_configuration import CLAIMS, configuration, give_keys, keyjar

CLIENT = "bureau-des-conventions"
SECRET = "an-invented-secret-of-the-tests-long-enough"

Spoiler = Callable[[dict[str, Any], dict[str, Any]], None]
"""Changes the claims and the header of a token in place."""


class LoginForm(UserAuthnMethod):  # type: ignore[misc]  # published without types
    """The provider's own page: who is there?"""

    def __call__(self, **kwargs: Any) -> str:
        context = self.upstream_get("context")
        ticket = create_signed_jwt(context.issuer, self.upstream_get("attribute", "keyjar"), **kwargs)
        return (
            f'<form method="post" action="{context.issuer}/verify"><input type="hidden" name="ticket" '
            f'value="{escape(ticket)}"><input name="username"></form>'
        )

    def verify(self, **kwargs: Any) -> str:
        return str(kwargs["username"])


@dataclass
class Provider:
    """What a test sees of it.

    Attributes:
        people: user name -> claims.
        asked: queries of the authorization endpoint, as received.
        tokens: everything secret that it handed out.
        spoiled: by kind of token, ``id_token`` or ``userinfo``.
        down: it answers 503 to everything.
        unsigned: its userinfo is plain JSON.
    """

    issuer: str
    server: Any
    people: dict[str, dict[str, Any]]
    asked: list[dict[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    spoiled: dict[str, Spoiler] = field(default_factory=dict)
    unsigned: bool = False
    down: bool = False
    error: str = ""

    def spoil(self, kind: str, how: Spoiler) -> None:
        self.spoiled[kind] = how

    def change_keys(self) -> None:
        """Sign with a new key from now on; the old one is withdrawn."""
        give_keys(self.server.keyjar, self.issuer, "new")

    def _tampered(self, kind: str, token: str) -> str:
        how = self.spoiled.get(kind)
        if how is None:
            return token
        read = factory(token)
        claims, header = dict(read.jwt.payload()), dict(read.jwt.headers)
        how(claims, header)
        keys = self.server.keyjar.get_signing_key("RSA", "")
        if header["alg"].startswith("HS"):
            keys = [SYMKey(key=SECRET)]
        elif header.get("kid") != read.jwt.headers.get("kid"):
            keys = [key_from_jwk_dict({**keys[0].serialize(private=True), "kid": header["kid"]})]
        signer = JWS(json.dumps(claims), alg=header["alg"])
        return str(signer.sign_compact([] if header["alg"] == "none" else keys))

    # ------------------------------------------------------------------ endpoints
    def _answer(self, endpoint: Any, args: Any, **given: Any) -> Response:
        if "http_response" in args:
            return HTMLResponse(args["http_response"])
        if "redirect_location" in args:
            return RedirectResponse(args["redirect_location"], 303)
        info = endpoint.do_response(request=given.get("message"), **args)
        headers = dict(info.get("http_headers", []))
        if info.get("response_placement", endpoint.response_placement) == "url":
            response: Response = RedirectResponse(info["response"], 303)
        else:
            body = info["response"] if isinstance(info["response"], str) else json.dumps(info["response"])
            kind = {name.lower(): value for name, value in headers.items()}.get("content-type", "application/json")
            response = Response(body, 400 if "error" in body[:12] else 200, media_type=kind)
        for cookie in args.get("cookie", []):
            response.set_cookie(cookie["name"], cookie["value"], path="/")
        return response

    def _http(self, request: Request) -> dict[str, Any]:
        cookies = [{"name": name, "value": value} for name, value in request.cookies.items()]
        return {
            "headers": dict(request.headers),
            "method": request.method,
            "url": str(request.url),
            "cookie": cookies,
        }

    async def discovery(self, request: Request) -> Response:
        endpoint = self.server.get_endpoint("provider_config")
        return self._answer(endpoint, endpoint.process_request({}, http_info=self._http(request)))

    async def jwks(self, _: Request) -> Response:
        return Response(self.server.keyjar.export_jwks_as_json(issuer_id=""), media_type="application/json")

    async def authorize(self, request: Request) -> Response:
        self.asked.append(dict(request.query_params))
        if self.error:
            state = request.query_params["state"]
            back = urlencode({"error": self.error, "state": state})
            return RedirectResponse(f"{request.query_params['redirect_uri']}?{back}", 303)
        endpoint = self.server.get_endpoint("authorization")
        asked = endpoint.parse_request(dict(request.query_params), http_info=self._http(request))
        if "error" in asked:
            return PlainTextResponse(str(asked.to_dict()), 400)
        return self._answer(endpoint, endpoint.process_request(asked, http_info=self._http(request)), message=asked)

    async def verify(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        method = self.server.context.authn_broker.get_method_by_id("form")
        user, ticket = method.verify(**form), method.unpack_token(form["ticket"])
        asked = AuthorizationRequest().from_urlencoded(ticket["query"])
        endpoint = self.server.get_endpoint("authorization")
        session = endpoint.create_session(asked, user, ticket["authn_class_ref"], ticket["iat"], method)
        return self._answer(endpoint, endpoint.authz_part2(request=asked, session_id=session), message=asked)

    async def token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        endpoint = self.server.get_endpoint("token")
        try:
            asked = endpoint.parse_request(form, http_info=self._http(request))
        except ClientAuthenticationError:
            return Response('{"error": "invalid_client"}', 401, media_type="application/json")
        if "error" in asked:
            return Response(asked.to_json(), 400, media_type="application/json")
        args = endpoint.process_request(asked, http_info=self._http(request))
        if "error" in args:
            return Response(args.to_json(), 400, media_type="application/json")
        given = args["response_args"]
        given["id_token"] = self._tampered("id_token", given["id_token"])
        self.tokens += [form["code"], given["id_token"], given["access_token"]]
        return self._answer(endpoint, args, message=asked)

    async def userinfo(self, request: Request) -> Response:
        endpoint = self.server.get_endpoint("userinfo")
        asked = endpoint.parse_request({}, http_info=self._http(request))
        if "error" in asked:
            return Response(asked.to_json(), 401, media_type="application/json")
        args = endpoint.process_request(asked, http_info=self._http(request))
        if self.unsigned:
            return Response(json.dumps(dict(args["response_args"])), media_type="application/json")
        info = endpoint.do_response(request=asked, **args)
        return Response(self._tampered("userinfo", info["response"]), media_type="application/jwt")

    async def end_session(self, request: Request) -> Response:
        endpoint = self.server.get_endpoint("session")
        # A browser asks, which is no client of the provider's: idpyoidc 5.0 looks for a client's token all the same.
        endpoint.client_authentication = lambda *_, **__: {}
        asked = endpoint.parse_request(dict(request.query_params), http_info=self._http(request))
        return self._answer(endpoint, endpoint.process_request(asked, http_info=self._http(request)))

    async def verify_logout(self, request: Request) -> Response:
        """The provider asks nothing more: it ends the session and sends the person back."""
        endpoint = self.server.get_endpoint("session")
        told = endpoint.unpack_signed_jwt(request.query_params["sjwt"])
        endpoint.do_verified_logout(told["sid"])
        return RedirectResponse(told["redirect_uri"], 303)

    def application(self) -> Starlette:
        routes = {
            "/.well-known/openid-configuration": self.discovery, "/jwks.json": self.jwks,
            "/authorization": self.authorize, "/verify": self.verify, "/token": self.token,
            "/userinfo": self.userinfo, "/session": self.end_session, "/verify_logout": self.verify_logout,
        }  # fmt: skip
        return Starlette(
            routes=[Route(path, self._unless_down(page), methods=["GET", "POST"]) for path, page in routes.items()]
        )

    def _unless_down(self, page: Callable[[Request], Any]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            found: Response = Response(status_code=503) if self.down else await page(request)
            return found

        return answer


@contextlib.asynccontextmanager
async def openid_provider(
    people: dict[str, dict[str, Any]], callback: str, after_logout: str, directory: Path
) -> AsyncIterator[Provider]:
    """Serve a provider on a free port of loopback until the test ends."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        issuer = f"http://127.0.0.1:{sock.getsockname()[1]}"
        server = Server(configuration(issuer, people, directory, LoginForm), keyjar=keyjar(issuer), cwd=str(directory))
        server.context.cdb[CLIENT] = {
            "client_id": CLIENT, "client_secret": SECRET, "client_salt": "salted",
            "redirect_uris": [(callback, None)], "post_logout_redirect_uri": [(after_logout, None)],
            "response_types_supported": ["code"], "token_endpoint_auth_method": "client_secret_post",
            "allowed_scopes": ["openid", *CLAIMS],
            "id_token_signed_response_alg": "RS256", "userinfo_signed_response_alg": "RS256",
        }  # fmt: skip
        server.keyjar.add_symmetric(CLIENT, SECRET)
        provider = Provider(issuer, server, people)
        config = uvicorn.Config(provider.application(), log_config=None, access_log=False, lifespan="off")
        serving = _Quiet(config)
        task = asyncio.create_task(serving.serve(sockets=[sock]))
        try:
            yield provider
        finally:
            serving.should_exit = True
            await task


class _Quiet(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield
