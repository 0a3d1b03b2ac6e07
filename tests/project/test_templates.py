"""French and English say the same things: each template has its twin, and both use the same values."""

from pathlib import Path

import pytest
from jinja2 import Environment, meta

from echeancier.domain.messages.mails import MAILS
from tests.support.project_files import ROOT

FRENCH, ENGLISH = ROOT / "echeancier" / "templates" / "fr", ROOT / "echeancier" / "templates" / "en"
# Parsed only, never rendered, so nothing needs escaping here.
SYNTAX = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True)


def names(folder: Path) -> set[str]:
    """Every template below a language folder, by its path there; empty while the folder is not written."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def values_used(path: Path) -> set[str]:
    return meta.find_undeclared_variables(SYNTAX.parse(path.read_text("utf-8")))


def test_each_template_exists_in_both_languages() -> None:
    assert names(FRENCH) == names(ENGLISH)


def test_each_kind_of_mail_has_its_template_and_each_template_its_mail() -> None:
    mails = {name.removesuffix(".txt") for name in names(FRENCH) if name.endswith(".txt") and not name.startswith("_")}
    assert mails == {mail.kind for mail in MAILS} | {"digest"}


@pytest.mark.parametrize("name", sorted(n for n in names(FRENCH) & names(ENGLISH) if not n.endswith(".typ")))
def test_both_languages_use_the_same_values(name: str) -> None:
    assert values_used(FRENCH / name) == values_used(ENGLISH / name)
