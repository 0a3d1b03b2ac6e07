"""What a coordinator is told to do is what the commands beside it record; a step of a renewal is no yearly meeting."""

from echeancier.adapters.mail.phrases import what_otherwise
from tests.adapters.orders import coordinator, line
from tests.adapters.reading import flat
from tests.adapters.test_rendering import mail


def test_a_meeting_without_a_date_can_be_fixed_from_the_mail() -> None:
    sent = mail(
        to=coordinator(),
        lines=(line(kind="meeting", item="annual-meeting/1", legal_last_instant=None),),
    )
    words = flat(sent.text).replace("\u00a0", " ")
    assert "Fixer la date : echeancier record SQF-P meeting-arranged --item annual-meeting/1" in words
    assert "Si c’est déjà fait : echeancier record SQF-P meeting-held --item annual-meeting/1" in words


def test_a_meeting_that_has_its_date_is_only_to_be_held() -> None:
    fixed = line(kind="meeting", item="annual-meeting/1").model_copy(
        update={"meeting_at": mail().date.replace(tzinfo=None)}
    )
    assert "meeting-arranged" not in mail(to=coordinator(), lines=(fixed,)).text


def test_the_committee_that_prepares_a_renewal_is_not_missed_for_a_period() -> None:
    said = what_otherwise("renewal", "escalation", "fr", series="renewal", step="committee")
    assert "cette période" not in said
    assert "les étapes suivantes perdent leur marge" in said
