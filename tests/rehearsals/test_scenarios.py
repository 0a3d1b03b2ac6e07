"""Every scenario of the examples, played on the engine: who was told what, and when, read in the mails themselves."""

from pathlib import Path

import pytest

from echeancier.domain.agenda.items import State
from tests.rehearsals.reading import faults, references
from tests.rehearsals.scenarios import SCENARIOS, Played, busiest_week, days, most_at_once, played

COORDINATOR, MANAGER, AGENCY = "maison-des-saisonniers", "direction-generale", "agence-briancon"


A_FULL_WEEK = 4
"""The most mails that a convention sends one person within seven days; nobody gets a burst."""

YEARLY = "Rencontre annuelle de suivi"


def dated_within(seen: Played) -> None:
    """Every mail carries an instant of the life that was played, and reads as a mail of ours should."""
    began, ended = seen.life.began, max(life.ended for life in seen.lives)
    assert [mail for mail in seen.mails if not began <= mail.at <= ended] == []
    assert all(life.never == () for life in seen.lives)
    assert busiest_week(seen.mails) <= A_FULL_WEEK * len(seen.lives)
    assert [fault for mail in seen.mails for fault in faults(mail, references(seen))] == []


async def test_when_nobody_answers_each_duty_is_chased_to_the_manager_and_then_left_alone(
    tmp_path: Path,
) -> None:
    seen = await played("nobody-answers", tmp_path)
    dated_within(seen)
    assert (seen.life.closed, seen.life.refused) == (True, ())
    notice = [mail for mail in seen.mails if mail.subject.startswith("Avis de signature à publier")]
    assert days([m for m in notice if m.to.startswith(MANAGER)]) == ["2016-02-10"]
    assert days([m for m in notice if m.to.startswith(COORDINATOR)]) == [
        "2016-01-26", "2016-02-01", "2016-02-03", "2016-02-10",
    ]  # fmt: skip
    assert [m for m in seen.mails if m.events] == []
    # What was owed on the last day is called late the day after; then silence, until the file is closed.
    assert sorted({m.day.isoformat() for m in seen.after("2017-01-17")}) == ["2017-01-18", "2017-02-17"]
    assert {m.subject for m in seen.after("2017-01-18")} == {"Dossier clos : BRI-P"}
    assert seen.item("annual-meeting/1").state is State.MISSED


async def test_when_everybody_answers_nobody_is_called_late_and_the_manager_is_never_alarmed(
    tmp_path: Path,
) -> None:
    seen = await played("everybody-answers", tmp_path)
    dated_within(seen)
    assert (seen.life.closed, seen.life.refused) == (True, ())
    in_force = [m for m in seen.mails if m.day.isoformat() > "2016-01-18"]
    assert [m.subject for m in in_force if "En retard" in m.subject or "Sans nouvelles" in m.subject] == []
    assert {m.subject for m in seen.after("2017-01-17")} == {"Dossier clos : BRI-P"}
    guests = [seen.about_meeting(person, YEARLY) for person in (COORDINATOR, AGENCY, "presidence")]
    assert [[m.events[0][0] for m in mails] for mails in guests] == [["REQUEST"]] * 3
    assert len({m.events[0][1:] for mails in guests for m in mails}) == 1


async def test_one_side_that_refuses_to_sign_is_told_with_its_reason_and_the_paper_goes_round_again(
    tmp_path: Path,
) -> None:
    seen = await played("one-side-refuses-to-sign", tmp_path)
    dated_within(seen)
    assert seen.life.refused == ()
    assert seen.saying("n vigueur") == []
    assert [m for m in seen.mails if m.events] == []
    chased = [m for m in seen.to(AGENCY) if "Signature" in m.subject and "Ne tient plus" not in m.subject]
    assert days(chased) == [
        "2015-12-10", "2015-12-18", "2015-12-23", "2015-12-28", "2016-01-05", "2016-01-19",  # it refuses on the 20th
        "2016-02-03", "2016-02-12", "2016-02-16", "2016-02-18", "2016-02-25", "2016-03-10",  # it goes round again
    ]  # fmt: skip
    refused, expired = seen.saying("Signature refusée"), seen.saying("Signatures non recueillies à temps")
    assert {(m.to.partition("@")[0], m.day.isoformat()) for m in refused} == {
        (COORDINATOR, "2016-01-20"),
        (MANAGER, "2016-01-20"),
    }
    assert all("la direction régionale attend un autre modèle" in " ".join(m.text.split()) for m in refused)
    assert {(m.to.partition("@")[0], m.day.isoformat()) for m in expired} == {
        (COORDINATOR, "2016-03-16"),
        (MANAGER, "2016-03-16"),
    }
    assert all("jour fixé par la coordination" in " ".join(m.text.split()) for m in expired)
    assert [m.subject for m in seen.after("2016-03-16")] == []  # neither reminder, nor question
    assert [m for m in seen.mails if "2016-01-20" < m.day.isoformat() < "2016-02-03"] == []
    assert seen.agenda().ends_on is None
    spoken = {told.about for message in seen.life.dossier.outbox for told in message.told}
    begun = ("question/", "act/", "signature", "unsigned/")
    assert {about for about in spoken if not about.startswith(begun)} == set()


async def test_an_unclaimed_letter_is_to_be_served_at_once_and_the_manager_hears_it(tmp_path: Path) -> None:
    seen = await played("letter-unclaimed", tmp_path)
    dated_within(seen)
    assert seen.life.closed
    ended = [m for m in seen.mails if "Fin de la convention le 9 juillet 2016" in m.subject]
    assert sorted(m.to.partition("@")[0] for m in ended) == [
        "agence-briancon",
        "assemblees",
        MANAGER,
        COORDINATOR,
    ]
    assert set(days(ended)) == {"2016-06-06"}
    served = [m for m in seen.mails if "Faire signifier" in m.subject]
    assert min(days(served)) == "2016-06-27"  # it came back on a Saturday
    assert {m.to.partition("@")[0] for m in served} == {COORDINATOR, MANAGER}
    assert [m for m in served if m.to.startswith(AGENCY)] == []
    assert {m.subject for m in seen.after("2016-07-09")} == {"Dossier clos : BRI-P"}


async def test_a_meeting_that_moves_twice_and_is_cancelled_stays_one_event_for_each_guest(
    tmp_path: Path,
) -> None:
    seen = await played("meeting-moves-twice", tmp_path)
    dated_within(seen)
    assert seen.life.refused == ()
    for person in (COORDINATOR, AGENCY, "presidence"):
        mails = seen.about_meeting(person, YEARLY)
        assert [(m.events[0][0], m.events[0][2], f"{m.events[0][3]:%m-%d %H:%M}") for m in mails] == [
            ("REQUEST", 0, "10-11 10:00"),
            ("REQUEST", 1, "10-18 10:00"),
            ("REQUEST", 2, "11-02 14:00"),
            ("CANCEL", 3, "11-02 14:00"),
        ]
        assert days(mails) == ["2016-09-01", "2016-09-13", "2016-09-21", "2016-10-28"]
        assert len({m.events[0][1] for m in mails}) == 1
        assert "deux absences annoncées" in mails[-1].text
    asked = [m for m in seen.to(COORDINATOR) if "a-t-il eu lieu" in m.subject or "a-t-elle eu lieu" in m.subject]
    assert asked == []
    assert seen.item("annual-meeting/1").meeting_at is None
    # It is still to be held: called once before the first date was fixed, it stands in the digest from then on.
    assert seen.item("annual-meeting/1").state in (State.OPEN, State.UPCOMING, State.MISSED)


async def test_a_committee_without_its_quorum_does_not_count_and_is_convened_as_another_event(
    tmp_path: Path,
) -> None:
    seen = await played("no-quorum", tmp_path)
    dated_within(seen)
    assert seen.life.refused == ()
    for person in ("presidence", "direction-territoriale"):
        mails = seen.about_meeting(person)
        assert [(m.events[0][0], m.events[0][2], f"{m.events[0][3]:%m-%d}") for m in mails] == [
            ("REQUEST", 0, "03-10"),
            ("REQUEST", 0, "05-05"),
        ]
        assert len({m.events[0][1] for m in mails}) == 2
        assert mails[1].subject.startswith("Invitation")
    item = seen.item("steering-committee/2020")
    assert (item.state, str(item.done_on)) == (State.DONE, "2020-05-05")


async def test_data_late_twice_are_chased_until_they_arrive_and_no_longer(tmp_path: Path) -> None:
    seen = await played("data-late-twice", tmp_path)
    dated_within(seen)
    assert seen.life.refused == ()
    partner = [m for m in seen.to("partenariats") if "Programme" in m.subject]
    first = [day for day in days(partner) if day < "2020-04-01"]
    second = [day for day in days(partner) if "2020-04-01" <= day < "2020-06-01"]
    # The first message, then one call and one « late » each time; it comes twelve days after the last day.
    assert first == ["2020-01-02", "2020-02-21", "2020-03-02"]
    assert second == ["2020-04-23", "2020-05-04"]
    assert [m for m in seen.to("direction-generale")[1:] if "Programme" in m.subject] == []
    done = [seen.item(f"events-programme/2020-{month}") for month in ("01", "03")]
    assert [(i.state, str(i.done_on)) for i in done] == [
        (State.DONE, "2020-03-12"),
        (State.DONE, "2020-05-12"),
    ]


async def test_a_parent_that_ends_calls_off_what_its_annex_had_planned_and_both_fall_silent(
    tmp_path: Path,
) -> None:
    seen = await played("parent-ends", tmp_path)
    dated_within(seen)
    assert [(life.closed, life.refused) for life in seen.lives] == [(True, ())] * 2
    assert [str(seen.agenda(n).ends_on) for n in (0, 1)] == ["2016-10-15"] * 2
    for person in (COORDINATOR, AGENCY, "prestataire-saisonniers"):
        mails = seen.about_meeting(person)
        assert [(m.events[0][0], m.events[0][2], m.day.isoformat()) for m in mails] == [
            ("REQUEST", 0, "2016-09-06"),
            ("CANCEL", 1, "2016-09-12"),
        ]
        assert len({m.events[0][1] for m in mails}) == 1
    opening = next(m for m in seen.to(MANAGER) if "En vigueur" in m.subject and "BRI-O" in m.text)
    assert "17 janvier 2017" in opening.text  # the end that its parent told it, before it was in force itself
    ended = [m for m in seen.mails if "Fin de la convention" in m.subject and "En vigueur" not in m.subject]
    annex = [m for m in ended if "avec la convention mère" in " ".join(m.text.split())]
    assert {m.day.isoformat() for m in ended} == {"2016-09-12"}
    assert len({(m.to, m.text) for m in ended}) == len(ended)
    assert "prestataire-saisonniers" in {m.to.partition("@")[0] for m in annex}
    assert [m for m in seen.mails if "Date corrigée" in m.subject] == []  # the news of the end already said it
    # Neither late duties of the annex, nor « did it take place? »: only that its file is closed.
    last = seen.after("2016-10-15")
    assert {m.subject.partition(" :")[0].rstrip("\u00a0") for m in last} == {"Dossier clos"}
    assert any("Fermeture" in m.text for m in last)


async def test_a_renewal_signed_after_the_end_is_refused_with_the_reason_and_revives_nothing(
    tmp_path: Path,
) -> None:
    seen = await played("renewal-voted-too-late", tmp_path)
    dated_within(seen)
    (refused,) = seen.life.refused
    assert "on ne prolonge pas ce qui n’existe plus" in refused
    assert "nouvelle convention" in refused
    assert (seen.life.closed, str(seen.agenda().ends_on)) == (True, "2017-01-17")
    warned = [m for m in seen.to(MANAGER) if "Renouvellement" in m.subject]
    assert warned  # the manager knew before it was too late
    late = seen.after("2017-01-17")
    assert "2017-01-18" in {m.day.isoformat() for m in late}
    assert [m.subject for m in late if "Renouvellement" in m.subject or "En vigueur" in m.subject] == []


async def test_a_person_whose_mail_bounces_is_told_to_the_coordinator_once(
    tmp_path: Path,
) -> None:
    seen = await played("mail-bounces", tmp_path)
    dated_within(seen)
    assert seen.to("partenariats") == []
    alarms = [m for m in seen.mails if "n’a pas été remis" in m.subject]
    assert {m.to.partition("@")[0] for m in alarms} == {"plateforme-emploi"}
    refused = [m for m in seen.life.dossier.outbox if m.status == "refused"]
    assert {(m.role, m.tries) for m in refused} == {("operator-partnerships", 1)}
    (alarm,) = alarms  # one, however many it refuses after that: the digest says it until it is mended
    assert len(refused) > 1
    assert "« Chargé de mission partenariat" in " ".join(alarm.text.split())
    assert all("@" not in m.detail for m in refused)
    assert min(m.at.date() for m in refused) == alarm.day


async def test_a_convention_registered_two_years_late_tells_each_person_once_what_was_missed(
    tmp_path: Path,
) -> None:
    seen = await played("registered-years-late", tmp_path)
    dated_within(seen)
    assert most_at_once(seen.mails) == 1
    first = [m for m in seen.mails if m.day.isoformat() == "2023-05-10"]
    assert len({m.to for m in first}) == len(first) == 6
    assert all("n vigueur" in m.subject + m.text for m in first)
    # The questions for which the first message had no room come the next morning; nothing else that week.
    assert days(list(seen.mails))[len(first) : len(first) + 2] == ["2023-05-11", "2023-05-16"]
    past = [i.key for i in seen.agenda().items if i.state is State.PAST]
    assert "quarterly-data/2021-07" in past
    assert not [told for m in seen.life.dossier.outbox[6:] for told in m.told if told.about in past]


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.toml")), ids=lambda p: p.stem)
def test_each_scenario_of_the_examples_is_played_by_a_test_of_this_file(path: Path) -> None:
    here = Path(__file__).parent
    assert any(f'played("{path.stem}"' in test.read_text("utf-8") for test in here.glob("test_*.py"))
