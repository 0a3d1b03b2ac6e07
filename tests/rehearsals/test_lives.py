"""When things go wrong or change: scenarios of the examples, read in the whole set of mails that they produced."""

from pathlib import Path

from domain.items import State
from tests.rehearsals.scenarios import Mail, Played, days, played


def flat(mail: Mail) -> str:
    """Return the text of a mail on one line."""
    return " ".join(mail.text.split())


def sound(seen: Played) -> None:
    """Every line was taken by the door, at its moment, and nobody was told anything outside the life played."""
    assert [(life.refused, life.never) for life in seen.lives] == [((), ())] * len(seen.lives)
    began, ended = seen.life.began, max(life.ended for life in seen.lives)
    assert [mail for mail in seen.mails if not began <= mail.at <= ended] == []


async def test_the_opus_procedure_leads_from_reasons_to_an_end_with_two_readings(tmp_path: Path) -> None:
    seen = await played("breach-opus", tmp_path)
    sound(seen)
    told = [m for m in seen.mails if m.subject.endswith("Manquement : lettre qui en donne les motifs")]
    assert {m.to.partition("@")[0] for m in told} == {"coordination", "direction-generale"}
    assert set(days(told)) == {"2022-09-08"}
    # Ours to comment: one month from the posting of the 5th, the earliest reading.
    assert all("Nous avons jusqu’au mercredi 5 octobre 2022" in flat(m) for m in told)
    ended = [m for m in seen.mails if "Fin de la convention le 30 octobre 2022" in m.subject]
    assert set(days(ended)) == {"2022-10-12"}
    # Whoever only acts at the end hears of the end, not that the convention is in force; nobody hears it twice.
    assert sorted(m.to.partition("@")[0] for m in ended) == [
        "coordination", "direction-generale", "direction-villefontaine", "relais-emploi",
    ]  # fmt: skip
    assert [m.subject for m in seen.after("2022-09-01") if "En vigueur" in m.subject] == []
    assert [m.subject for m in seen.mails if "Fin prochaine" in m.subject] == []
    # One month from our comments, or from the decision received: the earliest is lived by, both are said.
    said = flat(next(m for m in ended if m.to.startswith("coordination")))
    assert "à la suite d’un manquement" in said
    assert "entre le dimanche 30 octobre 2022 et le dimanche 20 novembre 2022" in said
    assert "« la réponse »" in said or "la réponse" in said
    assert [m for m in seen.mails if "par résiliation" in flat(m)] == []
    assert seen.agenda().ends_on.isoformat() == "2022-10-30"  # type: ignore[union-attr]


async def test_the_troyes_procedure_suspends_at_once_and_ends_by_itself_without_a_cure(
    tmp_path: Path,
) -> None:
    seen = await played("breach-troyes", tmp_path)
    sound(seen)
    suspended = [m for m in seen.mails if "Suspension immédiate à partir du 28 janvier 2020" in m.subject]
    assert set(days(suspended)) == {"2020-01-28"}
    assert "direction-territoriale" in {m.to.partition("@")[0] for m in suspended}
    assert all("Envoi de la liste des personnes" in flat(m) for m in suspended)
    assert all("le terme de la convention, qui ne se déplace pas" in flat(m) for m in suspended)
    notice = [m for m in seen.mails if m.subject.endswith("Manquement : mise en demeure")]
    assert {m.to.partition("@")[0] for m in notice} == {"plateforme-emploi", "direction-generale"}
    assert all("prend fin d’elle-même le samedi 29 février 2020" in flat(m) for m in notice)
    # While it can be cured nobody is told of an end that may not come, and no date is corrected.
    meanwhile = [m for m in seen.mails if "2020-01-31" <= m.day.isoformat() <= "2020-02-29"]
    assert [
        m.subject for m in meanwhile if "Fin de la convention" in m.subject or "corrigée" in m.subject
    ] == []
    cure = [m for m in meanwhile if "y remédier" in flat(m) and "2020-02-2" in m.day.isoformat()]
    assert sorted(set(days(cure))) == ["2020-02-21", "2020-02-27"]
    # 29 February is a Saturday: the end is stated from Monday 2 March on, to everybody.
    ended = [m for m in seen.mails if "Fin de la convention le 29 février 2020" in m.subject]
    assert set(days(ended)) == {"2020-03-02"}
    assert len({m.to for m in ended}) == len(ended) == 5


async def test_a_data_breach_has_its_two_clocks_over_the_change_of_hour_and_stops_when_told(
    tmp_path: Path,
) -> None:
    seen = await played("data-breach", tmp_path)
    sound(seen)
    night = [m for m in seen.mails if "2020-10-24" <= m.day.isoformat() <= "2020-10-30"]
    of_the_incident = [m for m in night if "violation" in flat(m)]
    first = [m for m in of_the_incident if f"{m.at:%m-%d %H:%M}" == "10-24 20:30"]
    assert {m.to.partition("@")[0] for m in first} == {"dpo", "plateforme-emploi", "direction-generale"}
    for mail in first:
        said = flat(mail)
        assert "Urgent : 2 échéances, le 26 octobre, 7 h" in mail.subject.replace("\u00a0", " ")
        assert "Rien ne presse" not in said
        assert "Dernière heure permise : lundi 26 octobre 2020 à 7 h" in said  # thirty-six real hours
        assert "Dernière heure permise : mardi 27 octobre 2020 à 19 h" in said  # seventy-two
        assert "Il reste : 35 heures" in said
        assert "dpo@pole-emploi-grand-est.example" in said  # whom to tell
    # The robot tells the other side nothing by itself: that is the very duty.
    assert [m for m in seen.mails if m.to.startswith("dpo@pole-emploi")] == []
    calls = [f"{m.at:%d %H:%M}" for m in of_the_incident if m.to.startswith("dpo@troyes")]
    assert calls == [
        "24 20:30", "25 11:00",  # told at noon: no more calls for the other side
        "26 08:30",  # the record to close
        "26 10:00",  # a high risk: the persons are to be told, at once
        "26 23:00", "27 03:00",  # the last day of the authority’s hours, until it is notified
        "27 08:30",  # the persons, still to be told
    ]  # fmt: skip
    assert seen.item("breach-notice/f8").state is State.DONE
    assert "dit le dimanche 25 octobre 2020, 12 h" in seen.item("breach-notice/f8").trace.replace(
        "\u00a0", " "
    )
    assert seen.item("authority-notice/f8").state is State.DONE
    assert [
        m.subject for m in of_the_incident if "retard" in m.subject or "Sans nouvelles" in m.subject
    ] == []
    assert seen.item("persons-told/f8").state is State.DONE
    report = [m for m in seen.mails if "Clore le registre" in flat(m) and m.day.isoformat() > "2020-10-30"]
    assert {m.to.partition("@")[0] for m in report} <= {"dpo", "plateforme-emploi"}
    assert seen.item("incident-report/f8").state is State.DONE


async def test_a_destruction_that_nobody_certifies_is_chased_and_then_decided_about(tmp_path: Path) -> None:
    seen = await played("never-certified", tmp_path)
    sound(seen)
    missing = "data-destruction/operator"
    chased = [m for m in seen.to("coordination") if "Destruction" in flat(m) and "En retard" in m.subject]
    assert days(chased) == ["2024-03-01", "2024-04-08", "2024-06-07"]
    asked = [m for m in seen.mails if "faut-il le clore sans cela" in flat(m)]
    # Half a year after the last day, 29 February: to those who run the town hall, and to nobody else.
    assert [(m.to.partition("@")[0], m.day.isoformat()) for m in asked] == [
        ("direction-generale", "2024-08-27")
    ]
    last = [m for m in seen.mails if "Dossier clos" in m.subject]
    assert {m.to.partition("@")[0] for m in last} == {"coordination", "direction-generale"}
    assert set(days(last)) == {"2024-10-07"}  # a month after the answer of 5 September, on a working day
    said = flat(last[0])
    assert said.index("CE QUI MANQUE") < said.index("Ceci n’a jamais été enregistré comme fait.")
    assert "Ce qui s’arrête" not in said
    assert "Tout ce que la fin demandait" not in said
    assert seen.life.closed
    assert seen.item(missing).state is State.LATE
    assert seen.item(missing).done_on is None
