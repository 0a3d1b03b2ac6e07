"""The weekly digest put into words and bytes; the same digest always gives the same mail."""

from echeancier.adapters.mail.digest_view import values_of
from echeancier.adapters.mail.markup import blocks_of
from echeancier.adapters.mail.mime import to_bytes
from echeancier.adapters.mail.plain import plain_text
from echeancier.adapters.mail.rendering import SUBJECT_ROOM, environment
from echeancier.adapters.mail.typesetting import fitted, typeset
from echeancier.adapters.mail.view import local_to
from echeancier.domain.answers.reply import header_mark
from echeancier.domain.messages.mail import Mailbox, OutgoingMail
from echeancier.domain.overview.digest import Digest
from echeancier.domain.text import shortened
from echeancier.domain.typography import in_language


class DigestWriter:
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
        self._words = environment(html=False)
        self._layout = environment(html=True).get_template("layout.html")

    def mail(self, digest: Digest) -> OutgoingMail:
        """Return the mail of a digest."""
        language, values = digest.language, values_of(digest, self._desk_url)
        source = self._words.get_template(f"{language}/digest.txt").render(values)
        blocks = tuple(typeset(block, language) for block in blocks_of(source))
        subject = self._subject(digest, values)
        return OutgoingMail(
            message_id=f"<{header_mark('digest', digest.id)}@{self._domain}>",
            sender=self._sender,
            recipient=Mailbox(name=digest.function, address=digest.address),
            subject=subject,
            text=plain_text(blocks, language),
            html=self._layout.render(language=language, title=subject, blocks=blocks),
            language=language,
            date=self._local(digest.at.replace(microsecond=0)),
        )

    def write(self, digest: Digest) -> bytes:
        """Return the finished mail; the same digest gives the same bytes."""
        return to_bytes(self.mail(digest))

    def _subject(self, digest: Digest, values: dict[str, object]) -> str:
        """The first wording that fits."""
        written = self._words.get_template(f"{digest.language}/digest.subject").render(values)
        wordings = [line for line in written.split("\n") if line.strip(" ")]
        fitting = (fitted(line, SUBJECT_ROOM, digest.language) for line in wordings)
        return next((one for one in fitting if one), "") or shortened(
            in_language(wordings[-1], digest.language), SUBJECT_ROOM
        )
