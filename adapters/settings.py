"""Settings of the program: environment variables that begin with ``ECHEANCIER_``, or a ``.env`` file."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.smtp_settings import SmtpSettings


class Settings(BaseSettings):
    """Everything a town hall may set; see ``docs/operations.md``.

    Attributes:
        data: directory of the engine's file, the documents and the captured mail.
        smtp: the relay; without it every mail is captured under ``data`` and none leaves the machine.
        sender: the permanent mailbox that writes, organises meetings and is read by somebody.
        sender_name: its name as readers see it.
        bounces: where delivery failures come back.
        stop_sending: emergency stop: messages are stored instead of sent.
        by: the function recorded as the author of what the command line records.
        desk_host, desk_port: where the web desk listens.
    """

    model_config = SettingsConfigDict(
        env_prefix="ECHEANCIER_", env_nested_delimiter="__", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    data: Path = Path("var")
    smtp: SmtpSettings | None = None
    sender: str = "agenda@commune.example"
    sender_name: str = "Échéancier – agenda des conventions"
    bounces: str = ""
    stop_sending: bool = False
    by: str = "coordinator"
    desk_url: str = ""
    desk_host: str = "127.0.0.1"
    desk_port: int = Field(default=8000, ge=0, le=65535)

    @property
    def bounce_address(self) -> str:
        """Where delivery failures come back: the sender's own mailbox unless set."""
        return self.bounces or self.sender

    @property
    def domain(self) -> str:
        """The domain of our message ids."""
        return self.sender.rpartition("@")[2]
