"""A letter in a message, in words."""

from dataclasses import dataclass
from urllib.parse import quote

from echeancier.adapters.mail.phrases import words
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.letter_fields import ADDED
from echeancier.domain.letters.content import LETTERS
from echeancier.domain.messages.letter_news import LetterNews


@dataclass(frozen=True)
class LetterView:
    """One letter in words.

    Attributes:
        heading: what becomes of it, in a few words.
        page: the letters of the convention in the desk; empty without a desk, or for whoever does not run the convention.
    """

    state: str
    name: str
    heading: str
    title: str
    recipient: str
    missing: str
    changes: tuple[str, ...]
    by: str
    posted: str
    optional: bool
    remarks: tuple[str, ...]
    page: str
    mark: str
    command: str


def letter_view(news: LetterNews, reference: str, language: str, desk_url: str | None) -> LetterView:
    """Return a letter as the templates take it."""
    name = LETTERS[news.letter].WORDS.name.in_language(language)
    page = f"{desk_url.rstrip('/')}/conventions/{quote(reference, safe='')}#lettres" if desk_url else ""
    return LetterView(
        state=news.state,
        name=name,
        heading=f"{words(language)['letter'][news.state]} {name}",
        title=news.title.in_language(language),
        recipient=news.recipient,
        missing=news.missing,
        changes=tuple(change.in_language(language) for change in news.changes),
        by=in_words(news.by, language) if news.by else "",
        posted=in_words(news.posted, language) if news.posted else "",
        optional=news.optional,
        remarks=news.remarks,
        page=page,
        mark=news.mark[:12],
        command=_command(news, reference),
    )


def _command(news: LetterNews, reference: str) -> str:
    """The command that validates the draft as it is, or writes it anew where something is still to be said."""
    days = "".join(f" --{ADDED[name].option} {day}" for name, day in news.proposed)
    end = f"--validate {news.mark[:12]}" if news.mark else "--output projet.pdf"
    return f"echeancier letter {reference} {news.letter} --about {news.about}{days} {end}"
