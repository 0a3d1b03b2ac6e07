"""One kind of message for several cases: each says its own, in its subject and in its first lines."""

import pytest

from tests.adapters.orders import Language, meeting
from tests.adapters.reading import flat
from tests.adapters.test_rendering import mail

CANCELLED = {
    "called-off": ("Annulation : Point référent", "n’a pas lieu à cette date"),
    "not-invited": (
        "Invitation retirée : Point référent",
        "La rencontre a lieu, mais vous n’y êtes plus attendu",
    ),
    "held-before": ("Date libérée : Point référent", "tenue un autre jour"),
    "suspended": ("Annulation : Point référent", "est suspendu"),
    "ended": ("Annulation : Point référent", "est finie à cette date"),
    "withdrawn": ("Annulation : Point référent", "enregistrée par erreur"),
}
ENDED = {
    "ended": (
        "Fin de la convention le 31 décembre 2023",
        "La fin n’efface pas ce qui suit : ces jours restent à tenir",
    ),
    "goes-on": ("La convention continue jusqu’au 31 décembre 2023", "les obligations reprennent"),
    "withdrawn": ("Enregistrée par erreur, plus rien à faire", "Rien à faire : retirez de votre agenda"),
}


def plain(words: str) -> str:
    return flat(words).replace("\u00a0", " ")


@pytest.mark.parametrize("reason", CANCELLED)
def test_a_cancelled_meeting_says_why(reason: str) -> None:
    subject, words = CANCELLED[reason]
    sent = mail("meeting-cancelled", reason=reason)
    assert subject in plain(sent.subject)
    assert words in plain(sent.text)


@pytest.mark.parametrize("reason", ENDED)
def test_a_message_about_the_end_says_which_one_it_is(reason: str) -> None:
    subject, words = ENDED[reason]
    sent = mail("ended", reason=reason)
    assert subject in plain(sent.subject)
    assert words in plain(sent.text)


@pytest.mark.parametrize("reason", ["goes-on", "withdrawn"])
def test_where_nothing_ends_no_duty_of_the_end_is_spoken_of(reason: str) -> None:
    assert "Gardez ces jours" not in plain(mail("ended", reason=reason, lines=()).text)


@pytest.mark.parametrize(("language", "said"), [("fr", "le lieu, les participants"), ("en", "the place, who comes")])
def test_a_meeting_changed_without_another_date_says_what_changes(language: Language, said: str) -> None:
    notice = meeting(sequence=1, changed=("place", "guests"))
    assert said in plain(mail("meeting-moved", language, meeting=notice).text)


def test_a_meeting_of_institutions_that_change_their_names_says_the_new_ones() -> None:
    notice = meeting(sequence=1, changed=("names",))
    text = plain(mail("meeting-moved", meeting=notice, parties=("Commune de Lorval", "Agence du travail")).text)
    assert "Désormais entre la commune de Lorval et Agence du travail." in text
    assert "Désormais" not in plain(mail("meeting-moved", meeting=meeting(sequence=1, changed=("place",))).text)
