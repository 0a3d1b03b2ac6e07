"""Where people sign in: an OpenID provider of the town hall's, or ProConnect."""

from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from echeancier.adapters.servers import is_this_machine

SAFE_ALGORITHMS: Final = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)
"""Signatures made with a key that we do not hold; never « none », never HS256, which our own secret could forge."""


class LoginSettings(BaseModel):
    """How the desk knows people, by OpenID Connect. Variables ``ECHEANCIER_LOGIN__…``.

    Attributes:
        issuer: the provider's address, to which ``/.well-known/openid-configuration`` is added.
        client_id: what the provider calls us.
        client_secret_file: file that holds the secret, and nothing else.
        roles: TOML file that says who may do what; see ``docs/desk.md``.
        name: what the button calls the provider.
        scopes: separated by spaces; always with ``openid``.
        acr_values: levels of assurance asked for, such as ``eidas1``; the answer must then name one of them.
        algorithms: signatures accepted, separated by spaces.
        signed_userinfo: refuse an identity that is not a signed token. ProConnect always signs it.
        trust_email: take an address for verified when the provider says nothing of it (never when it says no).
        groups_claim: the claim that lists a person's groups.
        client_auth: where the secret is put, when the provider's own description misleads.
        timeout: seconds given to the provider for each answer.
        leeway: seconds by which its clock and ours may differ.
        idle_minutes: a session that does nothing ends after that.
        session_hours: and every session after that; ProConnect's own lasts twelve hours.

    Raises:
        ValueError: a value does not suit; the message is French.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    issuer: str
    client_id: str = Field(min_length=1)
    client_secret_file: Path
    roles: Path
    name: str = "ProConnect"
    scopes: str = "openid given_name usual_name email siret idp_id"
    acr_values: str = ""
    algorithms: str = "RS256 ES256"
    signed_userinfo: bool = False
    trust_email: bool = False
    groups_claim: str = "groups"
    client_auth: str = ""
    timeout: float = Field(default=10, gt=0, le=60)
    leeway: int = Field(default=60, ge=0, le=300)
    idle_minutes: int = Field(default=60, ge=5, le=24 * 60)
    session_hours: int = Field(default=10, ge=1, le=24 * 7)

    @field_validator("issuer")
    @classmethod
    def _over_tls(cls, value: str) -> str:
        parts = urlsplit(value)
        if not parts.hostname or parts.query or parts.fragment or parts.scheme not in ("http", "https"):
            raise ValueError("l’adresse du fournisseur est attendue, comme https://connexion.example/api/v2")
        if parts.scheme == "http" and not is_this_machine(parts.hostname):
            raise ValueError("l’identité des personnes passerait en clair\u00a0: l’adresse commence par https://")
        return value.rstrip("/")

    @field_validator("scopes")
    @classmethod
    def _with_openid(cls, value: str) -> str:
        if "openid" not in value.split():
            raise ValueError("la portée openid est obligatoire")
        return " ".join(value.split())

    @field_validator("algorithms")
    @classmethod
    def _that_we_cannot_forge(cls, value: str) -> str:
        wrong = sorted(set(value.split()) - SAFE_ALGORITHMS)
        if wrong or not value.split():
            raise ValueError(
                f"signature refusée ({', '.join(wrong) or 'aucune donnée'})\u00a0: au choix "
                + ", ".join(sorted(SAFE_ALGORITHMS))
            )
        return value

    @field_validator("client_auth")
    @classmethod
    def _check_client_auth(cls, value: str) -> str:
        if value not in ("", "client_secret_post", "client_secret_basic"):
            raise ValueError("au choix client_secret_post ou client_secret_basic")
        return value

    @model_validator(mode="after")
    def _ends_in_time(self) -> Self:
        if self.idle_minutes > self.session_hours * 60:
            raise ValueError("une session ne peut pas rester inactive plus longtemps qu’elle ne dure")
        return self
