"""A mailbox that lives in the test: it numbers mails, files them, and breaks when it is told to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from echeancier.domain.answers.reply import Cursor, Folder
from echeancier.domain.errors import MailboxError
from echeancier.domain.ports import Incoming


@dataclass
class FakeMailbox:
    """Implements the port `ReplyMailbox`.

    Attributes:
        inbox: mails by UID; ``folders`` what was filed.
        asked: where each reading began.
        broken: raised by the reading, or by the filing, while it is set.
    """

    validity: int = 7
    inbox: dict[int, bytes] = field(default_factory=dict)
    folders: dict[Folder, list[bytes]] = field(default_factory=lambda: {"done": [], "to-read": []})
    asked: list[Cursor] = field(default_factory=list)
    broken: MailboxError | None = None
    cannot_file: bool = False
    last: int = 0

    def put(self, *mails: bytes) -> None:
        for raw in mails:
            self.last += 1
            self.inbox[self.last] = raw

    def waiting(self, after: Cursor) -> tuple[int, tuple[int, ...]]:
        self.asked.append(after)
        if self.broken is not None:
            raise self.broken
        first = after.uid if after.uid_validity == self.validity else 0
        return self.validity, tuple(uid for uid in sorted(self.inbox) if uid > first)

    def mails(self, uids: Sequence[int]) -> Iterator[Incoming]:
        for uid in uids:
            raw = self.inbox[uid]
            yield Incoming(uid=uid, raw=raw, size=len(raw), received_at=None)

    def file(self, uid_validity: int, uids: Sequence[int], folder: Folder) -> None:
        if self.cannot_file and uids:
            raise MailboxError("plein")
        assert uid_validity == self.validity
        self.folders[folder] += [self.inbox.pop(uid) for uid in uids if uid in self.inbox]
