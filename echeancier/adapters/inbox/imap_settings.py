"""Where the mailbox of the answers is and how to speak to it."""

from typing import ClassVar, Self

from pydantic import Field, SecretStr, model_validator

from echeancier.adapters.servers import Security, Server


class ImapSettings(Server):
    """The mailbox that receives the answers to invitations and the delivery reports.

    It should be used for nothing else: whatever is in ``folder`` is read and then moved.

    Attributes:
        folder: where mail arrives.
        done: where what was dealt with goes.
        to_read: where what a person must read goes.
        authserv_id: the name our own mail server gives itself in the fields « Authentication-Results » it adds (RFC 8601);
            without it no mailed answer is proven.

    Raises:
        ValueError: the password would travel in clear, or two folders are the same.
    """

    PORTS: ClassVar[dict[Security, int]] = {"none": 143, "starttls": 143, "tls": 993}
    PASSWORD: ClassVar[str] = "le mot de passe de la boîte"  # noqa: S105 - what it is called

    security: Security = "tls"
    username: str = Field(min_length=1)
    password: SecretStr
    timeout: float = Field(default=30, gt=0)
    folder: str = Field(default="INBOX", min_length=1)
    done: str = Field(default="Traité", min_length=1)
    to_read: str = Field(default="À voir", min_length=1)
    authserv_id: str = Field(default="", pattern=r"^[A-Za-z0-9._-]{0,255}$")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if len({self.folder, self.done, self.to_read}) < 3:
            raise ValueError("les trois dossiers de la boîte doivent être différents")
        return self
