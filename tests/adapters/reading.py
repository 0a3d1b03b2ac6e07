"""What a reader finds in a mail: the words of its HTML, its links, its dates."""

import re
from html.parser import HTMLParser

MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|January|February|March|"
    "April|May|June|July|August|September|October|November|December"
)
DATES = re.compile(rf"\b\d{{1,2}}(?:er)?[\s\u00a0](?:{MONTHS})[\s\u00a0]\d{{4}}|\b\d{{2}}/\d{{2}}/\d{{4}}")
LINKS = re.compile(r"https?://[^\s<>\"]+")
ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
BLOCKS = {"h1", "h2", "h3", "p", "li", "th", "td"}
VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """An HTML document, its tags checked to be closed in their order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.words += " " if tag in BLOCKS else ""
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words += data

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def flat(text: str) -> str:
    """The words in a row, however they were broken over lines."""
    return re.sub(r"[ \t\n]+", " ", text)
