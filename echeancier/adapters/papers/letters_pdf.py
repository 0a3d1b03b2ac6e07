"""Letters as PDF/A files: the same content gives the same bytes, and what a person typed is data, never a program."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from echeancier.adapters.papers.typst_pdf import Pdf, compile_pdf, template_version
from echeancier.domain.facts.letter_fields import LetterRefusedError
from echeancier.domain.letters.content import LetterContent
from echeancier.domain.typography import nbsp

_CLEAR: Final = 8.0
_SHEET: Final = (210.0, 297.0)
_LEAST_SENDER: Final = 60.0


@dataclass(frozen=True)
class EnvelopeWindow:
    """The window of the envelope, in millimetres from the top left corner of the sheet.

    110 and 55 mm, 85 by 33 mm: within the boxes given for DL and C5 envelopes, with room for the bar code of a
    registered letter. Sources differ: have one sheet tried in the real envelope.
    """

    left: float = 110.0
    top: float = 55.0
    width: float = 85.0
    height: float = 33.0

    def __post_init__(self) -> None:
        right, bottom = self.left + self.width, self.top + self.height
        if self.left < _LEAST_SENDER + _CLEAR or right > _SHEET[0] or self.top < _CLEAR or bottom > _SHEET[1] / 2:
            raise LetterRefusedError(
                f"Une fenêtre à {self.left:g}/{self.top:g} mm, de {self.width:g} × {self.height:g} mm, ne laisse pas sa place "
                "à l’expéditeur : elle doit être à droite, dans la moitié haute de la feuille."
            )


WINDOW: Final = EnvelopeWindow()


def letter_pdf(
    content: LetterContent,
    *,
    at: datetime,
    validated_by: str = "",
    window: EnvelopeWindow = WINDOW,
    lenient: bool = False,
) -> Pdf:
    """Lay a letter out.

    Args:
        content: what it says.
        at: aware instant written in the file as its date; the caller's, so that a retry gives the same bytes.
        validated_by: the function that validated it; until then each page bears « PROJET – à valider par une personne ».
        window: where the recipient must show.
        lenient: print « ? » for a character that the font does not have.

    Raises:
        LetterRefusedError: a character that the font does not have; the message names it.
    """
    template = f"{content.kind}.typ"
    inputs = sheet_inputs(content, asdict(window), draft=not validated_by)
    return compile_pdf(template, inputs, at=at, version=template_version(template), lenient=lenient)


def sheet_inputs(content: LetterContent, window: dict[str, float], *, draft: bool) -> dict[str, str]:
    """Return what the template of a letter reads: its content, and what the sheet adds."""
    sheet = {"window": window, "draft": draft, "template": template_version(f"{content.kind}.typ")}
    return {"content": _json(content.model_dump(mode="json")), "sheet": _json(sheet)}


def _json(data: object) -> str:
    return json.dumps(french(data), ensure_ascii=False, sort_keys=True)


def french(data: Any) -> Any:
    """Return plain data whose every text has the no-break spaces of French."""
    if isinstance(data, str):
        return nbsp(data)
    if isinstance(data, dict):
        return {key: french(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [french(value) for value in data]
    return data
