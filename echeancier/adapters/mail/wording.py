"""Mails put into words: what one convention says becomes a part, several parts one mail; text and page say the same."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from echeancier.adapters.mail.markup import Block, blocks_of, guarded, marked, plain_words
from echeancier.adapters.mail.plain import plain_text
from echeancier.adapters.mail.typesetting import typeset

_WEB_ADDRESS = re.compile(r"https?://[!-~]+")


@dataclass(frozen=True)
class Wording:
    """A mail in words: its subject, its text, and the page that says the same."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class PartSaid:
    """What one template says.

    Attributes:
        wordings: of the subject, the fullest first.
        title: what it is about, where it stands among others.
        body: the rest.
    """

    wordings: tuple[str, ...]
    title: tuple[Block, ...]
    body: tuple[Block, ...]


def part_of(kind: str, language: str, values: Mapping[str, object]) -> PartSaid:
    """Return what the template of a kind says.

    Above the title of a template stand the wordings of its subject, one a line, the fullest first.
    """
    above, mark, rest = _rendered(kind, language, values).partition("\n= ")
    title, *body = _set(mark + rest, language)
    wordings = tuple(plain_words(line.strip(" ")) for line in above.split("\n") if line.strip(" "))
    return PartSaid(wordings, (title,), tuple(body))


def blocks(name: str, language: str, values: Mapping[str, object]) -> tuple[Block, ...]:
    """Return the blocks of a template that has no subject of its own, as the greeting or the foot."""
    return _set(_rendered(name, language, values), language)


def laid_out(subject: str, found: tuple[Block, ...], language: str) -> Wording:
    """Return a mail of blocks: as text, and as the page that says the same."""
    page = environment(html=True).get_template("layout.html")
    return Wording(
        subject, plain_text(found, language), page.render(language=language, title=subject, blocks=_in_turn(found))
    )


def headed(found: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks whose headings begin at the second level: the subject of the mail is its first."""
    top = min((block.level for block in found if block.kind == "heading"), default=2)
    return tuple(replace(block, level=block.level - top + 2) if block.kind == "heading" else block for block in found)


def _in_turn(found: tuple[Block, ...]) -> list[tuple[Block, bool]]:
    """Each block, and whether it is the first that has buttons: its first one stands out."""
    first = next((index for index, block in enumerate(found) if block.kind == "buttons"), None)
    return [(block, index == first) for index, block in enumerate(found)]


def _rendered(name: str, language: str, values: Mapping[str, object]) -> str:
    return environment(html=False).get_template(f"{language}/{name}.txt").render(values)


def _set(source: str, language: str) -> tuple[Block, ...]:
    return tuple(typeset(block, language) for block in blocks_of(source))


@cache
def environment(*, html: bool) -> Environment:
    """Return what reads the templates of the mails: their words, or with ``html`` the page they stand in."""
    environment = Environment(
        loader=PackageLoader("echeancier"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html",), default_for_string=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # A value is words on one line: it cannot start a heading, a table or another line.
        finalize=None if html else guarded,
    )
    if not html:
        environment.globals |= {
            "french": lambda words: marked("french", words),
            "strong": lambda words: marked("strong", words),
            "mail_to": lambda address: marked("link", address, f"mailto:{address}"),
            "link": _link,
        }
    return environment


def _link(target: str, words: str) -> str:
    """A link, when the address is one that a browser opens; otherwise what was given, as it is."""
    return marked("link", words, target) if _WEB_ADDRESS.fullmatch(target) else target
