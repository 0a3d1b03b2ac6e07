"""Addresses of our own: where a page may send somebody back to, and nowhere else."""

from urllib.parse import urlsplit


def local_page(path: str, otherwise: str = "/") -> str:
    """Return ``path`` if it is a page of this desk, ``otherwise`` when it could lead anywhere else.

    A browser takes two slashes, a slash and a backslash, or control characters, for the way to another site.
    """
    parts = urlsplit(path)
    ours = (
        path.startswith("/")
        and not path.startswith("//")
        and "\\" not in path
        and path.isprintable()
        and not parts.scheme
        and not parts.netloc
    )
    return path if ours and len(path) <= 500 else otherwise
