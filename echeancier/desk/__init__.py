"""The web desk: what coordinators and managers look at; server-rendered pages that work without a script."""

from echeancier.desk.serving import DeskStartError, serve

__all__ = ["DeskStartError", "serve"]
