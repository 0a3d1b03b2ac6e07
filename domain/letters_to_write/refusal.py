"""Why a letter cannot be written, with what to add."""

from domain.errors import EcheancierError


class LetterRefusedError(EcheancierError):
    """A letter cannot be written as asked; the French message says what to add."""
