"""Settings of the program: environment variables that begin with ``ECHEANCIER_``, or a ``.env`` file."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from echeancier.adapters.inbox.imap_settings import ImapSettings
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.settings.digest import DigestSettings
from echeancier.adapters.sign_in.login_settings import LoginSettings
from echeancier.adapters.web.monitor import HeartbeatSettings
from echeancier.adapters.web.public_url import checked_public_url
from echeancier.domain.errors import EcheancierError
from echeancier.domain.terms.item_kinds import ITEM_KINDS, Stake
from echeancier.domain.text import checked_address

_PREFIX, _NESTED = "ECHEANCIER_", "__"


class WrongSettingsError(EcheancierError):
    """A variable of the environment, or of ``.env``, must be put right; no value is shown: it may be a password."""


class Settings(BaseSettings):
    """Everything a town hall may set; see ``docs/operations.md``.

    Attributes:
        data: directory of the engine's file, the documents and the captured mail.
        smtp: the relay; without it every mail is captured under ``data`` and none leaves the machine.
        sender: the permanent mailbox that writes, organises meetings and is read by somebody.
        sender_name: its name as readers see it.
        bounces: where delivery failures come back.
        imap: the mailbox that receives answers and delivery reports; without it they are recorded by hand.
        nudge_days: days before a meeting at which silent guests are asked again, 0 for never; left out, seven where
            answers are read and never where they are not: nobody is told that he is silent when nobody listens.
        one_mail_a_day: each person gets one mail a day, of all conventions, invitations and what cannot wait apart; false, and
            each leaves as it comes.
        gather_minutes: how long the mail of the day waits, once it is asked for, for what other conventions have to say.
        encrypt: seal what is kept, with one key per convention; off only to measure what it costs.
        master_key_file: wraps those keys; by default in the user's configuration, never under ``data``.
        stakes: what is at stake with a kind of deadline, ``hard`` or ``soft``, where it is not taken as usual.
        stop_sending: emergency stop: messages are held, and leave once it is over.
        redirect_to: for trials: every message goes to this mailbox instead of those it is written to.
        by: the function recorded as the author of what the command line records.
        desk_host, desk_port: where the web desk listens.
        login: how the desk knows people; without it, one operator on this machine only.
        trusted_proxies: addresses or networks, separated by commas, whose word about the visitor is taken.
        digest: the weekly mail to those who run or answer for conventions.
        heartbeat: the robot's rounds, and the outside monitor they are told to.
        feeds_url: public address under which calendars find the feeds, when it is not that of the desk.
        links_url: public address of the partners' pages; without it mails carry no link and the pages are not served.
        links_host, links_port: where these pages listen, behind the proxy that has the public address.
    """

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_nested_delimiter=_NESTED,
        env_file=".env",
        extra="ignore",
        hide_input_in_errors=True,
    )

    data: Path = Path("var")
    smtp: SmtpSettings | None = None
    sender: str = "agenda@commune.example"
    sender_name: str = "Échéancier – agenda des conventions"
    bounces: str = ""
    imap: ImapSettings | None = None
    nudge_days: int | None = Field(default=None, ge=0, le=60)
    one_mail_a_day: bool = True
    gather_minutes: int = Field(default=5, ge=0, le=60)
    encrypt: bool = True
    master_key_file: Path | None = None
    stakes: dict[str, Stake] = Field(default_factory=dict)
    stop_sending: bool = False
    redirect_to: str = ""
    by: str = "coordinator"
    desk_url: str = ""
    desk_host: str = "127.0.0.1"
    desk_port: int = Field(default=8000, ge=0, le=65535)
    login: LoginSettings | None = None
    trusted_proxies: str = ""
    feeds_url: str = ""
    links_url: str = ""
    links_host: str = "127.0.0.1"
    links_port: int = Field(default=8001, ge=0, le=65535)
    digest: DigestSettings = DigestSettings()
    heartbeat: HeartbeatSettings = HeartbeatSettings()

    @field_validator("sender", "bounces", "redirect_to")
    @classmethod
    def _usable(cls, value: str) -> str:
        return checked_address(value) if value else value

    @field_validator("stakes")
    @classmethod
    def _known_kinds(cls, value: dict[str, Stake]) -> dict[str, Stake]:
        if unknown := sorted(set(value) - set(ITEM_KINDS)):
            raise ValueError(
                f"{', '.join(unknown)} n’est pas une nature d’échéance ; au choix : {', '.join(ITEM_KINDS)}"
            )
        return value

    @field_validator("links_url")
    @classmethod
    def _public(cls, value: str) -> str:
        return checked_public_url(value) if value else value

    @property
    def bounce_address(self) -> str:
        """Where delivery failures come back: the sender's own mailbox unless set."""
        return self.bounces or self.sender

    @property
    def days_of_nudge(self) -> int:
        """Days before a meeting at which silent guests are asked again; 0 for never."""
        if self.nudge_days is not None:
            return self.nudge_days
        return 7 if self.imap is not None else 0

    @property
    def feeds(self) -> Path:
        """The file of the feeds' secret addresses."""
        return self.data / "feeds.json"

    @property
    def domain(self) -> str:
        """The domain of our message ids."""
        return self.sender.rpartition("@")[2]


def load_settings() -> Settings:
    """Return the settings of this process.

    Raises:
        WrongSettingsError: every variable to put right, one per line.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = sorted({f"{_name(detail)} : {_problem_in_words(detail)}" for detail in error.errors()})
        raise WrongSettingsError("\n".join(lines)) from None
    except SettingsError as error:
        raise WrongSettingsError(f"Un réglage {_PREFIX}… ne se lit pas : {error}") from None


def unknown_settings(environment: Mapping[str, str], env_file: Path = Path(".env")) -> tuple[str, ...]:
    """Return one French sentence for each ``ECHEANCIER_…`` variable that no setting reads, with the nearest known one.

    Args:
        environment: the variables of the process.
        env_file: the file read beside it, if there is one.
    """
    written = env_file.read_text("utf-8").splitlines() if env_file.is_file() else []
    in_file = [line.removeprefix("export ").partition("=")[0].strip() for line in written if "=" in line]
    known = known_names()
    given = (name for name in dict.fromkeys((*environment, *in_file)) if name.upper().startswith(_PREFIX))
    return tuple(_unread(name, known) for name in given if name.upper() not in known)


def known_names() -> tuple[str, ...]:
    """Return the name of every variable that is read, those inside a group with two underscores."""
    found: list[str] = []
    for name, field in Settings.model_fields.items():
        inner = [
            part
            for part in (field.annotation, *get_args(field.annotation))
            if isinstance(part, type) and issubclass(part, BaseModel)
        ]
        found.append(f"{_PREFIX}{name}".upper())
        found += [f"{_PREFIX}{name}{_NESTED}{one}".upper() for model in inner for one in model.model_fields]
    return tuple(found)


def _unread(name: str, known: tuple[str, ...]) -> str:
    bare = [one.removeprefix(_PREFIX) for one in known]
    near = get_close_matches(name.upper().removeprefix(_PREFIX), bare, n=1, cutoff=0.6)
    meant = f" Vouliez-vous écrire {_PREFIX}{near[0]} ?" if near else ""
    return f"Le réglage {name} n’existe pas : il n’est pas lu.{meant}"


def _name(detail: ErrorDetails) -> str:
    return _PREFIX + _NESTED.join(str(part) for part in detail["loc"]).upper()


def _problem_in_words(detail: ErrorDetails) -> str:
    match detail["type"]:
        case "value_error":
            return str(detail["ctx"]["error"])
        case "missing":
            return "ce réglage manque"
        case "literal_error":
            return f"au choix {detail['ctx']['expected']}".replace(" or ", " ou ")
    return _EXPECTED.get(detail["type"].split("_")[0], "cette valeur ne convient pas")


_EXPECTED = {
    "int": "un nombre entier est attendu",
    "float": "un nombre est attendu",
    "bool": "true ou false est attendu",
    "greater": "ce nombre est trop petit",
    "less": "ce nombre est trop grand",
    "extra": "ce réglage n’existe pas",
    "model": "donner chaque réglage à part, comme ECHEANCIER_SMTP__HOST",
}
