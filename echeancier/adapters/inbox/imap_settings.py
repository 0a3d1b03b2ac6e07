"""Where the mailbox of the answers is and how to speak to it."""

import ipaddress
import ssl
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

_PORTS = {"none": 143, "starttls": 143, "tls": 993}


class ImapSettings(BaseModel):
    """The mailbox that receives the answers to invitations and the delivery reports. Times are in seconds.

    It should be used for nothing else: whatever is in ``folder`` is read and then moved.

    Attributes:
        security: never guessed, as for the relay.
        folder: where mail arrives.
        done: where what was dealt with goes.
        to_read: where what a person must read goes.
        ca_file: the certificate authority of a server that has a private one.
        authserv_id: the name our own mail server gives itself in the fields « Authentication-Results » it adds (RFC 8601);
            without it no mailed answer is proven.

    Raises:
        ValueError: the password would travel in clear, or two folders are the same.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = Field(min_length=1)
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["none", "starttls", "tls"] = "tls"
    username: str = Field(min_length=1)
    password: SecretStr
    timeout: float = Field(default=30, gt=0)
    folder: str = Field(default="INBOX", min_length=1)
    done: str = Field(default="Traité", min_length=1)
    to_read: str = Field(default="À voir", min_length=1)
    ca_file: Path | None = None
    authserv_id: str = Field(default="", pattern=r"^[A-Za-z0-9._-]{0,255}$")

    @field_validator("security", mode="before")
    @classmethod
    def _left_out(cls, value: object) -> object:
        """A variable passed on empty (a compose file's) says nothing: never that clear text will do."""
        return "tls" if value == "" else value

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.security == "none" and not self._on_this_machine():
            raise ValueError("le mot de passe de la boîte partirait en clair\u00a0: choisir starttls ou tls")
        if len({self.folder, self.done, self.to_read}) < 3:
            raise ValueError("les trois dossiers de la boîte doivent être différents")
        return self

    @property
    def effective_port(self) -> int:
        """The port given, or the usual one of the security mode: 143 or 993."""
        return self.port if self.port is not None else _PORTS[self.security]

    def tls_context(self) -> ssl.SSLContext:
        """Return the certificate checks to apply.

        Raises:
            OSError: `ca_file` cannot be read.
        """
        return ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)

    def _on_this_machine(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
