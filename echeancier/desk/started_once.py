"""A convention started as one of many: asked twice, or answered too late, it stands once."""

from typing import Final

from echeancier.desk.reading.register import DeskRegister
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.model import Text
from echeancier.domain.terms.convention import Convention
from echeancier.engine.answering import RefusedError
from echeancier.engine.errors import EngineError

TAKEN: Final = Text(
    fr="cette référence est déjà celle d’une autre convention : en choisir une autre",
    en="this reference is that of another convention already: choose another",
)


async def start_once(register: DeskRegister, convention: Convention, by: str, facts: tuple[Recorded, ...] = ()) -> bool:
    """Start a convention; return False when it stands already, with the same terms.

    Raises:
        EcheancierError: why it does not start.
        EngineError: nobody answered; it may stand later all the same.
    """
    try:
        await register.start(convention, by, facts)
    except RefusedError:
        if await stands(register, convention):
            return False
        raise
    return True


async def stands(register: DeskRegister, convention: Convention) -> bool:
    """Whether a convention of these very terms is registered, as far as can be read."""
    try:
        return (await register.dossier(convention.reference)).convention == convention
    except (EcheancierError, EngineError):
        return False
