"""Which addresses a person may be registered with."""

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from echeancier.domain.messages.mail import Mailbox
from echeancier.domain.text import checked_address, one_line, shortened


@pytest.mark.parametrize(
    ("given_address", "kept"),
    [
        ("agenda@commune.example", "agenda@commune.example"),
        (" Agenda.Conventions+042@Commune.Example ", "Agenda.Conventions+042@commune.example"),
        ("o'neil@partenaire.example", "o'neil@partenaire.example"),
        ("contact@mairie-évry.example", "contact@xn--mairie-vry-h7a.example"),
    ],
)
def test_a_usable_address_is_kept_in_one_form(given_address: str, kept: str) -> None:
    assert checked_address(given_address) == kept


@pytest.mark.parametrize(
    "address",
    [
        "", "agenda", "@commune.example", "agenda@", "agenda@commune", "a@b@", "a..b@commune.example",
        ".a@commune.example", "a.@commune.example", "élodie@commune.example", '"a b"@commune.example',
        "a@[127.0.0.1]", "a@127.0.0.1", "a@-b.example", "a@b-.example", "a@b..example", "a@b.example.",
        "a@commune.example\r\nBcc: x@y.example", "Nom <a@commune.example>", "a@b.example,c@d.example",
        "a\u2028@commune.example", "a@com\u200bmune .example", "x" * 65 + "@commune.example",
        "a@" + "b." * 130 + "example",
    ],
)  # fmt: skip
def test_an_address_no_relay_would_deliver_to_is_refused_in_french(address: str) -> None:
    with pytest.raises(ValueError, match="adresse de courriel invalide"):
        checked_address(address)


def test_the_refusal_does_not_repeat_the_address() -> None:
    with pytest.raises(ValueError, match="invalide") as refusal:
        Mailbox(address="prénom.secret@commune.example")
    assert "secret" not in str(refusal.value)


_PART = st.text(alphabet="abcXYZ019.-_+!'é @", min_size=1, max_size=12)


@given(_PART, _PART)
def test_whatever_we_accept_an_independent_validator_accepts(local: str, domain: str) -> None:
    try:
        ours = checked_address(f"{local}@{domain}.example.fr")
    except ValueError:
        return
    theirs = validate_email(ours, check_deliverability=False, test_environment=True)
    assert theirs.ascii_email == ours


@given(st.text())
def test_one_line_is_one_line_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line


def test_non_breaking_spaces_survive_on_one_line() -> None:
    assert one_line("Échéance\u00a0: le\u202f30\tnovembre") == "Échéance\u00a0: le\u202f30 novembre"


def test_marks_that_reorder_the_text_are_taken_out() -> None:
    assert one_line("facture\u202efdp.exe") == "facturefdp.exe"


def test_a_short_text_is_not_cut() -> None:
    assert shortened("échéance", 8) == "échéance"


def test_a_word_longer_than_the_limit_is_cut_inside() -> None:
    assert shortened("anticonstitutionnellement", 5) == "anti…"
