"""Letters that end a convention, at the door."""

from datetime import date

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.letters import (
    LetterDelivered,
    LetterPosted,
    LetterPresented,
    LetterReturned,
    NoticeWithdrawn,
)
from tests.support.door import at, example, new, notice, refused, running, small, take


def posted(on: date, **more: object) -> LetterPosted:
    return LetterPosted.model_validate({"on": on, "rule": "notice", "by": "commune", **more})


def on_its_way() -> Dossier:
    """A letter posted on 1 March 2022: f6."""
    return take(running(), posted(date(2022, 3, 1)))


def test_a_letter_without_its_reasons_is_refused_with_the_clause_that_wants_them() -> None:
    words = refused(example("sqf-p"), posted(date(2022, 5, 31)))
    assert "« expresse et motivée »" in words
    assert "reasons" in words


def test_a_letter_with_its_reasons_ends_the_convention() -> None:
    dossier = take(example("sqf-p"), posted(date(2022, 5, 31), reasons="réorganisation du service"))
    found = agenda(dossier.convention, tuple(dossier.facts), at(2022, 6, 1))
    assert found.ends_on == date(2022, 6, 30)


def test_an_unknown_clause_lists_the_termination_clauses() -> None:
    words = refused(running(), posted(date(2022, 3, 1), rule="preavis"))
    assert "« notice » (art. 1" in words


def test_a_clause_written_nearly_right_is_suggested() -> None:
    assert "vouliez-vous écrire « notice »" in refused(running(), posted(date(2022, 3, 1), rule="notices"))


def test_a_convention_without_a_termination_clause_takes_no_letter() -> None:
    assert "aucune clause de résiliation" in refused(running(small(termination=[])), posted(date(2022, 3, 1)))


def test_a_party_uses_only_a_clause_open_to_it() -> None:
    rules = [notice(who=["operator"]), notice(id="other-notice", who=["commune"])]
    words = refused(running(small(termination=rules)), posted(date(2022, 3, 1)))
    assert "n’est pas ouverte à « commune »" in words
    assert "other-notice" in words


def test_a_letter_without_the_receipt_the_clause_wants_is_refused() -> None:
    dossier = running(small(termination=[notice(form="lrar")]))
    assert "avis de réception" in refused(dossier, posted(date(2022, 3, 1), form="lr"))


def test_a_receipt_is_more_than_a_simple_registered_letter_and_is_taken() -> None:
    dossier = running(small(termination=[notice(form="lr")]))
    assert take(dossier, posted(date(2022, 3, 1), form="lrar")).facts[-1].id == "f6"


def test_a_clause_without_a_form_takes_any_letter() -> None:
    for rule in (notice(form="unstated"), notice()):
        dossier = running(small(termination=[rule]))
        assert take(dossier, posted(date(2022, 3, 1), form="other")).facts[-1].id == "f6"


def test_a_letter_before_the_convention_is_in_force_is_refused() -> None:
    assert "pas encore en vigueur" in refused(running(), posted(date(2021, 12, 20)))


def test_a_letter_before_the_signatures_is_refused() -> None:
    assert "rien à résilier" in refused(new(small()), posted(date(2022, 3, 1)))


def test_a_letter_after_the_end_is_refused() -> None:
    assert "a pris fin" in refused(running(), posted(date(2023, 1, 2)))


def test_a_second_letter_of_the_same_side_is_refused_while_the_first_runs() -> None:
    assert "corriger f6" in refused(on_its_way(), posted(date(2022, 3, 8)))


def test_the_other_side_may_write_too() -> None:
    assert take(on_its_way(), posted(date(2022, 3, 8), by="operator")).facts[-1].id == "f7"


def test_a_letter_that_came_back_may_be_sent_again() -> None:
    dossier = take(on_its_way(), LetterReturned(letter="f6", on=date(2022, 3, 20), outcome="unclaimed"))
    assert take(dossier, posted(date(2022, 3, 21))).facts[-1].id == "f8"


def test_a_letter_cannot_want_an_end_before_it_was_posted() -> None:
    words = refused(running(), posted(date(2022, 3, 1), effect_wanted=date(2022, 2, 1)))
    assert "avant d’être postée" in words


def test_a_presentation_before_the_posting_is_refused() -> None:
    words = refused(on_its_way(), LetterPresented(letter="f6", on=date(2022, 2, 28)))
    assert "ne peut pas précéder le dépôt" in words


def test_a_delivery_before_the_presentation_is_refused() -> None:
    dossier = take(on_its_way(), LetterPresented(letter="f6", on=date(2022, 3, 4)))
    words = refused(dossier, LetterDelivered(letter="f6", on=date(2022, 3, 3)), told=at(2022, 3, 9))
    assert "ne peut pas précéder la présentation" in words


def test_a_presentation_after_a_recorded_delivery_is_refused() -> None:
    dossier = take(on_its_way(), LetterDelivered(letter="f6", on=date(2022, 3, 4)))
    assert "remise" in refused(dossier, LetterPresented(letter="f6", on=date(2022, 3, 5)))


def test_a_letter_delivered_does_not_come_back() -> None:
    dossier = take(on_its_way(), LetterDelivered(letter="f6", on=date(2022, 3, 4)))
    assert "f7" in refused(dossier, LetterReturned(letter="f6", on=date(2022, 3, 20), outcome="unclaimed"))


def test_a_letter_that_came_back_is_not_delivered() -> None:
    dossier = take(on_its_way(), LetterReturned(letter="f6", on=date(2022, 3, 20), outcome="refused"))
    assert "f7" in refused(dossier, LetterDelivered(letter="f6", on=date(2022, 3, 21)))


def test_an_unknown_letter_is_refused_with_those_that_exist() -> None:
    assert "f6 (mardi 1er mars 2022)" in refused(on_its_way(), LetterDelivered(letter="f5", on=date(2022, 3, 4)))


def test_without_a_letter_nothing_is_delivered() -> None:
    assert "letter-posted" in refused(running(), LetterDelivered(letter="f1", on=date(2022, 3, 4)))


def test_a_notice_is_given_up_before_its_end() -> None:
    assert take(on_its_way(), NoticeWithdrawn(letter="f6", on=date(2022, 3, 15))).facts[-1].id == "f7"


def test_a_notice_that_has_ended_the_convention_is_not_given_up() -> None:
    dossier = take(on_its_way(), LetterDelivered(letter="f6", on=date(2022, 3, 4)))
    words = refused(dossier, NoticeWithdrawn(letter="f6", on=date(2022, 4, 5)))
    assert "lundi 4 avril 2022" in words


def test_a_notice_is_not_given_up_twice() -> None:
    dossier = take(on_its_way(), NoticeWithdrawn(letter="f6", on=date(2022, 3, 15)))
    assert "f7" in refused(dossier, NoticeWithdrawn(letter="f6", on=date(2022, 3, 16)))
