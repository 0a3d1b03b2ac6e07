"""Templates into pages, in French or in English."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from echeancier.domain.dates.words import in_words
from echeancier.domain.typography import in_language, said

Language = Literal["fr", "en"]

STATIC: Final = Path(__file__).with_name("static")
"""The style: all that is served beside the pages."""


def page(template: str, language: Language, root: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """Return a page of the ``templates/partners`` folder.

    Args:
        template: its name.
        language: of the page.
        root: the path of the public address, before ours.
        values: what the template names.
        status: of the answer.
    """
    written = _of_language(language).get_template(f"partners/{template}.html").render({"root": root, **values})
    return HTMLResponse(written, status)


def language_of(request: Request, otherwise: str = "fr") -> Language:
    """Return the language asked for in the address, else the reader's own."""
    asked = request.query_params.get("lang", otherwise)
    return "en" if asked == "en" else "fr"


@cache
def _of_language(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader("echeancier"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "_": lambda fr, en: in_language(en if language == "en" else fr, language),
        "language": language,
        "style_mark": hashlib.sha256((STATIC / "partners.css").read_bytes()).hexdigest()[:12],
    }
    environment.filters |= {
        "said": lambda text: said(text, language),
        "at_length": lambda day: in_words(day, language),
        "iso": lambda day: day.isoformat(),
    }
    return environment
