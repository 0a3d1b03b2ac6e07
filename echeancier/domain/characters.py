"""Characters that nobody sees but that change what is seen: no text that people bring may hold them."""

import re

# Marks of the order of bytes, tags that spell words nobody sees, points that Unicode keeps out of every text.
_STRAYS = "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\U000e0000-\U000e007f" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
# Controls but the line break, halves of surrogates, separators of lines and paragraphs; embeddings, overrides and isolates, which
# reorder what the reader sees: in a name they only serve to deceive.
_OTHERS = "\x00-\t\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069"

# Looked for in a whole text at once: no letter of a text of ours is looked at in Python.
_STRAY = re.compile(f"[{_STRAYS}]")
_HIDDEN_IN_LINES = re.compile(f"[{_OTHERS}{_STRAYS}]")
_HIDDEN = re.compile(f"[\n{_OTHERS}{_STRAYS}]")


def is_hidden(char: str) -> bool:
    """Whether a character is a control (a line break is one), a separator of lines, half a surrogate, a stray, or turns text."""
    return _HIDDEN.match(char) is not None


def is_stray(char: str) -> bool:
    """Whether a character is of no text at all: leaving it out changes nothing."""
    return _STRAY.match(char) is not None


def visible(text: str) -> str:
    """Return ``text`` with what is hidden in it named, as in ``<U+001B>``; its line breaks and tabs are kept."""
    return _HIDDEN.sub(lambda found: found[0] if found[0] in "\n\t" else f"<U+{ord(found[0]):04X}>", text)


def without_hidden(text: str, *, several_lines: bool = False) -> str:
    """Return ``text`` as it is.

    Raises:
        ValueError: it holds a hidden character; the message names the first and where it stands.
    """
    if text.isprintable():  # true of most, and told at once; a no-break space is not printable
        return text
    found = (_HIDDEN_IN_LINES if several_lines else _HIDDEN).search(text)
    if found is None:
        return text
    char, place = found[0], found.start() + 1
    if char in "\n\r" and not several_lines:
        raise ValueError(f"un saut de ligne en position {place} : l’ôter, ce texte tient sur une ligne")
    raise ValueError(f"un caractère invisible (U+{ord(char):04X}) en position {place} : l’ôter")
