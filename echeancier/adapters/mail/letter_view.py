"""A letter in a message, in words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from echeancier.adapters.mail.desk_pages import convention_page
from echeancier.adapters.mail.phrases import words
from echeancier.domain.agenda.short_titles import without_details
from echeancier.domain.dates.words import in_words
from echeancier.domain.letters.content import LETTERS
from echeancier.domain.messages.letter_news import LetterNews


@dataclass(frozen=True)
class LetterView:
    """One letter in words.

    Attributes:
        heading: what becomes of it, in a few words; ``about`` the same of what it is about, for a subject.
        page: this very letter in the desk; empty without a desk, or for whoever does not run the convention.
        button: the words of the link to it.
    """

    state: str
    name: str
    heading: str
    about: str
    title: str
    recipient: str
    missing: str
    changes: tuple[str, ...]
    by: str
    posted: str
    optional: bool
    remarks: tuple[str, ...]
    page: str
    button: str


def letter_view(news: LetterNews, reference: str, language: str, desk: str | None) -> LetterView:
    """Return a letter as the templates take it."""
    name, title = LETTERS[news.letter].WORDS.name.in_language(language), news.title.in_language(language)
    becomes = words(language)["letter"][news.state]
    known = urlencode({"about": news.about, **{field: day.isoformat() for field, day in news.proposed}})
    return LetterView(
        state=news.state,
        name=name,
        heading=f"{becomes} {name}",
        about=f"{becomes} {without_details(title)}",
        title=title,
        recipient=news.recipient,
        missing=news.missing,
        changes=tuple(change.in_language(language) for change in news.changes),
        by=in_words(news.by, language) if news.by else "",
        posted=in_words(news.posted, language) if news.posted else "",
        optional=news.optional,
        remarks=news.remarks,
        page=f"{convention_page(desk, reference)}/lettres/{news.letter}?{known}" if desk else "",
        button=words(language)["desk"]["letter"],
    )
