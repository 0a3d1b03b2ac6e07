"""The digest: whether, when, how often, and to whom beside those the conventions name."""

from datetime import time

from pydantic import BaseModel, ConfigDict, field_validator

from echeancier.domain.overview.digest_day import EARLIEST, LATEST, DigestHours, Weekday
from echeancier.domain.terms.fields import DigestEvery
from echeancier.domain.text import checked_address


class DigestSettings(BaseModel):
    """When the digest leaves.

    Attributes:
        wanted: false for none.
        day, at: Monday at 8:00 in Paris unless set; a day that is not worked moves it to the next one.
        ours, partners: how often our own people and those of partners read one, where no convention nor role says so.
        to: addresses of functions, separated by commas, that read about every convention.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    wanted: bool = True
    day: Weekday = "monday"
    at: time = time(8)
    ours: DigestEvery = "weekly"
    partners: DigestEvery = "monthly"
    to: str = ""

    @field_validator("at")
    @classmethod
    def _by_day(cls, value: time) -> time:
        if not EARLIEST <= value <= LATEST or value.tzinfo is not None:
            raise ValueError(f"une heure de bureau est attendue, de {EARLIEST:%H:%M} à {LATEST:%H:%M}, comme 08:00")
        return value.replace(second=0, microsecond=0)

    @field_validator("to")
    @classmethod
    def _usable(cls, value: str) -> str:
        return ",".join(checked_address(one.strip()) for one in value.split(",") if one.strip())

    @property
    def hours(self) -> DigestHours:
        """When it leaves, and how often."""
        return DigestHours(day=self.day, at=self.at, ours=self.ours, partners=self.partners, wanted=self.wanted)

    @property
    def extra(self) -> tuple[str, ...]:
        """Whom else it goes to."""
        return tuple(one for one in self.to.split(",") if one)
