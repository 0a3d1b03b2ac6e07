"""When things go wrong or change: scenarios of the examples, read in the whole set of mails that they produced."""

from pathlib import Path

from echeancier.domain.agenda.items import State
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
    assert [m.subject for m in seen.after("2022-09-01") if "n vigueur" in m.subject] == []
    assert [m.subject for m in seen.mails if m.subject.startswith("Fin de la convention : le")] == []
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
    assert [m.subject for m in meanwhile if "Fin de la convention" in m.subject or "corrigée" in m.subject] == []
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
        assert "Urgent, 2 choses à faire, la première le 26 octobre à 7 h" in mail.subject.replace("\u00a0", " ")
        assert "au plus tard : lundi 26 octobre 2020 à 7 h" in said  # thirty-six real hours
        assert "au plus tard : mardi 27 octobre 2020 à 19 h" in said  # seventy-two
        assert "Il reste 35 heures" in said
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
    assert "dit le dimanche 25 octobre 2020, 12 h" in seen.item("breach-notice/f8").trace.replace("\u00a0", " ")
    assert seen.item("authority-notice/f8").state is State.DONE
    assert [m.subject for m in of_the_incident if "retard" in m.subject or "Sans nouvelles" in m.subject] == []
    assert seen.item("persons-told/f8").state is State.DONE
    report = [m for m in seen.mails if "Clore le registre" in flat(m) and m.day.isoformat() > "2020-10-30"]
    assert {m.to.partition("@")[0] for m in report} <= {"dpo", "plateforme-emploi"}
    assert seen.item("incident-report/f8").state is State.DONE


async def test_a_destruction_that_nobody_certifies_is_chased_and_then_decided_about(tmp_path: Path) -> None:
    seen = await played("never-certified", tmp_path)
    sound(seen)
    missing = "data-destruction/operator"
    chased = [
        m.at.date().isoformat()
        for m in seen.life.dossier.outbox
        if m.role == "coordinator" and any(t.about == missing and t.stage in ("overdue", "again") for t in m.told)
    ]
    assert chased == ["2024-03-01", "2024-04-08", "2024-06-07"]
    asked = [m for m in seen.mails if "faut-il le clore sans cela" in flat(m)]
    # Half a year after the last day, 29 February: to those who run the town hall, and to nobody else.
    assert [(m.to.partition("@")[0], m.day.isoformat()) for m in asked] == [("direction-generale", "2024-08-27")]
    last = [m for m in seen.mails if "Dossier clos" in m.subject]
    assert {m.to.partition("@")[0] for m in last} == {"coordination", "direction-generale"}
    assert set(days(last)) == {"2024-10-07"}  # a month after the answer of 5 September, on a working day
    said = flat(last[0])
    assert said.index("Ce qui manque") < said.index("Ceci n’a jamais été enregistré comme fait.")
    assert "Ce qui s’arrête" not in said
    assert "Tout ce que la fin demandait" not in said
    assert seen.life.closed
    assert seen.item(missing).state is State.LATE
    assert seen.item(missing).done_on is None


async def test_a_request_of_a_person_is_extended_within_the_month_and_answered(tmp_path: Path) -> None:
    seen = await played("person-request", tmp_path)
    sound(seen)
    asked = [m for m in seen.to("dpo") if "demande d’une personne" in flat(m) or "Répondre à la demande" in m.subject]
    assert asked
    assert "dpo@pole-emploi-grand-est.example" not in {m.to for m in seen.mails}
    corrected = next(m for m in asked if "Date corrigée" in m.subject)
    assert corrected.day.isoformat() == "2020-09-28"
    assert "30 novembre 2020" in flat(corrected)
    assert "la clause, elle, ne prévoit pas de prolongation" in flat(corrected)
    item = seen.item("person-answer/f8")
    assert (item.state, str(item.legal_last_day)) == (State.DONE, "2020-11-30")
    assert [m.subject for m in asked if "retard" in m.subject] == []


async def test_an_account_manager_who_leaves_starts_eight_days_and_a_written_agreement(
    tmp_path: Path,
) -> None:
    seen = await played("account-manager-leaves", tmp_path)
    sound(seen)
    told = [m for m in seen.to("coordination") if "que le RGC est parti" in flat(m)]
    assert days(told) == ["2021-09-06", "2021-09-10", "2021-09-15", "2021-09-22", "2021-10-22"]
    assert "mardi 14 septembre" in flat(told[0])  # « sous huitaine »: the eighth day
    agreement = [m for m in seen.to("direction-villefontaine") if "Accord écrit attendu" in flat(m)]
    assert days(agreement)[0] == "2021-09-20"
    assert seen.item("manager-agreement/f9").state is State.DONE
    closing = [m for m in seen.mails if "Fermer l’accès" in flat(m)]
    assert days(closing)[0] == "2021-09-06"
    assert "too-many-accounts" in {w.id for w in seen.agenda().warnings}  # three open, two allowed


async def test_an_absence_of_more_than_thirty_days_suspends_and_everybody_hears_it_and_the_resumption(
    tmp_path: Path,
) -> None:
    seen = await played("agent-absent", tmp_path)
    sound(seen)
    began = [m for m in seen.mails if "Convention suspendue à partir du 3 mars 2022" in m.subject]
    resumed = [m for m in seen.mails if "Reprise le 19 avril 2022" in m.subject]
    assert (set(days(began)), set(days(resumed))) == ({"2022-03-03"}, {"2022-04-19"})
    assert {m.to for m in began} == {m.to for m in resumed}
    assert len(began) == len({m.to for m in began}) == 6
    said = flat(began[0])
    assert said.index("Ce qui s’arrête") < said.index("Lettre de mission") < said.index("Ce qui continue")
    assert "le terme de la convention, qui ne se déplace pas" in said
    assert "nouvelle annexe financière" in said


async def test_people_and_institutions_change_and_what_is_to_come_follows(tmp_path: Path) -> None:
    seen = await played("people-and-institutions-change", tmp_path)
    sound(seen)
    # A successor: the former holder hears nothing more, the new one first gets the opening.
    assert max(days(seen.to("partenariats"))) < "2020-03-02"
    assert "n vigueur" in seen.to("nouveaux-partenariats")[0].subject
    # A substitute who is already one of the convention's people gets a hand-over, and no opening again.
    stood_in = [m for m in seen.to("direction-emploi") if "Vous remplacez" in m.subject]
    assert days(stood_in) == ["2020-02-24"]
    assert "absente jusqu’au vendredi 28 février 2020" in flat(stood_in[0])
    assert [m for m in seen.to("plateforme-emploi") if "2020-02-24" <= m.day.isoformat() <= "2020-02-28"] == []
    # Renamed: the meeting keeps its UID, its SEQUENCE rises; what is dated before keeps the former name.
    events = [e for m in seen.about_meeting("presidence") for e in m.events]
    assert [(method, sequence) for method, _, sequence, _ in events] == [("REQUEST", 0), ("REQUEST", 1)]
    assert len({uid for _, uid, _, _ in events}) == 1
    # The invitation that changes says the name that will hold on the day of the meeting.
    assert "Agence du travail Grand Est" in flat(seen.about_meeting("presidence")[1])
    before = [m for m in seen.mails if m.day.isoformat() < "2020-03-16"]
    assert [m.subject for m in before if "Agence du travail" in flat(m)] == []
    joined = [m for m in seen.mails if "Territoire modifié" in m.subject]
    assert set(days(joined)) == {"2020-04-06"}
    assert all("Villeneuve-Essai, Valmont" in flat(m) and "sans avenant" in flat(m) for m in joined)


async def test_the_end_of_a_file_destroys_certifies_waits_for_a_litigation_and_says_what_survives(
    tmp_path: Path,
) -> None:
    seen = await played("end-of-term-file", tmp_path)
    sound(seen)
    assert seen.life.closed
    asked = [m for m in seen.mails if "Un contentieux est ouvert" in flat(m)]
    assert days(asked)[0] == "2021-01-18"
    held = [m for m in seen.mails if "2021-01-19" <= m.day.isoformat() <= "2022-06-14"]
    assert [m.subject for m in held if "Détruire" in m.subject or "Supprimer" in m.subject] == []
    reviewed = [m for m in held if "Contentieux" in m.subject]
    assert days(reviewed) == ["2021-12-17", "2022-01-07"]
    moved = next(m for m in seen.to("dpo") if m.day.isoformat() == "2022-06-15")
    assert "26 juillet 2022" in flat(moved)  # the days left when the litigation began run again from its end
    certificates = [m for m in seen.mails if "Attestation de destruction" in flat(m)]
    assert certificates
    last = [m for m in seen.mails if "Dossier clos" in m.subject]
    assert {m.to.partition("@")[0] for m in last} == {"plateforme-emploi", "direction-generale"}
    said = flat(last[0])
    assert "Détruire toutes les données" in said
    assert "La confidentialité vaut « sans limitation de durée »" in said
    assert seen.mails[-1].subject.startswith("Dossier clos")


async def test_money_is_asked_for_at_its_dates_and_paid_once(tmp_path: Path) -> None:
    seen = await played("money", tmp_path)
    sound(seen)
    first = [m for m in seen.to("finances") if "11 699,00 €" in flat(m)]
    # Due from the later of two signatures, 29 March (the financial annex); thirty days of ours, the text gives none.
    assert (days(first)[0], str(seen.item("first-half-2021").safe_day)) == ("2021-04-16", "2021-04-28")
    assert "28 avril 2021" in flat(first[0])
    assert str(seen.item("first-half-2021").done_on) == "2021-05-03"  # late by our own rule only: nobody is called late
    assert [m.subject for m in first if "en retard" in m.subject] == []
    balance = seen.item("balance-2021")
    assert (str(balance.opens_on), str(balance.safe_day)) == ("2022-01-17", "2022-02-16")
    amendment = [m for m in seen.mails if "Avenant de revalorisation" in m.subject and "En vigueur" not in m.subject]
    assert days(amendment)[0] == "2021-12-01"
