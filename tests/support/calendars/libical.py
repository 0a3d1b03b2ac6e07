"""libical through ctypes: its parser, and its check of the iTIP restrictions (RFC 5546, 3.2)."""

import ctypes
from collections.abc import Iterator, Mapping
from functools import cache

NAME = "libical.so.3"

WANTED = frozenset({"Failed iTIP restrictions for ORGANIZER property. Expected 1 instances of the property and got 0"})
"""The one departure we want: a published feed names no organizer, otherwise some programs answer it by mail."""

_MARK = "X-LIC-ERROR"


@cache
def _library() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL(NAME)
    except OSError:
        return None
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    library.icalrestriction_check.restype = ctypes.c_int
    library.icalrestriction_check.argtypes = [ctypes.c_void_p]
    library.icalcomponent_as_ical_string_r.restype = ctypes.c_void_p
    library.icalcomponent_as_ical_string_r.argtypes = [ctypes.c_void_p]
    library.icalcomponent_free.argtypes = [ctypes.c_void_p]
    library.icalcomponent_free.restype = None
    library.icalmemory_free_buffer.argtypes = [ctypes.c_void_p]
    library.icalmemory_free_buffer.restype = None
    return library


def missing() -> str:
    """Return why libical cannot be used, empty when it can."""
    return "" if _library() is not None else f"{NAME} is not installed (Debian: libical3)"


def problems(files: Mapping[str, bytes]) -> list[str]:
    """Return every error that libical finds, with the name of the file."""
    return [f"{name}: {problem}" for name, raw in files.items() for problem in _problems(raw)]


def read_back(raw: bytes) -> str:
    """Return a calendar as libical writes it again, its errors among the properties; empty when it reads nothing."""
    library = _library()
    assert library is not None, missing()
    component = library.icalparser_parse_string(raw)
    if not component:
        return ""
    try:
        library.icalrestriction_check(component)
        written = library.icalcomponent_as_ical_string_r(component)
        try:
            text: bytes = ctypes.string_at(written)
        finally:
            library.icalmemory_free_buffer(written)
    finally:
        library.icalcomponent_free(component)
    return text.decode()


def _problems(raw: bytes) -> Iterator[str]:
    text = read_back(raw).replace("\r\n ", "")
    if not text:
        yield "nothing could be read"
    published = "METHOD:PUBLISH" in text
    for line in text.split("\r\n"):
        if line.startswith(_MARK):
            said = " ".join(line.partition(":")[2].replace("\\,", ",").replace("\\;", ";").split())
            if not (published and said in WANTED):
                yield said
