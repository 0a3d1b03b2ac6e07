"""Characters that nobody sees but that change what is seen: no text that people bring may hold them."""

import unicodedata

_SEPARATORS = {"Zl", "Zp"}
_CONTROLS = {"Cc", "Cs"}
# Embeddings, overrides and isolates reorder what the reader sees: in a name they only serve to deceive.
_REORDERING = {chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


# Marks of the order of bytes, tags that spell words nobody sees, points that Unicode keeps out of every text.
_STRAY = {
    "\ufeff",
    *map(chr, range(0xFFF9, 0xFFFC)),
    *map(chr, range(0xE0000, 0xE0080)),
    *map(chr, range(0xFDD0, 0xFDF0)),
}


def is_hidden(char: str) -> bool:
    """Whether a character is a control (a line break is one), a separator of lines, half a surrogate, a stray, or turns text."""
    return char in _REORDERING or is_stray(char) or unicodedata.category(char) in _CONTROLS | _SEPARATORS


def is_stray(char: str) -> bool:
    """Whether a character is of no text at all: leaving it out changes nothing."""
    return char in _STRAY or ord(char) & 0xFFFE == 0xFFFE


def visible(text: str) -> str:
    """Return ``text`` with what is hidden in it named, as in ``<U+001B>``; its line breaks and tabs are kept."""
    if text.isprintable():
        return text
    return "".join(f"<U+{ord(char):04X}>" if is_hidden(char) and char not in "\n\t" else char for char in text)


def without_hidden(text: str, *, several_lines: bool = False) -> str:
    """Return ``text`` as it is.

    Raises:
        ValueError: it holds a hidden character; the message names the first and where it stands.
    """
    if text.isprintable():  # fast, and true of nearly everything
        return text
    for place, char in enumerate(text, start=1):
        if not is_hidden(char) or (several_lines and char == "\n"):
            continue
        if char in "\n\r" and not several_lines:
            raise ValueError(f"un saut de ligne en position {place} : l’ôter, ce texte tient sur une ligne")
        raise ValueError(f"un caractère invisible (U+{ord(char):04X}) en position {place} : l’ôter")
    return text
