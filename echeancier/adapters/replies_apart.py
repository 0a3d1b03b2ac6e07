"""The mails that come back, each read in a process of its own: whoever knows the address can write to it."""

from typing import Final

from echeancier.adapters.apart import Limits, NotReadError, read_apart
from echeancier.adapters.inbox.parser import MimeReplyParser, parsed
from echeancier.domain.answers.reply import Parsed
from echeancier.domain.messages.tokens import LinkKey

LIMITS: Final = Limits(cpu=10, wall=30, memory=512 << 20, answer=1 << 20)
"""What reading a mail may take: a mail of ten megabytes takes a tenth of it."""


class RepliesApart(MimeReplyParser):
    """The same parser; the keys of our return addresses are read here, and told to the process with the mail."""

    def parse(self, raw: bytes) -> Parsed:
        """Return what a mail is; one whose reading was stopped is for a person to read."""
        keys = tuple(self._keys.trusted().values())
        try:
            said = read_apart(plain_reply, raw, answers=(), limits=LIMITS, given=(keys, self._authserv_id)).result()
        except NotReadError:
            return Parsed(sort="unreadable", why="courriel dont la lecture a dû être arrêtée")
        return Parsed.model_validate_json(said)


def plain_reply(raw: bytes, keys: tuple[LinkKey, ...], authserv_id: str) -> str:
    """Return what a mail is, as JSON: made to be read apart."""
    return parsed(raw, keys, authserv_id).model_dump_json()
