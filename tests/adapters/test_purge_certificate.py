"""The certificate of a purge is written whatever the names hold: a purge that cannot end keeps what it should destroy."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from echeancier.adapters.papers.purge_certificate import PurgeCertificates
from echeancier.adapters.stores.archive import CERTIFICATE
from echeancier.domain.afterwards.purge_record import PurgeRecord

DAY, AT = date(2022, 1, 4), datetime(2022, 1, 4, 10, tzinfo=UTC)


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60))
@example("䜙 et 😀 : e\u0301 بلدية 👩🏽\u200d💼 \ufe0f\U000e0041\u0378")
@example("Communauté d’agglomération « Œuvre » – 100 €")
def test_any_name_is_certified(name: str) -> None:
    record = PurgeRecord(
        reference="TEST-1", closed_on=DAY, purge_on=DAY, notice_days=30, basis="visa", confirmed_on=DAY,
        confirmed_by="coordinator", parties=(name, "Agence"), registered_on=DAY, begun_at=AT, finished_at=AT,
    )  # fmt: skip
    assert PurgeCertificates(ZoneInfo("Europe/Paris")).write(record)[CERTIFICATE].startswith(b"%PDF")
