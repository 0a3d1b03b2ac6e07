"""A party leaves: it, the others and the coordinator are told from when, what stops and what goes on, once."""

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted, NoticeWithdrawn
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import at, d, duty, end_duty, signed
from tests.domain.builders_life import Life, life
from tests.domain.test_exits import POSTED, THREE, four_years, leave
from tests.domain.test_several_parties import report

LETTER = LetterPosted(on=d(POSTED), rule="leave", by="epci")


def terms(**changes: str) -> Convention:
    return four_years(
        *THREE,
        rule=leave(on_exit="continues", **changes),
        duty=[
            report(id="each-one", title="Devoir each-one"),
            duty("from-it", owed_by="epci", owed_to="ville", responsible=[], informed=[]),
            duty("between", owed_by="caf", owed_to="ville", responsible=[], informed=[]),
        ],
        end_duty=[{**end_duty(), "owed_to": "all", "responsible": [], "informed": []}],
    )


def lived(*facts: Fact, when: str = "2028-03-10") -> Life:
    known = life(terms(), signed("2028-01-01", *THREE), "2028-01-03")
    known.record(*facts, when=at(when))
    return known


def received(*parties: str, letter: str = "f4") -> tuple[Fact, ...]:
    days = {"ville": "2028-03-01", "caf": "2028-03-05"}
    return tuple(LetterDelivered(on=d(days[one]), letter=letter, party=one) for one in parties)


def exits(known: Life) -> list[tuple[str, MessageOrder]]:
    return [(o.to.role, o) for _, o in known.sent if o.kind == "news"]


def test_each_party_and_itself_are_told_once_with_what_stops_and_what_goes_on() -> None:
    known = lived(LETTER, *received("ville", "caf"))
    known.until("2028-12-31")
    told = exits(known)
    assert [role for role, _ in told] == ["role-ville", "role-caf", "role-epci"]
    ((_, order), *_) = told
    (news,) = order.news
    assert news.title.fr == "Epci sort de la convention le 05/09/2028"
    assert news.title.en.startswith("Epci leaves the convention on ")
    assert "se poursuit entre Ville, Caf" in news.says.fr
    assert [one.fr for one in news.stops] == ["Devoir each-one (la part de Epci)", "Devoir from-it"]
    goes_on = [one.fr.replace("\u00a0", " ") for one in news.goes_on]
    assert "Destruction, le 05/11/2028 au plus tard" in goes_on, "what its own exit starts"
    assert "Devoir from-it, le 05/09/2028 au plus tard" in goes_on, "what it owes until then"
    assert "Devoir between, entre les autres parties" in goes_on


def test_another_day_is_told_again_the_same_day_is_not() -> None:
    known = lived(LETTER, *received("ville"))
    known.record(*received("caf"), when=at("2028-03-20"))
    known.until("2028-04-30")
    titles = [order.news[0].title.fr for _, order in exits(known)]
    first, then = (f"Epci sort de la convention le {day}/09/2028" for day in ("01", "05"))
    assert titles == [*[first] * 3, *[then] * 3]
    assert "à confirmer" in exits(known)[0][1].news[0].says.fr


def test_a_letter_withdrawn_takes_the_news_back_without_calling_it_a_mistake() -> None:
    known = lived(LETTER, *received("ville", "caf"))
    known.record(NoticeWithdrawn(on=d("2028-03-13"), letter="f4"), when=at("2028-03-13"))
    gone = [order.news[0] for _, order in exits(known)[3:]]
    assert {one.title.fr for one in gone} == {"Annulé : la sortie d’une partie"}
    assert len(gone) == 3
    assert "par erreur" not in gone[0].says.fr


def test_where_the_text_is_silent_the_mail_says_that_it_is_asked() -> None:
    silent = life(four_years(*THREE), signed("2028-01-01", *THREE), "2028-01-03")
    silent.record(LETTER, *received("ville", "caf"), when=at("2028-03-10"))
    assert {"la question est posée" in order.news[0].says.fr for _, order in exits(silent)} == {True}


def test_of_two_parties_no_exit_is_told_it_ends() -> None:
    known = life(four_years("ville", "caf"), signed("2028-01-01", "ville", "caf"), "2028-01-03")
    known.record(LetterPosted(on=d(POSTED), rule="leave", by="caf"), when=at("2028-03-10"))
    assert exits(known) == []


def test_what_was_told_at_the_registration_is_no_news() -> None:
    known = life(terms(), (*signed("2028-01-01", *THREE), LETTER, *received("ville", "caf")), "2028-03-10")
    known.until("2028-03-20")
    assert exits(known) == []
