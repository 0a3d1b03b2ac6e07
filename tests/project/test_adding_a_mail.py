"""The walk of CONTRIBUTING.md that adds a mail, followed for real in a copy of the tree."""

import re
from pathlib import Path

from tests.support.walk import blocks, copy_tree, run, walk

LIST = "echeancier/domain/messages/mails.py"


def test_a_mail_is_added_in_the_four_files_of_the_walk_and_one_entry_of_the_list(tmp_path: Path) -> None:
    copy_tree(tmp_path)
    words = walk("Adding a mail")
    named = list(dict.fromkeys(re.findall(r"`(\w+/[\w/-]+\.(?:py|txt))`", words)))
    assert len(named) == 5
    assert named.pop() == LIST
    for name, block in zip(named, blocks(words), strict=True):
        assert not (tmp_path / name).exists()
        (tmp_path / name).write_text(block + "\n", encoding="utf-8")

    imported, entry = re.findall(r"`(from [^`]+|\w+,)`", words)
    text = (tmp_path / LIST).read_text(encoding="utf-8")
    before, after = text.split("\n)\n", 1)
    before = before.replace(
        "from echeancier.domain.messages.invitations", f"{imported}\nfrom echeancier.domain.messages.invitations"
    )
    (tmp_path / LIST).write_text(f"{before}\n    {entry}\n)\n{after}", encoding="utf-8")

    mails = (
        "tests/adapters/test_rendering.py",
        "tests/adapters/test_rendering_hostile.py",
        "tests/project/test_templates.py",
    )
    run(tmp_path, "-m", "pytest", "-q", "-p", "no:xdist", named[-1], *mails, "-k", "half")
