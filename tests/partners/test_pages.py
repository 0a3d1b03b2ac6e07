"""What a link shows, and what its button records."""

import pytest

from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.mail import InvitationAnswered
from echeancier.domain.facts.meetings import MeetingArranged
from tests.desk.html import Page, read
from tests.domain import builders as b
from tests.domain.links import DATA, POINT
from tests.partners.conftest import Office
from tests.partners.reading import words


async def test_looking_shows_what_is_asked_in_whose_name_and_records_nothing(office: Office) -> None:
    answer = await office.web.get(office.path("accept"))
    page = words(answer)
    assert answer.status_code == 200
    for said in (
        "Accepter cette rencontre ?",
        "Devoir point",
        "mardi 13 septembre 2022, 10 h",
        "Mairie",
        "Convention d’essai (TEST-1), art. 1",
        "Ville d’essai ; Agence d’essai",
        "Fonction partner",
        "Ce bouton enregistre que vous acceptez cette rencontre.",
        "Fonction coordinator, coordination@ville.example",
        "valable jusqu’au mardi 13 septembre 2022, 10 h",
    ):
        assert said in page
    assert office.recorded == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "DELETE"])
@pytest.mark.parametrize("act", ["accept", "decline", "other-date"])
async def test_only_a_post_says_something(office: Office, method: str, act: str) -> None:
    answer = await office.web.request(method, office.path(act))  # type: ignore[arg-type]
    assert answer.status_code in (200, 405, 411)
    assert office.recorded == []
    assert len(office.register.dossiers["TEST-1"].facts) == len(office.lived.dossier.facts)


async def test_head_says_what_get_would_without_a_body(office: Office) -> None:
    shown, looked = await office.web.get(office.path("accept")), await office.web.head(office.path("accept"))
    assert looked.status_code == shown.status_code
    assert looked.headers["content-type"] == shown.headers["content-type"]


@pytest.mark.parametrize(
    ("act", "answer", "said"), [("accept", "accepted", "accepte"), ("decline", "declined", "refuse")]
)
async def test_the_button_records_the_answer_by_the_front_door(
    office: Office, act: str, answer: str, said: str
) -> None:
    page = await office.web.post(office.path(act), data={"word": "merci"})  # type: ignore[arg-type]
    assert page.status_code == 200
    assert "C’est enregistré" in page.text
    assert f"{said} (« merci »)" in words(page)
    record = office.register.dossiers["TEST-1"].facts[-1]
    assert isinstance(record.fact, InvitationAnswered)
    assert (record.fact.answer, record.fact.item, record.fact.note) == (answer, POINT, "merci")
    assert record.recorded_by == "Fonction partner (par lien)"


async def test_posting_twice_records_once_and_says_so(office: Office) -> None:
    await office.web.post(office.path("accept"))
    again = await office.web.post(office.path("accept"))
    assert again.status_code == 200
    assert "C’est déjà enregistré" in again.text
    assert len(office.recorded) == 1
    shown = await office.web.get(office.path("accept"))
    assert "C’est déjà enregistré" in shown.text
    assert "<form" not in shown.text


async def test_an_answer_replaces_the_former_one(office: Office) -> None:
    await office.web.post(office.path("accept"))
    shown = await office.web.get(office.path("decline"))
    assert "Votre réponse enregistrée : accepte . Ce que vous direz ici la remplacera." in words(shown)
    for act in ("decline", "accept"):
        assert "C’est enregistré" in (await office.web.post(office.path(act))).text
    answers = [
        r.fact.answer for r in office.register.dossiers["TEST-1"].facts if isinstance(r.fact, InvitationAnswered)
    ]
    assert answers == ["accepted", "declined", "accepted"]


async def test_the_other_answers_are_one_link_away(office: Office) -> None:
    page = Page.read((await office.web.get(office.path("accept"))).text)
    others = [link for link in page.links if not link.startswith(("?", "mailto:", "/"))]
    assert [f"/r/{link}" for link in others] == [office.path("decline"), office.path("other-date")]


async def test_another_date_is_proposed_with_its_hour_and_a_word(office: Office) -> None:
    given = {"day": "2022-09-15", "hour": "14:30", "word": "un jury ce matin-là"}
    page = await office.web.post(office.path("other-date"), data=given)
    assert "propose une autre date : jeudi 15 septembre 2022, 14 h 30 (« un jury ce matin-là »)" in words(page)
    again = await office.web.post(office.path("other-date"), data=given)
    assert "C’est déjà enregistré" in again.text
    other = await office.web.post(office.path("other-date"), data={**given, "hour": "15:00"})
    assert "15 h" in words(other)
    assert len(office.recorded) == 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "indiquer le jour et l’heure"),
        ({"day": "2022-09-15"}, "indiquer le jour et l’heure"),
        ({"day": "jeudi", "hour": "10:00"}, "« jeudi » n’est pas un jour du calendrier"),
        ({"day": "2022-09-15", "hour": "midi"}, "« midi » n’est pas une heure"),
        ({"day": "2022-09-15", "hour": "25:00"}, "n’est pas une heure"),
        (
            {"day": "2022-09-17", "hour": "10:00"},
            "le vendredi 16 septembre 2022 ou le lundi 19 septembre 2022",
        ),
        ({"day": "2022-09-15", "hour": "10:00", "word": "x" * 501}, "500 caractères au plus"),
    ],
)
async def test_a_refusal_is_shown_in_words_and_what_was_typed_is_kept(
    office: Office, given: dict[str, str], says: str
) -> None:
    answer = await office.web.post(office.path("other-date"), data=given)
    page = words(answer)
    assert answer.status_code == 422
    assert "Rien n’a été enregistré" in page
    assert says in page
    for name in ("day", "hour"):
        assert f'name="{name}"' in answer.text
        assert given.get(name, "") in answer.text
    assert office.recorded == []


async def test_a_french_day_and_hour_are_read_too(office: Office) -> None:
    page = await office.web.post(office.path("other-date"), data={"day": "15/09/2022", "hour": "14h30"})
    assert "jeudi 15 septembre 2022, 14 h 30" in words(page)


async def test_received_records_that_the_data_were_with_their_day(late: Office) -> None:
    path = late.path("received", "referent", "reminders")
    shown = words(await late.web.get(path))
    for said in ("L’avez-vous reçu ?", "Devoir data", "jeudi 30 juin 2022", "Reçu le", "Fonction referent"):
        assert said in shown
    kept = await late.web.post(path, data={"on": "2022-06-30"})
    assert "fait le jeudi 30 juin 2022" in words(kept)
    record = late.register.dossiers["TEST-1"].facts[-1]
    assert record.fact == DutyDone(on=b.d("2022-06-30"), item=DATA, party="agency")
    assert record.recorded_by == "Fonction referent (par lien)"


async def test_what_one_side_said_the_other_finds_already_recorded(late: Office) -> None:
    await late.web.post(late.path("received", "referent", "reminders"))
    other = await late.web.post(late.path("done", "partner", "reminders"), data={"word": "envoyé"})
    assert "C’est déjà enregistré" in other.text
    assert len(late.recorded) == 1


async def test_the_refusal_of_the_door_is_shown(late: Office) -> None:
    path = late.path("done", "partner", "reminders")
    answer = await late.web.post(path, data={"on": "2022-07-02"})
    assert answer.status_code == 422
    assert "n’est pas encore venu" in answer.text
    assert 'value="2022-07-02"' in answer.text


async def test_pages_speak_english_to_whoever_asks_for_it(office: Office) -> None:
    page = read((await office.web.get(f"{office.path('accept')}?lang=en")).text)
    assert page.language == "en"
    for said in (
        "Accept this meeting?",
        "Tuesday 13 September 2022, 10:00",
        "This button records that you accept",
    ):
        assert said in page.text.replace("\u00a0", " ")
    assert all(link.endswith("?lang=en") for link in page.links if not link.startswith(("?", "mailto:", "/")))
    kept = await office.web.post(f"{office.path('accept')}?lang=en")
    assert "It is recorded, thank you" in kept.text
    refused = await office.web.post(f"{office.path('other-date')}?lang=en", data={"day": "2022-09-17", "hour": "10:00"})
    assert "is not a working day" in refused.text


async def test_a_page_is_in_the_language_of_its_reader(office: Office) -> None:
    roles = office.register.dossiers["TEST-1"].convention.roles
    english = roles["partner"].model_copy(update={"language": "en"})
    convention = office.register.dossiers["TEST-1"].convention
    office.register.dossiers["TEST-1"].convention = convention.model_copy(
        update={"roles": {**roles, "partner": english}}
    )
    assert read((await office.web.get(office.path("accept"))).text).language == "en"
    assert read((await office.web.get(f"{office.path('accept')}?lang=fr")).text).language == "fr"


async def test_what_somebody_writes_is_shown_as_words_never_as_markup(office: Office) -> None:
    page = await office.web.post(office.path("accept"), data={"word": "<b>oui</b> & \u2028 fin"})
    assert "<b>oui" not in page.text
    fact = office.register.dossiers["TEST-1"].facts[-1].fact
    assert isinstance(fact, InvitationAnswered)
    assert fact.note == "<b>oui</b> & fin"


async def test_a_file_sent_instead_of_words_is_refused(office: Office) -> None:
    answer = await office.web.post(office.path("accept"), files={"word": ("a.txt", b"x")})
    assert answer.status_code == 400
    assert "ne se lit pas" in words(answer)
    assert office.recorded == []


async def test_a_place_changed_keeps_the_answer_open(office: Office) -> None:
    moved = MeetingArranged(item=POINT, starts_at=b.at("2022-09-13"), place="Salle B")
    path = office.path("accept")
    await office.register.record("TEST-1", moved, "coordinator")
    page = await office.web.get(path)
    assert page.status_code == 200
    assert "Salle B" in page.text


async def test_refusing_to_sign_asks_for_the_reason_and_keeps_it(paper: Office) -> None:
    path = paper.path("refuse-sign", kind="reminders")
    page = words(await paper.web.get(path))
    assert "Refuser de signer ?" in page
    assert "Pourquoi (la coordination et la direction le liront)" in page
    empty = await paper.web.post(path, data={"on": "2022-01-28", "word": " "})
    assert empty.status_code == 422
    assert "dire pourquoi votre institution ne signe pas" in words(empty)
    assert paper.recorded == []
    said = await paper.web.post(path, data={"on": "2022-01-27", "word": "un autre modèle est attendu"})
    assert said.status_code == 200
    assert "refus de signer, le jeudi 27 janvier 2022 (« un autre modèle est attendu »)" in words(said)
    again = await paper.web.post(path, data={"on": "2022-01-28", "word": "autre chose"})
    assert "C’est déjà enregistré" in again.text
    assert len(paper.recorded) == 1


async def test_whoever_refuses_to_sign_may_go_to_the_other_link_and_back(paper: Office) -> None:
    links = read((await paper.web.get(paper.path("signed", kind="reminders"))).text).links
    assert paper.path("refuse-sign", kind="reminders") in [f"/r/{link}" for link in links]
