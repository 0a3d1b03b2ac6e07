"""How a server is reached: whether it is this machine; for one of mail, its port, its encryption (never guessed), its checks."""

import ipaddress
import ssl
from pathlib import Path
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

Security = Literal["none", "starttls", "tls"]


def is_this_machine(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Server(BaseModel):
    """A server of mail. Times are in seconds.

    `security` is never guessed: an encryption used only « when offered » is lost as soon as somebody on the
    way removes the offer. `ca_file` names the certificate authority of a server that has a private one.

    Attributes:
        PORTS: the usual port of each security.
        PASSWORD: what a refusal calls its password.

    Raises:
        ValueError: the password would travel in clear.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    PORTS: ClassVar[dict[Security, int]]
    PASSWORD: ClassVar[str]

    host: str = Field(min_length=1)
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Security
    username: str | None = None
    password: SecretStr | None = None
    timeout: float = Field(gt=0)
    ca_file: Path | None = None

    @field_validator("security", mode="before")
    @classmethod
    def _left_out(cls, value: object) -> object:
        """A variable passed on empty (a compose file's) says nothing: never that clear text will do."""
        return cls.model_fields["security"].default if value == "" else value

    @model_validator(mode="after")
    def _keep_the_password(self) -> Self:
        if self.username and self.in_clear:
            raise ValueError(f"{self.PASSWORD} partirait en clair\u00a0: choisir starttls ou tls")
        return self

    @property
    def effective_port(self) -> int:
        """The port given, or the usual one of the security mode."""
        return self.port if self.port is not None else self.PORTS[self.security]

    @property
    def in_clear(self) -> bool:
        """Whether what is said crosses a network in clear."""
        return self.security == "none" and not is_this_machine(self.host)

    def tls_context(self) -> ssl.SSLContext | None:
        """Return the certificate checks to apply, or None when nothing is encrypted.

        Raises:
            OSError: `ca_file` cannot be read.
        """
        if self.security == "none":
            return None
        return ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)
