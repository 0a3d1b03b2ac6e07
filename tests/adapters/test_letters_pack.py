"""The file of a steering committee, printed."""

from datetime import UTC, datetime

from echeancier.adapters.papers.committee_file_pdf import pack_pdf
from echeancier.domain.letters.committee_file import pack_of
from tests.adapters.letters_read import AT, read
from tests.domain.examples_seen import seen_by


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_it_shows_its_sections_and_what_is_to_be_decided() -> None:
    s = seen_by("sqf-p", "2023-06-01")
    told = squeezed(read(pack_pdf(pack_of(s), at=AT).content).text)
    for words in (
        "1. Ce qu’il faut décider",
        "La convention finit le 31 décembre 2023.",
        "2. Ce que le texte met à l’ordre du jour",
        "termes du renouvellement",
        "3. Ce que la convention demande d’évaluer",
        "Trois indicateurs : le diagnostic partagé",
        "4. Ce que chacun a tenu",
        "5. Ce qui vient dans les douze mois",
        "6. Questions ouvertes",
        "7. Relevé de décisions",
    ):
        assert squeezed(words) in told


def test_it_is_an_archive_file_with_the_same_bytes_twice() -> None:
    pack = pack_of(seen_by("mtz-p", "2022-06-01"))
    first, second = pack_pdf(pack, at=AT), pack_pdf(pack, at=AT)
    assert first == second
    assert b"<pdfaid:part>2</pdfaid:part>" in first.content
    assert pack_pdf(pack, at=datetime(2026, 1, 2, tzinfo=UTC)).sha256 != first.sha256


def test_an_internal_file_says_so_on_every_page() -> None:
    sheet = read(pack_pdf(pack_of(seen_by("sqf-p", "2023-06-01"), shared=False), at=AT).content)
    assert sheet.text.count("usage interne") == sheet.pages + 1


def test_what_a_fact_says_is_printed_as_it_is() -> None:
    pack = pack_of(seen_by("sqf-p", "2023-06-01")).model_copy(update={"title": '#panic("x") *a* $b$ \\'})
    assert squeezed('#panic("x")*a*$b$\\') in squeezed(read(pack_pdf(pack, at=AT).content).text)
