"""A message put into words and bytes: what the send activity asks for."""

from echeancier.adapters.mail.mime import to_bytes
from echeancier.adapters.mail.rendering import Renderer
from echeancier.domain.messages.day_mail import DayMail
from echeancier.domain.messages.mail import Attachment
from echeancier.domain.messages.order import MessageOrder


class TemplateMailWriter:
    """Writes orders with a renderer; implements the port of the same name."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def write(self, order: MessageOrder, files: tuple[Attachment, ...] = ()) -> bytes:
        """Return the finished mail with its files; the same order gives the same bytes."""
        return to_bytes(self._renderer.render(order).model_copy(update={"attachments": files}))

    def write_day(self, mail: DayMail, files: tuple[Attachment, ...] = ()) -> bytes:
        """Return the finished mail of a day with its files; the same mail gives the same bytes."""
        return to_bytes(self._renderer.render_day(mail).model_copy(update={"attachments": files}))

    def return_path(self, message_id: str) -> str:
        """Return the address that receives the delivery failures of one message (VERP)."""
        return self._renderer.return_path(message_id)
