"""A page read as a browser would: tags, attributes and words, with what is not well formed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "hr", "input"}


@dataclass
class Tag:
    name: str
    attributes: dict[str, str]
    inside: tuple[str, ...]


@dataclass
class Words:
    text: str
    inside: tuple[str, ...]


@dataclass
class Read(HTMLParser):
    """The tags in order, the words with the tags around them, and the faults found."""

    tags: list[Tag] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}, tuple(self._open)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}, tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(Words(data, tuple(self._open)))

    def named(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]

    def text(self, inside: str) -> str:
        return " ".join(words.text for words in self.words if inside in words.inside)


def read(page: str) -> Read:
    found = Read()
    found.feed(page)
    found.close()
    found.faults += [f"<{tag}> left open" for tag in found._open]
    return found
