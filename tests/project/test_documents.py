"""What the documents point at exists, and the changelog speaks of the version we ship."""

import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.support.project_files import ROOT, project_files

LINK = re.compile(r"\]\(<?([^)>\s]+)>?(?: \"[^\"]*\")?\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
DOCUMENTS = [path for path in project_files() if path.suffix == ".md"]


def broken_links(document: Path, text: str) -> list[str]:
    """The relative targets of a document that are not there; code samples are not links."""
    targets = [match[1] for match in LINK.finditer(CODE.sub("", text))]
    relative = [t for t in targets if not re.match(r"[a-z][a-z0-9+.-]*:|#", t)]
    return [t for t in relative if not (document.parent / unquote(t.partition("#")[0])).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    assert broken_links(document, document.read_text("utf-8")) == []


def test_a_broken_link_is_seen() -> None:
    text = "[here](nowhere.md) [there](https://ville.example/x.md) `[code](sample.md)`"
    assert broken_links(ROOT / "any.md", text) == ["nowhere.md"]


def test_the_changelog_has_a_section_for_the_version_in_pyproject() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    headings = re.findall(r"^## \[?([^\]\s]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings, "CHANGELOG.md has no section"
    assert version in headings
    assert headings[0] in {version, "Unreleased"}
