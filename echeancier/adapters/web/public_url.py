"""The public address of something we serve, as it is written in mails."""

from urllib.parse import urlsplit

from echeancier.adapters.servers import is_this_machine


def checked_public_url(value: str) -> str:
    """Return a public address without the slash at its end.

    Raises:
        ValueError: it is no address of the web, or is not protected by TLS though it leaves this machine.
    """
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("l’adresse publique attendue ressemble à https://reponses.ville.example")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_this_machine(host)):
        raise ValueError("l’adresse publique doit commencer par https:// (http:// pour cette machine seulement)")
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError("l’adresse publique ne porte ni « ? », ni « # », ni nom d’utilisateur")
    return value.rstrip("/")
