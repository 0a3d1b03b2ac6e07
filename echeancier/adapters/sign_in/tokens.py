"""Tokens read only once they are verified: signature by the provider's keys, and every claim that protects us."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from echeancier.adapters.sign_in.errors import ClockSkewError, TokenRefusedError

_FAR: Final = timedelta(hours=12)
"""A token dated further away than that is an old one, not a clock that is wrong."""


class UnknownKeyError(Exception):
    """A key that we do not know signed: the provider may have changed its keys."""


def signed_claims(token: str, keys: KeySet, algorithms: frozenset[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the claims and the header of a signed token.

    Args:
        token: in compact form.
        keys: the provider's.
        algorithms: the signatures we accept, whatever the token says.

    Raises:
        UnknownKeyError: none of the keys has the id that the token names.
        TokenRefusedError: it is not a token, or its signature does not hold.
    """
    registry = JWSRegistry(algorithms=sorted(algorithms), strict_check_header=False)
    try:
        read = jwt.decode(token, keys, registry=registry)
    except InvalidKeyIdError:
        raise UnknownKeyError from None
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise TokenRefusedError(f"signature ({type(error).__name__})") from None
    return read.claims, dict(read.header)


def check_id_token(
    claims: Mapping[str, Any],
    header: Mapping[str, Any],
    *,
    issuer: str,
    client_id: str,
    nonce: str,
    access_token: str,
    now: datetime,
    leeway: int,
) -> None:
    """Check an ID token as OpenID Connect Core 3.1.3.7 asks.

    Raises:
        ClockSkewError: it is from a future, or a past, that only a wrong clock explains.
        TokenRefusedError: it was not made for us, for this sign-in, or by this provider; or it has expired.
    """
    options = {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": client_id},
        "sub": {"essential": True},
        "nonce": {"essential": True, "value": nonce},
    }
    params = {"nonce": nonce, "client_id": client_id, "access_token": access_token}
    _check_clock(claims, now, leeway)
    try:
        CodeIDToken(dict(claims), dict(header), options, params).validate(now=int(now.timestamp()), leeway=leeway)
    except ExpiredTokenError:
        raise TokenRefusedError("jeton d’identité périmé") from None
    except JoseError as error:
        raise TokenRefusedError(f"jeton d’identité, {error.description or error.error}") from None


def check_userinfo(claims: Mapping[str, Any], *, issuer: str, client_id: str, now: datetime, leeway: int) -> None:
    """Check the claims of a signed userinfo (OpenID Connect Core 5.3.2): from this provider, for us, still valid.

    Raises:
        ClockSkewError: only a wrong clock explains it.
        TokenRefusedError: it is not meant for us.
    """
    if claims.get("iss") != issuer:
        raise TokenRefusedError("identité signée, iss")
    audience = claims.get("aud")
    if client_id not in (audience if isinstance(audience, list) else [audience]):
        raise TokenRefusedError("identité signée, aud")
    _check_clock(claims, now, leeway)
    expires = _instant(claims.get("exp"))
    if "exp" in claims and (expires is None or expires <= now.timestamp() - leeway):
        raise TokenRefusedError("identité signée, périmée")


def _check_clock(claims: Mapping[str, Any], now: datetime, leeway: int) -> None:
    issued, expires = _instant(claims.get("iat")), _instant(claims.get("exp"))
    if issued is None:
        return
    age = now.timestamp() - issued
    if -_FAR.total_seconds() < age < -leeway:
        raise ClockSkewError(f"l’horloge du fournisseur avance sur la nôtre de {round(-age)} secondes")
    if expires is not None and expires <= now.timestamp() - leeway and age < _FAR.total_seconds():
        raise ClockSkewError(
            f"jeton émis il y a {round(age)} secondes et déjà périmé\u00a0: l’horloge de ce serveur avance, ou la "
            "réponse s’est perdue en route"
        )


def _instant(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
