"""The digest put into words and bytes, with what the mail of the day says beside; the same digest gives the same mail."""

from collections.abc import Callable
from datetime import datetime

from echeancier.adapters.mail.digest_view import ByItem, subject_of, values_of
from echeancier.adapters.mail.links import LinkView, MailLinks
from echeancier.adapters.mail.markup import Block
from echeancier.adapters.mail.mime import to_bytes
from echeancier.adapters.mail.view import local_to
from echeancier.adapters.mail.wording import blocks, laid_out
from echeancier.domain.answers.reply import header_mark
from echeancier.domain.messages.day_mail import DayMail
from echeancier.domain.messages.digest import Digest
from echeancier.domain.messages.mail import Attachment, Mailbox, OutgoingMail
from echeancier.domain.messages.mails import mail_of
from echeancier.domain.messages.order import Line, MessageOrder
from echeancier.domain.messages.reminders import Reminders
from echeancier.domain.model import Text
from echeancier.domain.overview.digest import left_to_say
from echeancier.domain.standing.people import Recipient

Blocks = Callable[[tuple[MessageOrder, ...]], tuple[Block, ...]]
"""Puts into blocks what conventions have to say, without greeting nor foot."""


class TemplateDigestWriter:
    """Writes digests; implements the port of the same name.

    Args:
        sender: who writes.
        message_domain: the domain of our Message-IDs.
        desk_url: address of the desk, empty without one.
        parts: puts into blocks what the mail of the day says beside its digest; without it a mail with such parts is refused.
        links: writes the one-click links of what is told in the digest itself; without it there are none.
        time_zone: the zone of the mail's date.
    """

    def __init__(
        self,
        sender: Mailbox,
        message_domain: str,
        desk_url: str = "",
        *,
        parts: Blocks | None = None,
        links: MailLinks | None = None,
        time_zone: str = "Europe/Paris",
    ) -> None:
        self._sender, self._domain, self._desk_url = sender, message_domain, desk_url
        self._parts, self._links = parts, links
        self._local = local_to(time_zone)

    def mail(self, digest: Digest) -> OutgoingMail:
        """Return the mail of a digest that stands alone."""
        return self._mail(digest, (), digest.at, header_mark("digest", digest.id))

    def day_mail(self, mail: DayMail) -> OutgoingMail:
        """Return the mail of a digest morning: the digest, then what it does not say already.

        Raises:
            ValueError: It has no digest, or parts that nothing here can put into words.
        """
        if mail.digest is None:
            raise ValueError("un courriel du jour sans récapitulatif")
        return self._mail(mail.digest, mail.parts, mail.at, header_mark("message", mail.id))

    def write_day(self, mail: DayMail, files: tuple[Attachment, ...] = ()) -> bytes:
        """Return the finished mail of a digest morning with its files; the same mail gives the same bytes."""
        return to_bytes(self.day_mail(mail).model_copy(update={"attachments": files}))

    def _mail(self, digest: Digest, parts: tuple[MessageOrder, ...], at: datetime, mark: str) -> OutgoingMail:
        language = digest.language
        rest = left_to_say(digest, parts)
        desk = self._desk_url if digest.at_the_desk else ""
        values = values_of(digest, desk, self._by_item(digest))
        found = (
            *blocks("_greeting", language, {}),
            *blocks("digest", language, values | {"sections": values["pressing"]}),
            *self._beside(tuple(part for part in rest if _asks(part))),
            *blocks("digest", language, values | {"sections": values["calm"]}),
            *self._beside(tuple(part for part in rest if not _asks(part))),
            *blocks("_digest_end", language, values),
        )
        words = laid_out(subject_of(digest, rest), found, language)
        return OutgoingMail(
            message_id=f"<{mark}@{self._domain}>",
            sender=self._sender,
            recipient=Mailbox(name=digest.function, address=digest.address),
            reply_to=() if digest.ask is None else (Mailbox(name=digest.ask[0], address=digest.ask[1]),),
            subject=words.subject,
            text=words.text,
            html=words.html,
            language=language,
            date=self._local(at.replace(microsecond=0)),
        )

    def _beside(self, parts: tuple[MessageOrder, ...]) -> tuple[Block, ...]:
        if not parts:
            return ()
        if self._parts is None:
            raise ValueError("rien ne met en mots ce que ce courriel dit à côté du récapitulatif")
        return self._parts(parts)

    def _by_item(self, digest: Digest) -> ByItem:
        """What may be said by a link of what stands in a digest, as a reminder of it would offer it."""
        if self._links is None:
            return {}
        asked: dict[tuple[str, str], list[Line]] = {}
        for about in (about for lines in digest.sections.values() for line in lines for about in line.of):
            if about.line is not None and about.role:
                asked.setdefault((about.reference, about.role), []).append(about.line)
        found: dict[tuple[str, str], tuple[LinkView, ...]] = {}
        for (reference, role), lines in asked.items():
            by_item = self._links.of(_reminder(digest, reference, role, lines)).by_item
            found |= {(reference, item): views for item, views in by_item.items()}
        return found


def _asks(part: MessageOrder) -> bool:
    """Whether a part asks something of its reader: it then stands before what may wait."""
    return mail_of(part.kind).asks or (part.kind == Reminders.kind and bool(part.lines))


def _reminder(digest: Digest, reference: str, role: str, lines: list[Line]) -> MessageOrder:
    to = Recipient(role=role, function=digest.function, address=digest.address, language=digest.language)
    return MessageOrder(
        id=digest.id, kind=Reminders.kind, to=to, at=digest.at, reference=reference, title=Text(fr=reference, en=reference),
        parties=(), ask=digest.ask or (digest.function, digest.address), lines=tuple(lines),
    )  # fmt: skip
