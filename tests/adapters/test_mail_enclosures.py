"""A mail with a document: the invitation keeps its shape, the document comes last and reads as a PDF."""

import email
import email.policy
from email.message import EmailMessage

from echeancier.adapters.papers.enclosures_pdf import PdfPrinter
from echeancier.domain.letters.committee_file import pack_of
from echeancier.domain.messages.enclosures import Enclosure, packed
from echeancier.domain.messages.mail import Attachment
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.model import Text
from tests.adapters.letters_read import AT, read
from tests.adapters.orders import order as order_of
from tests.adapters.rehearsed import WRITER
from tests.domain.examples_seen import seen_by

PACK = Enclosure(
    kind="pack",
    filename="dossier-de-seance-SQF-P-2022-12-15.pdf",
    says=Text(fr="dossier de séance (PDF)", en="file of the session (PDF)"),
    packed=packed(pack_of(seen_by("sqf-p", "2022-10-03"))),
    at=AT,
)


def order() -> MessageOrder:
    return order_of("invitation").model_copy(update={"enclosures": (PACK,)})


def mail() -> EmailMessage:
    files = (Attachment(filename=PACK.filename, mime_type="application/pdf", content=PdfPrinter().pdf(PACK)),)
    return email.message_from_bytes(WRITER.write(order(), files), policy=email.policy.default)


def test_the_invitation_keeps_the_shape_that_shows_its_buttons() -> None:
    parts = list(mail().iter_parts())
    assert mail().get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in parts] == [
        "multipart/alternative",
        "application/ics",
        "application/pdf",
    ]
    inside = [part.get_content_type() for part in parts[0].iter_parts()]
    assert inside == ["text/plain", "text/html", "text/calendar"]


def test_the_document_reads_as_it_was_printed() -> None:
    part = list(mail().iter_attachments())[-1]
    assert part.get_filename() == PACK.filename
    assert "Comité de pilotage – dossier de séance" in read(part.get_content()).text


def test_the_mail_says_what_is_attached() -> None:
    body = mail().get_body(("plain",))
    assert body is not None
    assert "dossier de séance (PDF)" in body.get_content().replace("\u00a0", " ")


def test_the_same_document_has_the_same_bytes() -> None:
    again = Enclosure.model_validate_json(PACK.model_dump_json())
    assert PdfPrinter().pdf(again) == PdfPrinter().pdf(PACK)


def test_a_mail_with_a_document_stays_light() -> None:
    assert len(mail().as_bytes()) < 200_000


def test_a_character_the_font_does_not_have_does_not_hold_the_mail_back() -> None:
    pack = pack_of(seen_by("sqf-p", "2022-10-03")).model_copy(update={"title": "Convention \U0001f600 du \u4e2d"})
    odd = PACK.model_copy(update={"packed": packed(pack)})
    assert "Convention ? du ?" in read(PdfPrinter().pdf(odd)).text.replace("\u00a0", " ")
