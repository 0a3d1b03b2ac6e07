"""The links of a mail to the desk: the very form that settles something, with what is known of it filled in."""

from typing import Final
from urllib.parse import quote, urlencode

from echeancier.domain.messages.digest import About, FormName
from echeancier.domain.model import Text

BUTTONS: Final[dict[FormName, Text]] = {
    "done": Text(fr="C’est fait", en="Done"),
    "received": Text(fr="C’est reçu", en="Received"),
    "signed": Text(fr="C’est signé", en="Signed"),
    "minutes": Text(fr="Compte rendu établi", en="Minutes drawn up"),
    "decided": Text(fr="C’est décidé", en="Decided"),
    "arranged": Text(fr="Fixer la date", en="Fix the date"),
    "held": Text(fr="Elle a eu lieu", en="It took place"),
    "answered": Text(fr="Répondre", en="Answer"),
    "confirmed": Text(fr="Confirmer", en="Confirm"),
    "address": Text(fr="Corriger l’adresse", en="Correct the address"),
    "letter": Text(fr="Voir la lettre", en="See the letter"),
}
"""What the button of each form says."""


def form_address(desk_url: str, about: About) -> str:
    """Return the address of the form that settles something, empty where it has none, or where there is no desk."""
    if not desk_url or about.form is None:
        return ""
    form, base = about.form, f"{desk_url.rstrip('/')}/conventions/{quote(about.reference, safe='')}"
    given = f"?{urlencode(form.given)}" if form.given else ""
    page = "lettres" if form.says == "letter" else "enregistrer"
    return f"{base}/{page}/{quote(form.kind, safe='')}{given}"


def convention_address(desk_url: str, about: About) -> str:
    """Return the address of the convention's page, empty where there is no desk."""
    return f"{desk_url.rstrip('/')}/conventions/{quote(about.reference, safe='')}" if desk_url else ""
