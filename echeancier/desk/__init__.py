"""The web desk: what coordinators and managers look at; server-rendered pages that need no script."""

from echeancier.desk.serving import DeskStartError, serve

__all__ = ["DeskStartError", "serve"]
