"""The few closed words of an answer to a mail of ours, and all that is left to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echeancier.adapters.inbox.written_reply import closed_words
from tests.adapters.replies import GUEST, RETURN, mail, parse

QUOTE = "Le jeu. 9 juin 2022 à 08:30, Agenda <agenda@ville.example> a écrit :\n> Il reste une semaine. Fait le 3 ?\n"


def said(text: str) -> tuple[object, ...] | None:
    found = closed_words(text)
    return None if found is None else (found.act, found.day, found.month, found.year)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fait", ("done", None, None, None)),
        ("C'est fait.", ("done", None, None, None)),
        ("Fait le 12", ("done", 12, None, None)),
        ("fait le 12 mars 2027", ("done", 12, 3, 2027)),
        ("Fait le 1er août", ("done", 1, 8, None)),
        ("Reçu", ("received", None, None, None)),
        ("bien reçu le 3/4", ("received", 3, 4, None)),
        ("Reçu le 03/04/2027.", ("received", 3, 4, 2027)),
        ("Vu", ("seen", None, None, None)),
        ("Je m’en charge !", ("seen", None, None, None)),
        ("Vu, je m'en charge.", ("seen", None, None, None)),
        ("Pas avant le 20", ("later", 20, None, None)),
        ("pas\u00a0avant le 20 juin", ("later", 20, 6, None)),
        ("Done", ("done", None, None, None)),
        ("It's done on 12 March 2027", ("done", 12, 3, 2027)),
        ("done on the 12th", ("done", 12, None, None)),
        ("Received on March 3rd", ("received", 3, 3, None)),
        ("seen", ("seen", None, None, None)),
        ("I'll take care of it", ("seen", None, None, None)),
        ("Not before June 20, 2027", ("later", 20, 6, 2027)),
    ],
)
def test_the_closed_forms_are_read_whatever_their_dress(words: str, expected: tuple[object, ...]) -> None:
    assert said(words) == expected
    assert (
        said(
            f"Bonjour,\n\n{words}\n\nBien cordialement,\nService des statistiques\nstatistiques@operateur.example\n\n{QUOTE}"
        )
        == expected
    )
    assert said(f"Bonjour, {words}\n{QUOTE}") == expected
    assert said(f"{words}\n-- \nMairie\n") == expected
    assert said(f"{words}\n\n-----Message d'origine-----\nDe : Agenda\nvu\n") == expected
    assert said(f"{words}\nEnvoyé depuis mon téléphone\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bonjour,\n",
        QUOTE,
        "fait ?",
        "Presque fait",
        "pas fait",
        "fait le 12, sauf la moitié",
        "fait\nmais il manque un fichier",
        "fait\nCordialement\nPS : il manque un fichier",
        "fait\nCordialement\nEst-ce bien cela ?",
        "fait le 12\nfait le 13",
        "pas avant",
        "pas avant demain",
        "not before 3/4",
        "vu avec vous demain",
        "> fait",
        "Nous l’avons fait le 12.",
        "fait\n" + "\n".join(f"ligne {n}" for n in range(3)),
        "fait\nMerci\n" + "\n".join(f"ligne {n}" for n in range(20)),
    ],
)
def test_anything_else_is_for_a_person(text: str) -> None:
    assert closed_words(text) is None


@given(st.text(max_size=400))
def test_whatever_the_text_an_answer_is_given(text: str) -> None:
    closed_words(text)
    assert parse(mail(text.replace("\r", " "), to=RETURN)).sort


def test_only_what_comes_to_a_return_address_of_ours_is_a_reply() -> None:
    assert parse(mail("fait")).sort == "other"
    found = parse(mail("fait", to=f"coordination@ville.example, {RETURN}"))
    assert found.sort == "reply"
    assert found.reply is not None
    assert (found.reply.address, found.reply.proven) == (GUEST, False)


PROVEN = "mx.ville.example; dmarc=pass header.from=operateur.example"


def test_our_own_server_vouches_for_the_sender_or_nobody_does() -> None:
    raw = mail("fait", to=RETURN, authentication_results=PROVEN)
    vouched, unknown = parse(raw, "mx.ville.example").reply, parse(raw, "autre.example").reply
    assert vouched is not None
    assert unknown is not None
    assert (vouched.proven, unknown.proven) == (True, False)


@pytest.mark.parametrize("fields", [{"auto_submitted": "auto-replied"}, {"precedence": "bulk"}])
def test_a_machine_says_nothing_for_a_person(fields: dict[str, str]) -> None:
    assert parse(mail("fait", to=RETURN, **fields)).reply is None


def test_a_machine_that_hides_and_says_that_somebody_left_is_no_reply() -> None:
    assert parse(mail("Cette personne n’est plus dans nos effectifs.", to=RETURN)).sort == "other"
    quoted = parse(mail(f"fait\n\n{QUOTE}> Ce qui n’est plus attendu.", to=RETURN))
    assert quoted.reply is not None
    assert quoted.reply.said is not None


def test_words_in_html_alone_or_with_a_file_are_for_a_person() -> None:
    html = parse(mail("<p>fait</p>", content_type="text/html", to=RETURN)).reply
    assert html is not None
    assert html.said is None
    parts = "--x\r\nContent-Type: text/plain\r\n\r\nfait\r\n--x\r\nContent-Type: application/pdf\r\n\r\nabc\r\n--x--"
    file = parse(mail(parts, content_type='multipart/mixed; boundary="x"', to=RETURN)).reply
    assert file is not None
    assert file.said is None
    assert file.why == "sans texte simple, ou avec une pièce jointe"


def test_nothing_of_what_was_written_is_kept_but_the_closed_words() -> None:
    found = parse(mail("Un secret de famille.", to=RETURN))
    assert "secret" not in found.model_dump_json()
