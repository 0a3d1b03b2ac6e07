"""The papers that go with a message, printed when it is written."""

from echeancier.domain.messages.enclosures import Enclosure
from echeancier.domain.messages.mail import Attachment
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.ports import DocumentStore, EnclosurePrinter


def enclosed(store: DocumentStore, printer: EnclosurePrinter, order: MessageOrder) -> tuple[Attachment, ...]:
    """Print what an order encloses; what is to be kept is kept with its convention before it leaves, and printed once."""
    return tuple(_file(store, printer, order.reference, enclosure) for enclosure in order.enclosures)


def _file(store: DocumentStore, printer: EnclosurePrinter, reference: str, enclosure: Enclosure) -> Attachment:
    name = f"{reference}/{enclosure.keep}"
    content = store.get(name) if enclosure.keep else None
    if content is None:
        content = printer.pdf(enclosure)
        if enclosure.keep:
            content = store.put_once(name, content)
    return Attachment(filename=enclosure.filename, mime_type="application/pdf", content=content)
