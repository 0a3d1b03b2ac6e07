"""What the engine and its SDK say when something goes wrong, in words. Shown to users, hence French."""

_SIGNS = {
    "ConnectionRefused": "personne n’écoute à cette adresse",
    "dns error": "ce nom de machine est inconnu",
    "timed out": "aucune réponse à temps",
    "Timeout expired": "aucune réponse à temps",
    "InvalidCertificate": "son certificat n’est pas accepté",
    "certificate": "son certificat n’est pas accepté",
    "Unauthenticated": "il nous refuse\u00a0: clé ou certificat",
    "disk is full": "son disque est plein\u00a0; rien n’a été enregistré",
    "PermissionDenied": "il nous refuse\u00a0: clé ou certificat",
}


def in_words(said: str) -> str:
    """Return why the engine did not do it, in words; what is unknown here is shown as the engine says it."""
    return next((words for sign, words in _SIGNS.items() if sign in said), said)
