"""A strict reader of our pages: balanced elements, labels, headings, tables."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "img", "input", "br", "hr"}
DRAWN = {"rect", "path", "use", "circle", "line"}
LABELLED = {"input", "select", "textarea"}


@dataclass
class Page(HTMLParser):
    """What a page holds, and everything wrong with it."""

    problems: list[str] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    labels: set[str] = field(default_factory=set)
    inputs: dict[str, str] = field(default_factory=dict)
    headings: list[int] = field(default_factory=list)
    language: str = ""
    title: str = ""
    words: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []

    @classmethod
    def read(cls, text: str) -> "Page":
        page = cls()
        page.feed(text)
        page.close()
        page._end()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if len(given) != len(attrs):
            self.problems.append(f"<{tag}> has an attribute twice")
        own = tag == "style" or (tag == "script" and not given.get("src", "").startswith("/static/"))
        if "style" in given or any(name.startswith("on") for name in given) or own:
            self.problems.append(f"<{tag}> has a style or a script of its own")
        if given.get("id"):
            self.ids[given["id"]] += 1
        self._see(tag, given)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in DRAWN | VOID:
            self.problems.append(f"<{tag}/> closes itself")
        self._see(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing that is open")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).replace("\u00a0", "~").split()).replace("~", "\u00a0")

    def _see(self, tag: str, given: dict[str, str]) -> None:
        if tag == "html":
            self.language = given.get("lang", "")
        if tag[0] == "h" and tag[1:].isdecimal():
            self.headings.append(int(tag[1:]))
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "label":
            self.labels.add(given.get("for", ""))
        if tag in LABELLED:
            self._fill(given)
        self._judge(tag, given)

    def _fill(self, given: dict[str, str]) -> None:
        if given.get("type") == "hidden":
            self.hidden[given["name"]] = given["value"]
        else:
            self.inputs[given.get("id", "")] = given.get("name", "")

    def _judge(self, tag: str, given: dict[str, str]) -> None:
        if tag == "th" and "scope" not in given:
            self.problems.append("a header cell has no scope")
        if tag == "img" and "alt" not in given:
            self.problems.append("an image has no alt")
        if tag == "svg" and given.get("aria-hidden") != "true" and given.get("role") != "img":
            self.problems.append("a drawing is neither hidden nor an image")
        if tag == "form" and given.get("method") == "post" and not given.get("action", "").startswith("/"):
            self.problems.append("a form posts elsewhere")

    def _end(self) -> None:
        if self._open:
            self.problems.append(f"never closed: {self._open}")
        self.problems += [f"id {one} used {count} times" for one, count in self.ids.items() if count > 1]
        self.problems += [f"{one or name} has no label" for one, name in self.inputs.items() if one not in self.labels]
        if self.headings.count(1) != 1:
            self.problems.append("not one first heading")
        jumps = zip(self.headings, self.headings[1:], strict=False)
        self.problems += [f"heading {b} after {a}" for a, b in jumps if b > a + 1]


def read(text: str) -> Page:
    """Return a page read strictly; fail when something is wrong with it."""
    page = Page.read(text)
    assert page.problems == []
    return page


class Typed(HTMLParser):
    """The form of a page as a browser would send it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, str] = {}
        self._in, self._area, self._select = False, "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in = "paper" in given.get("class", "")
        name = given.get("name", "")
        if not self._in:
            return
        if tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.fields[name] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.fields[self._select] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
