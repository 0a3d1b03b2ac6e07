"""What people say by links reaches the coordinator in the next message, once."""

from copy import deepcopy
from functools import cache

from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.mail import InvitationAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.signing import SignatureRefused
from echeancier.domain.messages.acts import by_link, said_by
from echeancier.domain.overview.journal import journal
from tests.domain import builders as b
from tests.domain.builders_life import Life, life
from tests.domain.links import DATA, POINT, convened, terms


def clicked(lived: Life, fact: Fact, function: str = "Fonction partner") -> None:
    """Record what somebody says by a link, now."""
    number = len(lived.dossier.facts) + 1
    lived.dossier.facts.append(
        Recorded(id=f"f{number}", fact=fact, recorded_at=lived.now, recorded_by=by_link(function))
    )
    lived.settle()


def heard(lived: Life, role: str = "coordinator") -> list[str]:
    return [text.fr for _, order in lived.to(role) for text in order.heard]


@cache
def _called_for() -> Life:
    return life(terms(), b.signed("2021-12-15")).until("2022-07-01")


def called_for() -> Life:
    """Return a life whose first data are late; each test goes on with its own."""
    return deepcopy(_called_for())


def delivered() -> Life:
    """Data delivered by a partner who says so by a link, late."""
    lived = called_for()
    clicked(lived, DutyDone(on=b.d("2022-07-01"), item=DATA, party="agency", note="partie 1"))
    return lived


def test_what_was_said_by_a_link_makes_no_message_of_its_own() -> None:
    lived = called_for()
    before = len(lived.to("coordinator"))
    clicked(lived, DutyDone(on=b.d("2022-07-01"), item=DATA, party="agency"))
    assert len(lived.to("coordinator")) == before


def test_the_coordinator_reads_it_once_in_the_next_message_and_nobody_else_does() -> None:
    lived = delivered().until("2023-03-01")
    assert heard(lived) == [
        "Devoir data : fait le vendredi\u00a01er\u00a0juillet\u00a02022, selon la fonction « Fonction partner » (« partie 1 »)"
    ]
    assert not [role for role in ("partner", "referent", "manager") if heard(lived, role)]


def test_what_the_coordinator_recorded_is_no_news_to_the_coordinator() -> None:
    lived = called_for()
    lived.record(DutyDone(on=b.d("2022-07-01"), item=DATA, party="agency"))
    assert heard(lived.until("2023-03-01")) == []


def test_what_was_put_right_since_is_not_told_as_it_was_said() -> None:
    lived = delivered()
    lived.correct(lived.dossier.facts[-1].id, lived.dossier.facts[-1].fact, cancelled=True)
    assert heard(lived.until("2023-03-01")) == []


def test_a_guest_who_declines_is_told_with_the_next_message() -> None:
    lived = convened()
    answer = InvitationAnswered(
        on=b.d("2022-06-07"), item=POINT, role="partner", answer="declined", at=lived.now, sequence=0,
        address=b.ADDRESSES["partner"], meeting_at=b.at("2022-09-13"),
    )  # fmt: skip
    clicked(lived, answer)
    assert heard(lived.until("2022-08-01")) == ["Devoir point : la fonction « Fonction partner » refuse"]


def test_a_refusal_to_sign_is_told_at_once_by_its_own_message_only() -> None:
    lived = life(b.convention(), ()).until("2022-01-28")
    clicked(lived, SignatureRefused(on=b.d("2022-01-28"), party="agency", reason="motif"))
    assert len(lived.of("unsigned", "coordinator")) == 1
    assert heard(lived) == []


def test_the_journal_names_what_was_told() -> None:
    lived = delivered().until("2023-03-01")
    told = [entry.what.fr for entry in journal(lived.dossier) if "dit par lien" in entry.what.fr]
    assert len(told) == 1
    assert "Fait (dit par lien)" in told[0]
    assert "said/" not in " ".join(entry.what.fr for entry in journal(lived.dossier))


def test_only_what_a_link_recorded_is_said_by_a_link() -> None:
    assert said_by(by_link("Service des statistiques")) == "Service des statistiques"
    assert said_by("Service des statistiques") is None


def said(lived: Life, answer: str, note: str = "", role: str = "partner", **more: object) -> Acknowledged:
    """Return what somebody says of the first data, on the day of the life."""
    day = lived.now.date()
    return Acknowledged.model_validate({"on": day, "item": DATA, "role": role, "answer": answer, "note": note, **more})


def announced() -> Life:
    """Return a life whose first data are announced."""
    return life(terms(), b.signed("2021-12-15")).until("2022-06-10")


def test_a_problem_is_told_to_the_coordinator_alone_in_the_words_it_was_written() -> None:
    lived = announced()
    clicked(lived, said(lived, "problem", "le fichier n’est pas prêt"))
    [order] = lived.of("news")
    assert order.to.role == "coordinator"
    assert "« le fichier n’est pas prêt »" in order.news[0].says.fr
    assert [line.item for line in order.lines] == [DATA]


def test_a_problem_that_the_coordinator_records_herself_is_not_told_to_her() -> None:
    lived = announced()
    lived.record(said(lived, "problem", "vu au téléphone"))
    assert lived.of("news") == []


def test_a_problem_recorded_by_mistake_is_taken_back() -> None:
    lived = announced()
    clicked(lived, said(lived, "problem", "le fichier n’est pas prêt"))
    record = lived.dossier.facts[-1]
    lived.correct(record.id, record.fact, cancelled=True)
    assert [order.news[0].title.fr for order in lived.of("news")][1:] == ["Annulé : un problème"]


def test_a_problem_that_is_over_is_no_news_to_take_back() -> None:
    lived = announced()
    clicked(lived, said(lived, "problem", "le fichier n’est pas prêt"))
    lived.record(DutyDone(on=b.d("2022-06-20"), item=DATA, party="agency"), when=b.at("2022-06-20"))
    assert len(lived.until("2022-08-01").of("news")) == 1


def test_what_was_taken_in_charge_is_read_in_the_next_message_and_nobody_reads_what_he_said_himself() -> None:
    lived = announced()
    clicked(lived, said(lived, "seen"))
    clicked(lived, said(lived, "seen", role="coordinator"), "Fonction coordinator")
    assert heard(lived.until("2022-12-01")) == ["Devoir data : vu, s’en charge, dit la fonction « Fonction partner »"]
