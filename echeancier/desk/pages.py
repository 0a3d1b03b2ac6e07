"""Templates into pages."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from echeancier.desk.form.shapes import anchor
from echeancier.desk.sign_in.people import ROLES
from echeancier.desk.words import at_length, sayer
from echeancier.domain.dates.words import hour, shown
from echeancier.domain.typography import plural, said

STATIC = Path(__file__).with_name("static")
"""Style, icon, and the script of the form that saves itself: all that is served beside the pages."""


def page(template: str, language: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """Return a page of the ``templates/desk`` folder, in a language."""
    return HTMLResponse(html(template, language, values), status)


def html(template: str, language: str, values: Mapping[str, object]) -> str:
    """Return the HTML of a page."""
    return _of_language(language).get_template(f"desk/{template}.html").render(values)


@cache
def _of_language(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("echeancier"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "_": sayer(language),
        "language": language,
        "colon": ": " if language == "en" else "\u00a0: ",
        "style_mark": _mark(STATIC / "desk.css"),
        "script_mark": _mark(STATIC / "form.js"),
    }
    environment.filters |= {
        "said": lambda text: said(text, language),
        "day": lambda day: shown(day, language),
        "at_length": lambda day: at_length(day, language),
        "hour": lambda at: hour(at, language),
        "role": lambda role: said(ROLES[role], language),
        "plural": lambda count, one, many: plural(count, one, many, language),
        "url": lambda text: quote(text, safe=""),
        "iso": _iso,
        "anchor": anchor,
    }
    return environment


def _mark(path: Path) -> str:
    """A mark of a file's content: a new version of the program is not shown with the style or the script of the former one."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _iso(moment: date | datetime) -> str:
    return moment.isoformat()
