"""Our pages as a person reads them: the words, with ordinary spaces."""

import httpx

from tests.desk.html import read


def words(answer: httpx.Response) -> str:
    """Return the words of a page that has no fault of its own."""
    return read(answer.text).text.replace("\u00a0", " ")
