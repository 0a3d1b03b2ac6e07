"""The mark of a text: a validation holds for that text and no other."""

import hashlib
import json

from domain.letters_to_write.content import LetterContent


def content_mark(content: LetterContent) -> str:
    """Return the SHA-256 of everything a letter prints; what is said apart to whoever validates it is left out."""
    printed = content.model_dump(mode="json", exclude={"remarks"})
    return hashlib.sha256(json.dumps(printed, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
