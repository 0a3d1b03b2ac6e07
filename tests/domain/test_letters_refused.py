"""A letter that cannot be written is refused, with what to add."""

from datetime import date

import pytest

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letter_fields import LetterFields, LetterKind, LetterRefusedError
from echeancier.domain.facts.litigation import LitigationOpened
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.letters.content import letter_for
from echeancier.domain.standing.situation import Situation
from tests.domain.builders import at, convention, recorded, signed
from tests.domain.examples_seen import seen_by


def refused(s: Situation, kind: LetterKind, about: str = "", fields: LetterFields | None = None) -> str:
    with pytest.raises(LetterRefusedError) as why:
        letter_for(s, kind, about, fields)
    return str(why.value)


def without_address(s: Situation, party: str) -> Situation:
    bare = s.convention.parties[party].model_copy(update={"postal": ()})
    roles = {key: role.model_copy(update={"postal": ()}) for key, role in s.convention.roles.items()}
    terms = s.convention.model_copy(update={"parties": {**s.convention.parties, party: bare}, "roles": roles})
    return situation(terms, s.records, s.now)


def test_without_the_address_of_the_other_side_what_to_add_is_said() -> None:
    told = refused(without_address(seen_by("ida-o", "2025-06-02"), "operator"), "termination")
    assert "adresse postale du destinataire" in told
    assert "[parties.operator]" in told
    assert "postal = [" in told


def test_without_our_own_address_what_to_add_is_said() -> None:
    told = refused(without_address(seen_by("ida-o", "2025-06-02"), "commune"), "termination")
    assert "notre adresse postale" in told
    assert "[parties.commune]" in told


def test_nobody_writes_to_their_own_side() -> None:
    told = refused(seen_by("ida-o", "2025-06-02"), "termination", fields=LetterFields(to="coordinator"))
    assert "de notre côté" in told


def test_an_unknown_addressee_is_refused_with_those_there_are() -> None:
    told = refused(seen_by("ida-o", "2025-06-02"), "termination", fields=LetterFields(to="prefet"))
    assert "regional-director" in told


def test_a_clause_that_wants_reasons_gets_none_without_them() -> None:
    assert "--reasons" in refused(seen_by("sqf-p", "2022-03-01"), "termination")


def test_the_clause_of_the_other_side_is_not_ours_to_use() -> None:
    told = refused(seen_by("ida-o", "2025-06-02"), "termination", "operator-notice")
    assert "partner-notice" in told


def test_a_letter_that_would_change_nothing_is_refused() -> None:
    told = refused(seen_by("sqf-p", "2023-12-20"), "termination", fields=LetterFields(reasons=("x",)))
    assert "ne changerait rien" in told


def test_what_has_ended_is_not_ended_again() -> None:
    told = refused(seen_by("sqf-p", "2024-02-01"), "termination", fields=LetterFields(reasons=("x",)))
    assert "a pris fin le 31/12/2023" in told


def test_the_date_of_a_dated_letter_must_be_given() -> None:
    assert "--effect" in refused(seen_by("tcm-d", "2020-06-01"), "termination")


def test_nobody_is_put_on_notice_before_the_day() -> None:
    told = refused(seen_by("sqf-p", "2022-03-01"), "formal-notice", "quarterly-data/2022-04")
    assert "n’est pas en retard" in told


def test_we_do_not_put_the_other_side_on_notice_of_what_we_owe() -> None:
    assert "dû par nous" in refused(seen_by("sqf-p", "2022-03-01"), "formal-notice", "job-openings/2021-10")


def test_a_formal_notice_gives_a_time_to_comply() -> None:
    told = refused(seen_by("sqf-p", "2022-03-01"), "formal-notice", "quarterly-data/2021-10")
    assert "--deadline" in told


def test_the_reasons_step_of_the_operator_is_not_ours() -> None:
    told = refused(seen_by("ida-o", "2025-06-02"), "termination-reasons")
    assert "revient à France Travail" in told


def test_comments_answer_a_letter_that_was_received() -> None:
    assert "breach-step" in refused(seen_by("ida-o", "2025-06-02"), "comments")


def test_a_change_of_manager_must_have_happened() -> None:
    told = refused(seen_by("ida-o", "2025-06-02"), "account-manager")
    assert "enregistrer d’abord" in told


def test_a_convention_without_account_manager_has_no_such_letter() -> None:
    told = refused(seen_by("sqf-p", "2022-03-01"), "account-manager")
    assert "ne prévoit pas de gestionnaire" in told


def test_what_was_not_destroyed_is_not_certified() -> None:
    told = refused(seen_by("tcm-d", "2021-02-20"), "destruction", "final-destruction")
    assert "--done-on" in told


def test_the_means_of_a_destruction_are_said() -> None:
    done = DutyDone(on=date(2021, 2, 15), item="final-destruction")
    told = refused(seen_by("tcm-d", "2021-02-20", done), "destruction", "final-destruction")
    assert "--means" in told


def test_a_destruction_is_not_certified_ahead() -> None:
    fields = LetterFields(done_on=date(2021, 2, 25), means="broyage")
    told = refused(seen_by("tcm-d", "2021-02-20"), "destruction", "final-destruction", fields)
    assert "On n’atteste pas d’avance" in told


def test_nothing_is_certified_during_a_litigation() -> None:
    opened = LitigationOpened(on=date(2024, 1, 10))
    fields = LetterFields(done_on=date(2024, 1, 15), means="broyage")
    s = seen_by("sqf-p", "2024-01-20", opened)
    key = next(d.id for d in s.convention.end_duty if d.kind == "destruction")
    parts = [d.owed_by == "each" for d in s.convention.end_duty if d.id == key]
    about = f"{key}/{s.convention.us}" if parts[0] else key
    assert "contentieux" in refused(s, "destruction", about, fields)


def test_an_incident_says_what_is_known() -> None:
    found = Happened(event="breach-discovered", on=date(2020, 5, 4))
    assert "--known" in refused(seen_by("tcm-d", "2020-05-05", found), "incident")


def test_an_unknown_end_leaves_nothing_to_renew() -> None:
    assert "n’est pas connue" in refused(seen_by("ida-o", "2025-06-02"), "renewal")


def test_without_a_last_day_there_is_nothing_to_renew() -> None:
    terms = convention(term={"unlimited": True, "clauses": ["A1"]})
    told = refused(situation(terms, recorded(*signed("2021-12-15")), at("2023-05-02")), "renewal")
    assert "Cette convention n’a pas de dernier jour" in told


def test_a_dispute_has_a_subject() -> None:
    assert "--reasons" in refused(seen_by("mtz-p", "2022-03-10"), "amicable")


def test_a_question_already_answered_is_not_asked_again() -> None:
    answer = QuestionAnswered(on=date(2020, 2, 1), question="annex-2", text="reçue le 1er février")
    assert "a déjà sa réponse" in refused(seen_by("tcm-d", "2020-03-01", answer), "request", "question/annex-2")


def test_an_unknown_key_is_refused() -> None:
    assert "clé de l’agenda" in refused(seen_by("sqf-p", "2022-03-01"), "request", "nothing/2021")
