"""How the provider of the tests is set up: what ProConnect does, as far as it is published."""

from functools import cache
from pathlib import Path
from typing import Any

from cryptojwt import KeyJar
from cryptojwt.jwk.rsa import RSAKey, new_rsa_key

CLAIMS = ["sub", "given_name", "usual_name", "email", "email_verified", "siret", "idp_id", "groups"]


@cache
def _key(name: str) -> RSAKey:
    """Making one takes a noticeable time: once for all the tests of a run."""
    return new_rsa_key(kid=name, use="sig")


def keyjar(issuer: str) -> Any:
    """The provider's keys when it starts."""
    keys = KeyJar()
    give_keys(keys, issuer, "first")
    return keys


def give_keys(keys: Any, issuer: str, name: str) -> None:
    """Sign with another key from now on."""
    for owner in ("", issuer):
        keys.import_jwks({"keys": [_key(name).serialize(private=True)]}, owner)


def configuration(issuer: str, people: dict[str, dict[str, Any]], directory: Path, form: type) -> dict[str, Any]:
    oidc = "idpyoidc.server.oidc"
    seconds = {
        "authorization_code": {
            "supports_minting": ["access_token", "id_token"],
            "max_usage": 1,
            "expires_in": 30,
        }
    }
    return {
        "issuer": issuer,
        "httpc_params": {"verify": False, "timeout": 2},
        "template_dir": str(directory),
        "key_conf": {"uri_path": "jwks.json"},
        "preference": {
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "claims_supported": CLAIMS, "scopes_supported": ["openid", *CLAIMS],
        },
        "authz": {
            "class": "idpyoidc.server.authz.AuthzHandling",
            # ProConnect's own durations: a code lives thirty seconds, an access token sixty.
            "kwargs": {"grant_config": {"usage_rules": {**seconds, "access_token": {"expires_in": 60}}, "expires_in": 43200}},
        },
        "token_handler_args": {
            "key_conf": {"key_defs": [{"type": "oct", "bytes": 24, "use": ["enc"], "kid": "code"}]},
            "code": {"lifetime": 30, "kwargs": {}},
            "token": {"class": "idpyoidc.server.token.jwt_token.JWTToken", "kwargs": {"lifetime": 60, "alg": "RS256"}},
            "id_token": {"class": "idpyoidc.server.token.id_token.IDToken", "kwargs": {"lifetime": 60}},
        },
        "endpoint": {
            "provider_config": {
                "path": ".well-known/openid-configuration",
                "class": f"{oidc}.provider_config.ProviderConfiguration",
                "kwargs": {"client_authn_method": None},
            },
            "authorization": {
                "path": "authorization", "class": f"{oidc}.authorization.Authorization",
                "kwargs": {"client_authn_method": None, "response_types_supported": ["code"]},
            },
            "token": {
                "path": "token", "class": f"{oidc}.token.Token",
                "kwargs": {"client_authn_method": ["client_secret_post", "client_secret_basic"]},
            },
            "userinfo": {"path": "userinfo", "class": f"{oidc}.userinfo.UserInfo",
                "kwargs": {"client_authn_method": ["bearer_header"]}},
            "session": {
                "path": "session", "class": f"{oidc}.session.Session",
                "kwargs": {
                    "logout_verify_url": f"{issuer}/verify_logout", "post_logout_uri_path": "post_logout",
                    "signing_alg": "RS256", "client_authn_method": None,
                },
            },
        },
        "add_on": {
            "pkce": {
                "function": "idpyoidc.server.oauth2.add_on.pkce.add_support",
                "kwargs": {"essential": True, "code_challenge_methods": {"S256": None}},
            }
        },
        "userinfo": {"class": "idpyoidc.server.user_info.UserInfo", "kwargs": {"db": people}},
        "authentication": {
            "form": {"acr": "eidas1", "class": form, "kwargs": {}},
        },
        "scopes_to_claims": {"openid": ["sub"], "email": ["email", "email_verified"], **{
            name: [name] for name in CLAIMS if name not in ("sub", "email", "email_verified")
        }},
        "cookie_handler": {
            "class": "idpyoidc.server.cookie_handler.CookieHandler",
            "kwargs": {"keys": {"key_defs": [
                {"type": "OCT", "kid": "sig", "use": ["sig"]}, {"type": "OCT", "kid": "enc", "use": ["enc"]},
            ]}, "name": {"session": "oidc_op", "register": "oidc_op_rp", "session_management": "oidc_op_sman"}},
        },
    }  # fmt: skip
