"""Where the mail relay is and how to speak to it."""

import ipaddress
import ssl
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

_PORTS = {"none": 25, "starttls": 587, "tls": 465}


class SmtpSettings(BaseModel):
    """The relay. Times are in seconds.

    `security` is never guessed: an encryption used only « when offered » is lost as soon as somebody on the
    way removes the offer. `content_timeout` is our patience after the final dot: ten minutes (RFC 5321, 4.5.3.2.6),
    since a relay may look for viruses before it answers, and one given up too soon gets the message a second time.
    `ca_file` names the certificate authority of a relay that has a private one; `helo_name` is how we introduce
    ourselves (by default the name of the machine).

    Raises:
        ValueError: A password would travel in clear, or comes without a user name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = Field(min_length=1)
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["none", "starttls", "tls"] = "starttls"
    username: str | None = None
    password: SecretStr | None = None
    timeout: float = Field(default=60, gt=0)
    content_timeout: float = Field(default=600, gt=0)
    connect_timeout: float = Field(default=10, gt=0)
    ca_file: Path | None = None
    helo_name: str | None = None

    @field_validator("security", mode="before")
    @classmethod
    def _left_out(cls, value: object) -> object:
        """A variable passed on empty (a compose file's) says nothing: never that clear text will do."""
        return "starttls" if value == "" else value

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.password is not None and not self.username:
            raise ValueError("un mot de passe SMTP est donné sans nom d’utilisateur")
        if self.username and self.security == "none" and not self._on_this_machine():
            raise ValueError("le mot de passe SMTP partirait en clair\u00a0: choisir starttls ou tls")
        return self

    @property
    def effective_port(self) -> int:
        """The port given, or the usual one of the security mode: 25, 587 or 465."""
        return self.port if self.port is not None else _PORTS[self.security]

    @property
    def in_clear(self) -> bool:
        """Whether messages cross a network in clear."""
        return self.security == "none" and not self._on_this_machine()

    def tls_context(self) -> ssl.SSLContext | None:
        """Return the certificate checks to apply, or None when nothing is encrypted.

        Raises:
            OSError: `ca_file` cannot be read.
        """
        if self.security == "none":
            return None
        return ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)

    def _on_this_machine(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
