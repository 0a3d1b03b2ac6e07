"""What replaces what is decided by its own day: told late, an older one changes nothing of what a later one says."""

from datetime import timedelta
from itertools import permutations

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.personal_data import risk_of
from echeancier.domain.agenda.renewal import decided
from echeancier.domain.facts.accounts import AccountsCounted
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted, AppealAnswered, AppealLodged
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.facts.personal_data import IncidentAssessed
from echeancier.domain.standing.situation import Situation
from tests.domain.builders import at, convention, d, item, recorded, signed

NOW = "2022-06-30"


def seen(*facts: Fact, act: dict[str, object] | None = None) -> Situation:
    """All told on one day, one after the other, after a signature in January."""
    told = (*signed("2022-01-03"), *facts)
    instants = [at("2022-06-29") + timedelta(minutes=n) for n in range(len(told))]
    return situation(convention(act=act or ()), recorded(*told, told=instants), at(NOW))


def test_the_decision_of_the_latest_day_is_the_one() -> None:
    renew, lapse = (
        RenewalDecided(on=d("2022-06-01"), decision="renew"),
        RenewalDecided(on=d("2022-06-20"), decision="let-lapse"),
    )
    assert [decided(seen(*told)) for told in ((renew, lapse), (lapse, renew))] == [lapse, lapse]
    again = renew.model_copy(update={"on": lapse.on})
    assert decided(seen(lapse, again)) == again  # of one day, the last told


def test_the_count_of_the_latest_day_is_the_one() -> None:
    counts = (AccountsCounted(on=d("2022-06-01"), number=9), AccountsCounted(on=d("2022-06-20"), number=1))
    assert {seen(*told).latest(AccountsCounted) for told in permutations(counts)} == {counts[1]}


def test_the_risk_of_a_breach_is_what_was_judged_on_the_latest_day() -> None:
    judged = [
        IncidentAssessed(on=d("2022-06-01"), incident="f9", risk="high"),
        IncidentAssessed(on=d("2022-06-10"), incident="f9", risk="unlikely"),
        IncidentAssessed(on=d("2022-06-20"), incident="f9", risk="risk"),
    ]
    assert {risk_of(seen(*told), "f9") for told in permutations(judged)} == {"risk"}


def test_an_appeal_and_its_answer_count_by_their_days() -> None:
    act: dict[str, object] = {"party": "town", "body": "conseil municipal", "clauses": ["A1"]}
    public: list[Fact] = [
        ActAdopted(on=d("2022-01-03")),
        ActPublished(on=d("2022-01-04")),
        ActTransmitted(on=d("2022-01-04")),
    ]
    days = {"neighbour": ("2022-02-01", "2022-04-11"), "tenant": ("2022-03-01", "2022-04-01")}
    told: list[Fact] = [AppealLodged(on=d(day), appellant=name) for name, (day, _) in days.items()]
    told += [AppealAnswered(on=d(day), appellant=name) for name, (_, day) in days.items()]
    for some in permutations(told):
        found = agenda_of(seen(*public, *some, act=act))
        last = [item(found, f"recourse/third-parties/{name}").legal_last_day for name in days]
        assert last == [
            d("2022-06-13"),
            d("2022-06-02"),
        ]  # two whole months after the 11th of April; the 12th is a Sunday
