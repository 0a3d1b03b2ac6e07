"""Where the mail relay is and how to speak to it."""

from typing import ClassVar, Self

from pydantic import Field, model_validator

from echeancier.adapters.servers import Security, Server


class SmtpSettings(Server):
    """The relay.

    `content_timeout` is our patience after the final dot: ten minutes (RFC 5321, 4.5.3.2.6), since a relay may look for
    viruses before it answers, and one given up too soon gets the message a second time. `helo_name` is how we introduce
    ourselves (by default the name of the machine).

    Raises:
        ValueError: A password would travel in clear, or comes without a user name.
    """

    PORTS: ClassVar[dict[Security, int]] = {"none": 25, "starttls": 587, "tls": 465}
    PASSWORD: ClassVar[str] = "le mot de passe SMTP"  # noqa: S105 - what it is called

    security: Security = "starttls"
    timeout: float = Field(default=60, gt=0)
    content_timeout: float = Field(default=600, gt=0)
    connect_timeout: float = Field(default=10, gt=0)
    helo_name: str | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.password is not None and not self.username:
            raise ValueError("un mot de passe SMTP est donné sans nom d’utilisateur")
        return self
