"""A letter on the real engine: drafted with the reminder, kept once a person has validated it, the same on a retry."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from echeancier.adapters.papers.enclosures_pdf import PdfPrinter
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.messages.letters import enclosure_of, kept_as
from echeancier.domain.terms.convention import Convention
from echeancier.engine.gateway import RefusedError
from tests.adapters.letters_read import read
from tests.domain import builders as b
from tests.domain.builders_letters import File
from tests.workflows.scene import Scene, scene
from tests.workflows.terms import FIRST, arranged, terms

POSTAL = {
    "town": ("Ville", "Hôtel de ville", "00000 VILLE-EXEMPLE"),
    "agency": ("Agence", "Direction", "00000 VILLE-EXEMPLE"),
}
MARK = "PROJET – à valider par une personne"


def with_addresses() -> Convention:
    """A convention that a notice may end on 30 November, a month before it ends by itself."""
    convention = terms(termination=[{**b.NOTICE, "until": "day", "on": "11-30"}])
    parties = {
        key: party.model_copy(update={"postal": POSTAL.get(key, ())}) for key, party in convention.parties.items()
    }
    return convention.model_copy(update={"parties": parties})


def documents(s: Scene, message_id: str) -> list[EmailMessage]:
    """The PDF files of a message, as the document store keeps it."""
    raw = DirectoryStore(s.directory / "documents").get(f"{s.reference}/mail/{message_id}.eml")
    assert raw is not None
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    return [part for part in mail.iter_attachments() if part.get_content_type() == "application/pdf"]


async def letter_mails(s: Scene) -> list[tuple[str, str]]:
    """Return (id, stage) of each letter told, oldest first."""
    return [
        (m.id, t.stage) for m in await s.sent(to="coordinator") for t in m.told if t.about == "letter/termination/leave"
    ]


async def file_of(s: Scene) -> File:
    return File(await s.dossier(), s.now)


async def test_a_notice_announced_brings_its_draft(tmp_path: Path) -> None:
    async with scene(tmp_path, "2022-10-03") as s:
        await s.register(with_addresses(), *b.signed("2022-10-03"))
        ((message_id, stage),) = await letter_mails(s)
        drafts = {one.get_filename(): one for one in documents(s, message_id)}
    assert stage == "draft"
    assert MARK in read(drafts["TEST-1-termination-projet.pdf"].get_content()).text


async def test_a_validated_letter_is_kept_as_it_was_sent_and_as_the_desk_prints_it(tmp_path: Path) -> None:
    async with scene(tmp_path, "2022-10-03") as s:
        await s.register(with_addresses(), *b.signed("2022-10-03"))
        await s.record((await file_of(s)).validation("termination", "leave", posted=b.d("2022-10-10")))
        await s.settle()
        (_, _), (message_id, _) = await letter_mails(s)
        (final,) = documents(s, message_id)
        file = await file_of(s)
        letter = file.letter("termination")
        kept = DirectoryStore(s.directory / "documents").get(f"{s.reference}/{kept_as(letter)}")
        assert letter.content is not None
        printed = PdfPrinter().pdf(enclosure_of(file.ctx, letter, letter.content))
    assert kept == final.get_content() == printed
    assert MARK not in read(kept).text


async def test_the_door_refuses_a_text_that_is_not_the_one_read(tmp_path: Path) -> None:
    async with scene(tmp_path, "2022-10-03") as s:
        await s.register(with_addresses(), *b.signed("2022-10-03"))
        read_before = (await file_of(s)).validation("termination", "leave", posted=b.d("2022-10-10"))
        with pytest.raises(RefusedError, match="a changé depuis qu’il a été relu"):
            await s.record(read_before.model_copy(update={"place": "Ailleurs"}))


async def test_terms_put_right_make_a_validated_letter_a_draft_again(tmp_path: Path) -> None:
    async with scene(tmp_path, "2022-10-03") as s:
        await s.register(with_addresses(), *b.signed("2022-10-03"))
        await s.record((await file_of(s)).validation("termination", "leave", posted=b.d("2022-10-10")))
        await s.settle()
        await s.until("2022-10-04")
        convention = (await s.dossier()).convention
        agency = convention.parties["agency"].model_copy(update={"postal": ("Agence", "BP 2", "00000 VILLE-EXEMPLE")})
        changed = convention.model_copy(update={"parties": {**convention.parties, "agency": agency}})
        await s.door.correct_terms(changed, "coordinator", "adresse mal recopiée")
        await s.settle()
        message_id, stage = (await letter_mails(s))[-1]
        (draft,) = documents(s, message_id)
    assert stage.startswith("changed-")
    assert MARK in read(draft.get_content()).text


async def test_a_letter_posted_unread_is_recorded_and_said(tmp_path: Path) -> None:
    async with scene(tmp_path, "2022-10-03") as s:
        await s.register(with_addresses(), *b.signed("2022-10-03"))
        posted = await s.record(LetterPosted(rule="leave", by="town", on=b.d("2022-10-03")))
        await s.settle()
        told = [t.about for m in await s.sent(to="coordinator") for t in m.told if t.stage == "unvalidated"]
    assert told == [f"letter/termination/leave/{posted.fact_id}"]


async def test_a_committee_is_convened_with_its_file(tmp_path: Path) -> None:
    committee = {**b.meeting_duty(), "kind": "committee"}
    async with scene(tmp_path, "2022-01-03") as s:
        await s.register(terms(duty=[committee]), *b.signed("2022-01-03"))
        await s.record(arranged(FIRST, "2022-03-10"))
        await s.settle()
        invited = [m.id for m in await s.sent("invitation")]
        files = [documents(s, message_id) for message_id in invited]
    assert [len(one) for one in files] == [1] * len(invited)
    assert len({one[0].get_content() for one in files}) == 1
    assert "Comité de pilotage – dossier de séance" in read(files[0][0].get_content()).text
