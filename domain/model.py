"""What every model of the domain shares: frozen, strict about unknown fields, bilingual texts."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
"""A name chosen once and kept for life: lower case, digits and hyphens."""


class Frozen(BaseModel):
    """A value: never changed in place, unknown fields refused so that a typing mistake cannot pass for a term."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Text(Frozen):
    """The same words in the two languages of the interface, French first."""

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the words in ``language``; anything that is not English is French."""
        return self.en if language == "en" else self.fr
