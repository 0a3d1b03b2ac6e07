"""A letter is prepared, read, validated by a person in exactly these words, posted, and followed until it arrives."""

from datetime import date

import pytest

from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted, LetterPresented, LetterReturned
from echeancier.domain.letters.progress import LetterStage
from echeancier.domain.recording import Refusal
from tests.domain.builders_letters import POSTED, REASONS, File, ending_with_the_year, file_of, with_postal

ADDRESS = ("Pôle emploi", "Service des conventions", "BP 1", "00000 VILLE-EXEMPLE CEDEX")


def near_its_end() -> File:
    """SQF-P three months before its end: its notice may end it any day, so a person alone begins its letter."""
    return file_of("sqf-p", "2023-10-02")


def announced() -> File:
    """The notice of SQF-P as if it ended it with a civil year only: the day to post that of 2022 has been announced."""
    return ending_with_the_year(file_of("sqf-p", "2022-10-03"))


def validated() -> File:
    file = near_its_end()
    file.validate("termination", reasons=REASONS, posted=POSTED)
    return file


def posted() -> File:
    file = validated().on("2023-11-28", 16)
    file.record(LetterPosted(on=POSTED, rule="notice", by="commune", reasons="régie", tracking="1A 000"))
    return file


def told(refusal: pytest.ExceptionInfo[Refusal]) -> str:
    return str(refusal.value).replace("\u00a0", " ")


def test_a_letter_that_a_clause_allows_is_to_prepare_while_something_is_to_be_said() -> None:
    letter = announced().letter("termination")
    assert letter.stage is LetterStage.TO_PREPARE
    assert "motifs" in letter.missing
    assert letter.by == date(2022, 11, 30)


def test_a_letter_that_no_line_asks_for_is_nobody_s_to_do_until_a_person_begins_it() -> None:
    file = near_its_end()
    assert [one for one in file.letters if one.letter == "termination"] == []
    file.validate("termination", reasons=REASONS, posted=POSTED)
    assert (file.letter("termination").about, file.letter("termination").by) == ("notice", None)


def test_its_draft_shows_what_is_missing_as_a_blank() -> None:
    content = announced().letter("termination").content
    assert content is not None
    assert "[à compléter]" in content.model_dump_json()


def test_a_letter_that_says_all_it_must_is_a_draft() -> None:
    assert file_of("sqf-p", "2023-06-20").letter("renewal").stage is LetterStage.DRAFT


def test_a_letter_read_and_validated_is_validated() -> None:
    letter = validated().letter("termination")
    assert letter.stage is LetterStage.VALIDATED
    assert letter.validated is not None
    assert letter.validated.recorded_by == "coordinator"


def test_days_that_pass_change_nothing_to_it() -> None:
    assert validated().on("2023-11-27").letter("termination").stage is LetterStage.VALIDATED


def test_another_text_than_the_one_read_is_refused_saying_so() -> None:
    file = near_its_end()
    read = file.validation("termination", reasons=REASONS, posted=POSTED)
    file.amend_terms(**with_postal(file.dossier.convention, "operator", ADDRESS))
    with pytest.raises(Refusal) as refused:
        file.record(read)
    assert "a changé depuis qu’il a été relu" in told(refused)
    assert read.mark[:12] in told(refused)


def test_a_letter_with_a_blank_is_not_validated() -> None:
    file = near_its_end()
    read = file.validation("termination", reasons=("[à compléter]",), posted=POSTED)
    with pytest.raises(Refusal) as refused:
        file.record(read)
    assert "il reste « [à compléter] »" in told(refused)


def test_a_termination_is_not_validated_without_the_day_its_end_is_counted_from() -> None:
    file = near_its_end()
    read = file.validation("termination", reasons=REASONS)
    with pytest.raises(Refusal) as refused:
        file.record(read)
    assert "dépend du jour d’envoi" in told(refused)


def test_what_cannot_be_written_is_refused_in_the_words_of_the_letter() -> None:
    file = near_its_end()
    read = file.validation("termination", reasons=REASONS, posted=POSTED)
    with pytest.raises(Refusal) as refused:
        file.record(read.model_copy(update={"reasons": ""}))
    assert "demande motivée" in told(refused)


def test_the_same_words_are_validated_once() -> None:
    file = validated()
    with pytest.raises(Refusal) as refused:
        file.validate("termination", reasons=REASONS, posted=POSTED)
    assert "déjà validée dans ces mots" in told(refused)


def test_terms_corrected_make_it_a_draft_again_and_say_why() -> None:
    file = validated().on("2023-10-05")
    file.amend_terms(**with_postal(file.dossier.convention, "operator", ADDRESS))
    letter = file.letter("termination")
    assert letter.stage is LetterStage.DRAFT
    assert [change.fr.split(" : ")[0] for change in letter.changes] == ["l’adresse du destinataire"]
    assert "Service des conventions" in letter.changes[0].fr


def test_the_new_words_can_be_validated() -> None:
    file = validated().on("2023-10-05")
    file.amend_terms(**with_postal(file.dossier.convention, "operator", ADDRESS))
    file.validate("termination", reasons=REASONS, posted=POSTED)
    assert file.letter("termination").stage is LetterStage.VALIDATED


def test_terms_put_back_as_they_were_need_no_new_validation() -> None:
    file = validated()
    before = file.dossier.convention
    file.on("2023-10-05").amend_terms(**with_postal(before, "operator", ADDRESS))
    file.on("2023-10-06").amend_terms(parties=before.parties)
    assert file.letter("termination").stage is LetterStage.VALIDATED


def test_a_letter_that_can_no_longer_be_written_is_to_prepare_again() -> None:
    file = validated().on("2023-10-05")
    parties = with_postal(file.dossier.convention, "operator", ())
    file.amend_terms(**parties)
    letter = file.letter("termination")
    assert letter.stage is LetterStage.TO_PREPARE
    assert "ne peut plus s’écrire" in letter.changes[0].fr


def test_a_validation_recorded_by_mistake_does_not_count() -> None:
    file = announced()
    record = file.validate("termination", reasons=REASONS, posted=date(2022, 11, 28))
    assert file.letter("termination").stage is LetterStage.VALIDATED
    file.dossier.facts.append(record.model_copy(update={"version": 2, "cancelled": True}))
    assert file.letter("termination").stage is LetterStage.TO_PREPARE


def test_posted_it_is_followed_until_it_arrives() -> None:
    file = posted()
    letter = file.recorded[-1].id
    assert file.letter("termination").stage is LetterStage.POSTED
    file.on("2023-11-30").record(LetterPresented(on=date(2023, 11, 30), letter=letter))
    assert file.letter("termination").stage is LetterStage.PRESENTED
    file.on("2023-12-01").record(LetterDelivered(on=date(2023, 12, 1), letter=letter))
    assert file.letter("termination").stage is LetterStage.DELIVERED


@pytest.mark.parametrize(
    ("outcome", "stage"),
    [
        ("refused", LetterStage.REFUSED),
        ("unclaimed", LetterStage.UNCLAIMED),
        ("unknown-address", LetterStage.UNKNOWN_ADDRESS),
    ],
)
def test_a_letter_that_came_back_says_how(outcome: str, stage: LetterStage) -> None:
    file = posted().on("2023-12-18")
    back = {"on": date(2023, 12, 18), "letter": file.recorded[-1].id, "outcome": outcome}
    file.record(LetterReturned.model_validate(back))
    assert file.letter("termination").stage is stage


def test_a_letter_posted_unread_is_kept_and_warned_of() -> None:
    file = near_its_end().on("2023-11-28", 16)
    record = file.record(LetterPosted(on=POSTED, rule="notice", by="commune", reasons="régie"))
    assert file.letter("termination").unvalidated
    warnings = {warning.id for warning in file.ctx.agenda.warnings}
    assert f"letter-not-validated/{record.id}" in warnings


def test_a_letter_validated_before_it_left_is_not_warned_of() -> None:
    assert not [w for w in posted().ctx.agenda.warnings if w.id.startswith("letter-")]


def test_a_letter_posted_on_another_day_than_it_says_is_warned_of() -> None:
    file = validated().on("2023-11-29")
    record = file.record(LetterPosted(on=date(2023, 11, 29), rule="notice", by="commune", reasons="régie"))
    assert f"letter-another-day/{record.id}" in {warning.id for warning in file.ctx.agenda.warnings}


def test_a_letter_that_ends_nothing_is_posted_by_what_it_is_about() -> None:
    file = file_of("sqf-p", "2023-06-20")
    file.validate("renewal")
    posting = LetterPosted(on=date(2023, 6, 20), letter="renewal", about="renewal/2023", by="commune")
    file.record(posting)
    assert file.letter("renewal").stage is LetterStage.POSTED
    assert file.s.ends_on == date(2023, 12, 31)


def test_a_letter_about_nothing_known_is_refused_with_what_is_expected() -> None:
    file = file_of("sqf-p", "2023-06-20")
    with pytest.raises(Refusal) as refused:
        file.record(LetterPosted(on=date(2023, 6, 20), letter="renewal", about="renewal/2030", by="commune"))
    assert "lettres attendues : renewal/2023" in told(refused)


def test_a_termination_without_its_clause_names_the_clauses() -> None:
    file = near_its_end()
    with pytest.raises(Refusal) as refused:
        file.record(LetterPosted(on=date(2023, 10, 2), by="commune", reasons="x"))
    assert "Clauses possibles : « notice »" in told(refused)


def test_the_letter_about_a_manager_who_left_is_what_the_clause_wants_done() -> None:
    file = file_of("sqf-o", "2022-06-06")
    left = file.record(Happened(event="account-manager-left", on=date(2022, 6, 3)))
    about = f"manager-left-told/{left.id}"
    file.validate("account-manager", about)
    file.record(LetterPosted(on=date(2022, 6, 6), letter="account-manager", about=about, by="commune"))
    item = file.ctx.agenda.item(about)
    assert item is not None
    assert item.done_on == date(2022, 6, 6)
