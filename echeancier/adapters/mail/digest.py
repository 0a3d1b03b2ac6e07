"""The weekly digest put into words and bytes; the same digest always gives the same mail."""

from echeancier.adapters.mail.digest_view import values_of
from echeancier.adapters.mail.mime import to_bytes
from echeancier.adapters.mail.rendering import worded
from echeancier.adapters.mail.view import local_to
from echeancier.domain.answers.reply import header_mark
from echeancier.domain.messages.mail import Mailbox, OutgoingMail
from echeancier.domain.overview.digest import Digest


class TemplateDigestWriter:
    """Writes digests; implements the port of the same name.

    Args:
        sender: who writes.
        message_domain: the domain of our Message-IDs.
        desk_url: address of the desk, empty without one.
        time_zone: the zone of the mail's date.
    """

    def __init__(
        self, sender: Mailbox, message_domain: str, desk_url: str = "", *, time_zone: str = "Europe/Paris"
    ) -> None:
        self._sender, self._domain, self._desk_url = sender, message_domain, desk_url
        self._local = local_to(time_zone)

    def mail(self, digest: Digest) -> OutgoingMail:
        """Return the mail of a digest."""
        words = worded("digest", digest.language, values_of(digest, self._desk_url))
        return OutgoingMail(
            message_id=f"<{header_mark('digest', digest.id)}@{self._domain}>",
            sender=self._sender,
            recipient=Mailbox(name=digest.function, address=digest.address),
            subject=words.subject,
            text=words.text,
            html=words.html,
            language=digest.language,
            date=self._local(digest.at.replace(microsecond=0)),
        )

    def write(self, digest: Digest) -> bytes:
        """Return the finished mail; the same digest gives the same bytes."""
        return to_bytes(self.mail(digest))
