"""Nothing is called done that is not: no note to self is left in what is shipped."""

import re

from tests.support.project_files import ROOT, project_files, text_of

NOTES = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b")


def test_no_note_to_self_is_left() -> None:
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in project_files()
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1)
        if NOTES.search(line)
    ]
    assert left == []


def test_the_search_finds_a_note() -> None:
    assert NOTES.search("# TO" + "DO: later")
