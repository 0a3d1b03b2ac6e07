"""What other people’s spreadsheets and exports do to a table: each is sent back in words, never understood as something else."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import load_workbook

from echeancier.adapters.imports.terms import convention_of
from echeancier.domain.errors import FileContentError
from tests.adapters.test_imports import GOOD, only, saved, semicolons, table, xlsx
from tests.adapters.test_imports_never_guess import DAYS, each, of_row, sent_back

LAST = "Dernier jour"
MERGED = "des cellules sont fusionnées"


def patched(raw: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose sheet another program wrote otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            inside = before.read(name)
            after.writestr(name, change(inside) if name == "xl/worksheets/sheet1.xml" else inside)
    return out.getvalue()


def refused(raw: bytes) -> str:
    with pytest.raises(FileContentError) as caught:
        table(raw)
    return " | ".join(caught.value.problems).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "typed", ['"', "''", "〃", "//", "« »", "”", "idem", "Idem.", "id.", "d°", "voir ci-dessus", "Le même"]
)
def test_a_cell_that_points_at_another_is_neither_nothing_nor_a_name(typed: str) -> None:
    heads = [LAST, "Durée (mois)", "Partenaire", "Intitulé", "Numéro", "Convention mère"]
    for head in heads:
        assert f"{head}: « {typed} » : écrire dans chaque cellule" in sent_back(**{head: typed})


@pytest.mark.parametrize("typed", ["✓", "✗", "!", "→", "☐", "+", "=", "~", "$"])
def test_a_sign_that_may_mean_something_is_not_nothing(typed: str) -> None:
    for head in (LAST, "Comités par an", "Numéro"):
        assert f"{head}: « {typed} » : laisser la cellule vide" in sent_back(**{head: typed})


@pytest.mark.parametrize("raw", [xlsx, lambda row: semicolons(row).encode()], ids=["xlsx", "csv"])
@pytest.mark.parametrize("typed", ["##", "########", "#BLOQUÉ!", "#ÉPARS!"])
def test_what_a_narrow_column_or_a_formula_shows_is_no_value(raw: Callable[..., bytes], typed: str) -> None:
    said = of_row(raw({**GOOD, "Durée (mois)": "", LAST: typed}))
    assert "écrire la valeur à sa place" in said


@pytest.mark.parametrize(
    ("head", "typed"),
    [("Durée (mois)", "36¹"), ("Durée (mois)", "3² ans"), ("Comités par an", "2³"), (LAST, "3¹ mars 2027")],
)
def test_the_call_of_a_note_is_no_figure(head: str, typed: str) -> None:
    assert f"{head}: « {typed} »" in sent_back(**{head: typed})


@pytest.mark.parametrize(
    "typed", ["CommunautÃ© de communes", "Communaut\ufffd", "lâ€™agence", "OpŽrateur", "Op\u201arateur"]
)
def test_a_text_whose_accents_are_broken_is_sent_back(typed: str) -> None:
    assert "Partenaire: « " in (said := sent_back(Partenaire=typed))
    assert "accents" in said


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
@pytest.mark.parametrize("heads", ["accents", "plain"])
def test_a_csv_of_another_machine_is_refused_for_its_accents_not_for_its_headings(encoding: str, heads: str) -> None:
    text = semicolons({**GOOD, "Prise d’effet": "01/01/2024"}).replace("’", "'")
    if heads == "plain":
        for head, plain in (
            ("Référence", "ref"),
            ("Intitulé", "titre"),
            ("Notre collectivité", "us"),
            ("Durée", "Duree"),
        ):
            text = text.replace(head, plain)
    assert "les accents y sont abîmés" in refused(text.encode(encoding))


def test_names_that_begin_with_a_caron_are_no_broken_accents() -> None:
    for name in ("Škoda Žilina", "ŠKODA", "Café « Ž »", "São Paulo", "SÃO PAULO"):
        assert only(xlsx({**GOOD, "Partenaire": name})).parties["partner"].name == name


@pytest.mark.parametrize("typed", ["{}31/12/2026", "31/12/2026{}"])
def test_what_comes_unseen_with_a_copy_is_left_out_or_named(typed: str) -> None:
    for char in "\u200b\u200e\u2060\ufeff":
        cells = {**GOOD, "Durée (mois)": None, LAST: typed.format(char)}
        assert only(xlsx(cells)).term.ends_on == date(2026, 12, 31)
    for char in "\u202e\u200f\u2066\U000e0041":
        assert f"{LAST}: un caractère invisible (U+{ord(char):04X})" in sent_back(**{LAST: typed.format(char)})


@pytest.mark.parametrize("typed", ["a@x.example; b@x.example", "a@x.example, b@x.example", "Agence <a@x.example>"])
def test_several_addresses_are_sent_back_as_several(typed: str) -> None:
    assert "une adresse, et une seule, est attendue" in sent_back(**{"Adresse du partenaire": typed})


def test_what_is_wrong_in_a_name_is_said_of_its_column() -> None:
    for head in ("Partenaire", "Notre collectivité", "Service", "Numéro", "Intitulé"):
        assert sent_back(**{head: "x" * 301}).startswith(f"{head}: trop long")


def test_a_month_before_its_day_puts_every_day_in_doubt() -> None:
    for head in DAYS:
        assert "toutes les dates du tableau sont à vérifier" in sent_back(**{head: "12/31/2026"})
    assert "à vérifier" not in sent_back(**{LAST: "31/02/2026"})


def test_days_that_an_english_spreadsheet_has_turned_are_sent_back() -> None:
    """It reads 02/03 as the 3rd of February, and leaves 31/12 as text."""
    text, understood = (
        {**GOOD, "Prise d’effet": "31/12/2023"},
        {**GOOD, "Référence": "V-2", "Prise d’effet": date(2024, 3, 2)},
    )
    (made, said), _ = each(text, understood)
    assert made is None
    assert "un tableur réglé en anglais lit 02/03" in said
    later = {**understood, "Référence": "V-3", "Prise d’effet": date(2024, 3, 13)}
    early = {**text, "Référence": "V-4", "Prise d’effet": "02/03/2024"}
    for rows in ((text, understood, later), (text, understood, early), (understood,), (text,)):
        assert all(made is not None for made, _ in each(*rows)), rows


HIDDEN_ROW = re.compile(rb'<row r="2"[^>]*>')


@pytest.mark.parametrize(
    "tag", ['<row r="2" hidden="1">', "<row r='2' hidden='true'>", '<row hidden="1">', '<row r="2" ht="0">']
)
def test_a_row_that_is_not_shown_is_seen_however_it_is_written(tag: str) -> None:
    assert "cette ligne est masquée" in of_row(patched(xlsx(GOOD), lambda xml: HIDDEN_ROW.sub(tag.encode(), xml)))


@pytest.mark.parametrize(
    "said", ['width="0" min="8" max="8"', "max='8' min='8' hidden='1'", 'min="7" max="9" hidden="true"']
)
def test_a_column_that_is_not_shown_is_seen_however_it_is_written(said: str) -> None:
    cols = f"<cols><col {said}/></cols><sheetData>".encode()
    assert "est masquée" in refused(patched(xlsx(GOOD), lambda xml: xml.replace(b"<sheetData>", cols)))


@pytest.mark.parametrize("shape", [";;;", '"";""'])
def test_a_cell_that_shows_nothing_is_sent_back(shape: str) -> None:
    book = load_workbook(io.BytesIO(xlsx(GOOD)))
    book.worksheets[0]["H2"].number_format = shape
    assert "montre autre chose" in of_row(saved(book))


def test_cells_merged_along_a_row_are_sent_back_and_those_of_a_remark_are_not() -> None:
    for cells, wrong in (("G2:I2", True), ("A3:B3", True), ("J2:J3", False), ("A1:D1", False)):
        above = (("Liste des conventions",),) if cells == "A1:D1" else ()
        rows = ({**GOOD, LAST: None, "Remarques": "x"}, {**GOOD, "Référence": "V-2"})
        book = load_workbook(io.BytesIO(xlsx(*rows, above=above)))
        book.worksheets[0].merge_cells(cells)
        if wrong:
            assert MERGED in refused(saved(book))
        else:
            assert len(table(saved(book)).rows) == 2


BAD = 'V-2;"Accès" à l’application;Ville;Op;a@ville.example;b@op.example;01/01/2024;36\r\n'


@pytest.mark.parametrize("bad", [BAD, BAD.replace('" à', " à")])
def test_a_quotation_mark_out_of_place_is_said_with_its_row(bad: str) -> None:
    text = semicolons({**GOOD, "Prise d’effet": "01/01/2024"})
    assert "après la ligne 3 : un guillemet" in refused((text + bad).encode())


def test_headings_are_given_back_as_they_are_shown() -> None:
    assert table(xlsx({**GOOD, "#N/A": "x", "2024": "y"})).ignored == (
        "#N/A est une erreur du tableur : écrire la valeur à sa place",
        "2024",
    )
    book = load_workbook(io.BytesIO(xlsx(GOOD)))
    book.worksheets[0]["I1"] = '="Fin"&"x"'
    assert not any("Formula" in head for head in table(saved(book)).ignored)
    assert "« Fin », « Échéance »" in refused(xlsx({**GOOD, "Fin": None, "Échéance": None}))


def test_nothing_else_of_a_good_row_is_changed() -> None:
    row = {**GOOD, "Numéro": "2026/118", "Service": "Accès & données", "Intitulé": "Convention « A/B » — n° 3"}
    (read,) = table(xlsx(row)).rows
    assert convention_of(read)[1] == ()
    assert (read.said["number"], read.said["title"]) == ("2026/118", "Convention « A/B » — n° 3")
