"""The no-break spaces of French, put where a line must not be cut."""

import re

_BEFORE = re.compile(r"(?<=\S) (?=[:;!?»](?:\s|$))")
_AFTER = re.compile(r"« ")


def nbsp(text: str) -> str:
    """Return ``text`` with U+00A0 before « : ; ! ? » standing alone and inside the quotation marks."""
    return _AFTER.sub("«\u00a0", _BEFORE.sub("\u00a0", text))
