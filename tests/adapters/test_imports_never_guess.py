"""An import never guesses: the whole of a cell is understood, or the row is sent back with the cell and what would be right."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from echeancier.adapters.imports.columns import COLUMNS
from echeancier.adapters.imports.terms import convention_of
from echeancier.domain.errors import FileContentError
from echeancier.domain.terms.convention import Convention
from tests.adapters.test_imports import GOOD, only, saved, semicolons, table, xlsx

HEADS = {column.name: column.head for column in COLUMNS}
DAYS = [column.head for column in COLUMNS if column.sort == "date"]
BLANK = {**GOOD, "Durée (mois)": None}

NO_DAY = [
    "initialement 31 décembre 2026, prolongée au 31 décembre 2028", "du 1er janvier 2024 au 31 décembre 2027",
    "au plus tôt le 1er mars 2026", "1er janvier 2026, sous réserve de la signature", "avant le 31 décembre 2027",
    "31 décembre 2026 ?", "31/12/2026 ?", "(31 décembre 2026)", "~31/12/2026", "31 décembre 2026 (reconductible)", "fin 2026",
    "décembre 2026", "2026", "vers le 1er mars 2026", "31/12/2026 ou 31/12/2027", "31/12/2026 - 31/12/2027", "le 31 de 12 2026",
    "lundi 31 décembre 2024", "31/12/26", "12/31/2026", "31 décembre", "31 12", "45657", "45 657", "2024-12-31 14:30",
    "31/12/2026 minuit", "31 décembre 2026 à la signature", "+31/12/2026", "31 marsembre 2026", "2er mars 2026",
    "3 ans après la signature", "٣١/١٢/٢٠٢٦",
]  # fmt: skip


def sent_back(**cells: object) -> str:
    """Everything said of one row, which must not become a convention."""
    return of_row(xlsx({**BLANK, **cells}))


def of_row(raw: bytes) -> str:
    (row,) = table(raw).rows
    convention, wrong = convention_of(row)
    assert convention is None
    assert wrong
    return " | ".join(f"{one.column}: {one.words}" for one in wrong).replace("\u00a0", " ")


def each(*rows: dict[str, object]) -> list[tuple[Convention | None, str]]:
    """What becomes of each of many rows, read together."""
    found = [convention_of(row) for row in table(xlsx(*rows)).rows]
    assert len(found) == len(rows)
    return [(made, " | ".join(f"{w.column}: {w.words}" for w in wrong).replace("\u00a0", " ")) for made, wrong in found]


def test_a_cell_that_is_more_or_less_than_a_day_is_sent_back_and_quoted() -> None:
    rows = [{**BLANK, "Référence": f"V-{n}", **dict.fromkeys(DAYS, typed)} for n, typed in enumerate(NO_DAY)]
    for typed, (made, said) in zip(NO_DAY, each(*rows), strict=True):
        assert made is None, typed
        for head in DAYS:
            assert f"{head}: « {typed} »" in said


@pytest.mark.parametrize(
    "typed",
    ["un mois après la signature", "1er janvier 2026, sous réserve de la signature", "à la signature du maire", "signature ?",
     "à la signature ou au 1er janvier 2026", "avant signature", "à la signature de l’avenant", "signature électronique"],
)  # fmt: skip
def test_an_effect_that_is_not_the_signature_itself_is_sent_back(typed: str) -> None:
    assert f"« {typed} »" in sent_back(**{"Prise d’effet": typed})


@pytest.mark.parametrize(
    "typed", ["signature", "À la signature", "dès sa signature", "date de signature", "à compter de la date de signature"]
)  # fmt: skip
def test_an_effect_at_the_signature_is_understood_whole(typed: str) -> None:
    assert only(xlsx({**GOOD, "Prise d’effet": typed})).effect.rule == "last-signature"


@pytest.mark.parametrize("typed", [43830, 45657, 45657.5, 1, 0, -3, 1e9, 31.12, 20241231])
def test_a_plain_number_is_never_a_day(typed: float) -> None:
    said = sent_back(**{"Dernier jour": typed})
    assert "un nombre, pas une date" in said or "montre autre chose" in said


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_the_calendar_of_the_workbook_counts_for_the_days_typed_in_it(epoch: datetime | None) -> None:
    book = Workbook()
    if epoch is not None:
        book.epoch = epoch
    sheet = book.worksheets[0]
    sheet.append(list(GOOD))
    sheet.append(list(GOOD.values()))
    assert only(saved(book)).effect.on == date(2024, 1, 1)


WHOLE_DAY = (
    "dd/mm/yyyy",
    "d mmmm yyyy",
    "[$-F800]dddd, mmmm dd, yyyy",
    "yyyy-mm-dd",
    "dd/mm/yy",
    "mm-dd-yy",
    "m/d/yy h:mm",
)
PART_OF_A_DAY = (
    "mmm-yy",
    "mmmm yyyy",
    "yyyy",
    "dd/mm",
    "d mmm",
    "dddd",
    '"fin" mmmm yyyy',
    "h:mm",
    "0",
    "0;@",
)
ITSELF = ("General", "0", "0.00", "#,##0", "# ##0", "@", "#,##0_ ;[Red]-#,##0 ")
SOMETHING_ELSE = (
    '0" ans"',
    '0 "an(s)"',
    "0%",
    "0000",
    '"+"0',
    "0.0E+00",
    "#,##0.00 €",
    "0\\a",
    "# ?/?",
    "[h]:mm",
)


def formatted(head: str, value: object, *shapes: str) -> list[str]:
    """What is said of rows whose cell has each a format of its own; nothing of those that are conventions."""
    rows = [{**BLANK, head: value, "Référence": f"V-{n}"} for n in range(len(shapes))]
    book = load_workbook(io.BytesIO(xlsx(*rows)))
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index(head) + 1
    for n, shape in enumerate(shapes, 2):
        sheet.cell(n, column).number_format = shape
    return [" | ".join(w.column for w in convention_of(row)[1]) for row in table(saved(book)).rows]


def test_a_cell_that_does_not_show_its_whole_day_is_sent_back() -> None:
    said = formatted("Dernier jour", date(2024, 12, 1), *PART_OF_A_DAY)
    assert said == ["Dernier jour"] * len(PART_OF_A_DAY)
    assert formatted("Dernier jour", date(2024, 12, 1), *WHOLE_DAY) == [""] * len(WHOLE_DAY)


@pytest.mark.parametrize("head", ["Préavis (mois)", "Numéro", "Comités par an"])
def test_a_number_shown_as_something_else_is_sent_back(head: str) -> None:
    assert formatted(head, 3, *SOMETHING_ELSE) == [head] * len(SOMETHING_ELSE)
    assert formatted(head, 3, *ITSELF) == [""] * len(ITSELF)


NOTHING = (
    "néant", "Néant", "NÉANT.", "aucun", "Aucune", "-", "–", "—", "--", "/", "s.o.", "S.O", "n/a", "N.A.", "sans objet",
    "(néant)", "« néant »", ".", "non", "rien", "×",
)  # fmt: skip
UNKNOWN = (
    "?",
    "??",
    "…",
    "...",
    "à définir",
    "À compléter",
    "inconnu",
    "NC",
    "non renseigné",
    "en cours",
    "tbd",
    "xxx",
    "(?)",
)


def test_what_stands_for_nothing_is_nothing_in_every_column() -> None:
    for column in COLUMNS:
        if column.required:
            continue
        rows = ({**GOOD, "Référence": f"V-{n}", column.head: typed} for n, typed in enumerate(("", *NOTHING)))
        (empty, _), *found = each(*rows)
        assert empty is not None
        for typed, (made, said) in zip(NOTHING, found, strict=True):
            assert made is not None, (column.head, typed, said)
            assert made == empty.model_copy(update={"reference": made.reference}), (column.head, typed)


def test_nothing_is_not_enough_where_something_is_needed() -> None:
    tried = [(column.head, typed) for column in COLUMNS if column.required for typed in NOTHING]
    rows = ({**GOOD, "Référence": f"V-{n}", head: typed} for n, (head, typed) in enumerate(tried))
    for (head, typed), (made, said) in zip(tried, each(*rows), strict=True):
        assert made is None, (head, typed)
        assert f"{head}: à remplir" in said


def test_what_is_not_known_is_neither_a_value_nor_nothing() -> None:
    tried = [(column.head, typed) for column in COLUMNS for typed in UNKNOWN]
    rows = ({**BLANK, "Référence": f"V-{n}", head: typed} for n, (head, typed) in enumerate(tried))
    for (head, typed), (made, said) in zip(tried, each(*rows), strict=True):
        assert made is None, (head, typed)
        assert f"{head}: « {typed} »" in said


@pytest.mark.parametrize("typed", ["#N/A", "#REF!", "#VALEUR!", "#NOM?", "#DIV/0!"])
@pytest.mark.parametrize("raw", [xlsx, lambda row: semicolons(row).encode()], ids=["xlsx", "csv"])
def test_an_error_of_the_spreadsheet_is_no_value(typed: str, raw: Callable[..., bytes]) -> None:
    row = {**BLANK, "Prise d’effet": "01/01/2024", "Durée (mois)": "36", "Service": typed}
    assert "erreur du tableur" in of_row(raw(row))


MORE = (
    ("Convention mère", "VILLE-0 et VILLE-2"), ("Convention mère", "VILLE 0"), ("Convention mère", "2021/35"),
    ("Convention mère", "voir VILLE-0"), ("Convention mère", "VILLE-0 ?"), ("Référence", "VILLE 1"),
    ("Adresse du partenaire", "a@b.example; c@d.example"), ("Adresse du partenaire", "Agence <a@b.example>"),
    ("Adresse du partenaire", "a@b.example\nc@d.example"), ("Durée (mois)", "36 mois ?"),
    ("Durée (mois)", "36 (renouvelable)"), ("Durée (mois)", "3 ans et demi"), ("Durée (mois)", "trois ans"),
    ("Durée (mois)", "36 jours"), ("Durée (mois)", "36,5"), ("Durée (mois)", "-36"), ("Durée (mois)", "12 à 36"),
    ("Préavis (mois)", "3 à 6"), ("Préavis (mois)", "90 jours"), ("Comités par an", "1 ou 2"), ("Comités par an", "2 mois"),
    ("Préavis compté de", "envoi ?"), ("Préavis compté de", "envoi ou réception"), ("Nature", "coopération / autre"),
)  # fmt: skip


def test_a_cell_that_says_more_than_its_column_asks_is_sent_back_and_quoted() -> None:
    rows = ({**BLANK, "Référence": f"V-{n}", head: typed} for n, (head, typed) in enumerate(MORE))
    for (head, typed), (made, said) in zip(MORE, each(*rows), strict=True):
        assert made is None, (head, typed)
        assert f"{head}: « {' '.join(typed.split())} »" in said


def test_what_the_spreadsheet_turned_into_something_else_is_no_text() -> None:
    turned = (date(2024, 10, 1), 2024.1, datetime(2024, 1, 1, 8), time(8))  # noqa: DTZ001 - as typed
    heads = ("Numéro", "Service", "Article de la durée", "Convention mère")
    tried = [(head, typed) for head in heads for typed in turned]
    rows = ({**BLANK, "Référence": f"V-{n}", head: typed} for n, (head, typed) in enumerate(tried))
    for (head, typed), (made, said) in zip(tried, each(*rows), strict=True):
        assert made is None, (head, typed)
        assert f"{head}: " in said


def test_a_day_with_an_hour_is_no_day() -> None:
    assert "sans heure" in sent_back(**{"Dernier jour": datetime(2024, 12, 31, 14, 30)})  # noqa: DTZ001 - as typed


@pytest.mark.parametrize("heading", ["Durée", "Préavis"])
def test_a_bare_number_under_a_heading_without_unit_is_sent_back(heading: str) -> None:
    rows = {key: value for key, value in GOOD.items() if key != "Durée (mois)"}
    for typed in (3, "36"):
        assert "avec son unité" in of_row(xlsx({**rows, heading: typed}))
    (row,) = table(xlsx({**rows, heading: "3 ans"})).rows
    assert not row.wrong


@pytest.mark.parametrize(
    "heading", ["Durée (ans)", "Durée (années)", "Durée en années", "Préavis (jours)", "Préavis en jours", "Dernier jour (exclu)",
                "Prise d’effet (prévue)", "Convention mère (oui/non)"]
)  # fmt: skip
def test_a_heading_that_may_mean_something_else_is_sent_back(heading: str) -> None:
    rows = {key: value for key, value in BLANK.items() if key != "Durée (mois)"}
    with pytest.raises(FileContentError) as refused:
        table(xlsx({**rows, heading: 3}))
    assert f"« {heading} »" in str(refused.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "heading", ["Durée (mois) *", "Durée en mois", "Dernier jour (jj/mm/aaaa)", "Numéro (facultatif)"]
)
def test_a_remark_beside_a_heading_is_understood(heading: str) -> None:
    rows = {key: value for key, value in BLANK.items() if key != "Durée (mois)"}
    assert table(xlsx({**rows, heading: "36 mois"})).ignored == ()


def test_a_length_and_a_last_day_that_disagree_are_sent_back_with_both() -> None:
    said = sent_back(**{"Durée (mois)": 36, "Prise d’effet": date(2026, 1, 1), "Dernier jour": date(2030, 6, 30)})
    assert "31/12/2028" in said
    assert "30/06/2030" in said
    agreed = {
        **GOOD,
        "Prise d’effet": date(2026, 1, 1),
        "Durée (mois)": 36,
        "Dernier jour": date(2028, 12, 31),
    }
    assert only(xlsx(agreed)).term.ends_on == date(2028, 12, 31)


@pytest.mark.parametrize("effect", [None, "à la signature"])
def test_a_length_and_a_last_day_without_a_day_of_effect_are_sent_back(effect: str | None) -> None:
    cells = {"Durée (mois)": 36, "Prise d’effet": effect, "Dernier jour": date(2030, 6, 30)}
    assert "30/06/2030" in sent_back(**cells)
    signed = {"Signée par nous le": date(2027, 7, 1), "Signée par le partenaire le": date(2027, 6, 1)}
    if effect:
        assert only(xlsx({**GOOD, **cells, **signed})).term.ends_on == date(2030, 6, 30)


@pytest.mark.parametrize(
    ("head", "typed"),
    [("Préavis compté de", "envoi"), ("Article du préavis", "art. 8"), ("Article du comité", "art. 5")],
)
def test_a_cell_that_speaks_of_an_empty_one_is_sent_back(head: str, typed: str) -> None:
    assert "ne dit rien sans" in sent_back(**{head: typed})


# ------------------------------------------------------------------------------------------- what is not shown
def book_of(*rows: dict[str, object]) -> Workbook:
    return load_workbook(io.BytesIO(xlsx(*rows)))


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_sheet_that_is_not_shown_is_not_read(state: str) -> None:
    book = book_of({**GOOD, "Référence": "CACHEE"})
    shown = book.create_sheet("Conventions")
    shown.append(list(GOOD))
    shown.append(list(GOOD.values()))
    book.worksheets[0].sheet_state = state
    book.active = 1
    assert only(saved(book)).reference == "VILLE-1"


def test_a_list_beside_the_table_is_passed_and_two_tables_are_sent_back() -> None:
    book = book_of(GOOD)
    book.create_sheet("Listes", 0).append(["commune", "opérateur"])
    assert only(saved(book)).reference == "VILLE-1"
    other = book.create_sheet("2025")
    other.append(list(GOOD))
    with pytest.raises(FileContentError, match="plusieurs feuilles"):
        table(saved(book))


def test_a_row_that_is_not_shown_is_sent_back() -> None:
    book = book_of(GOOD, {**GOOD, "Référence": "B"})
    book.worksheets[0].row_dimensions[3].hidden = True
    shown, hidden = table(saved(book)).rows
    assert shown.wrong == ()
    assert "masquée" in hidden.wrong[0].words


def test_a_column_that_is_not_shown_is_sent_back() -> None:
    book = book_of(GOOD)
    book.worksheets[0].column_dimensions["G"].hidden = True
    with pytest.raises(FileContentError, match="masquée"):
        table(saved(book))


def test_cells_merged_under_the_headings_are_sent_back() -> None:
    book = book_of({**GOOD, "Convention mère": "M"}, {**GOOD, "Référence": "B"})
    book.worksheets[0].merge_cells("I2:I3")
    with pytest.raises(FileContentError, match="fusionnées"):
        table(saved(book))


def test_a_row_far_below_is_not_lost_in_silence() -> None:
    book = book_of(GOOD)
    book.worksheets[0].cell(30_000, 1, "LOIN-1")
    with pytest.raises(FileContentError, match="5000 conventions"):
        table(saved(book))


# ------------------------------------------------------------------------------------------------------- CSV
LISTED = {
    **GOOD, "Prise d’effet": "01/01/2024", "Intitulé": "Convention entre la Ville, le CCAS, le PLIE, la Région et l’État, cinq",
    "Partenaire": "Cap emploi, Mission locale, PLIE, CCAS et Région, État, Département",
}  # fmt: skip


@pytest.mark.parametrize("times", [1, 300])
def test_commas_in_the_texts_do_not_cut_a_csv_with_semicolons(times: int) -> None:
    raw = semicolons(*({**LISTED, "Référence": f"V-{n}"} for n in range(times))).encode()
    assert [row.said["title"] for row in table(raw).rows] == [LISTED["Intitulé"]] * times


def test_semicolons_in_quoted_texts_do_not_cut_a_csv_with_commas() -> None:
    row = {**GOOD, "Prise d’effet": "01/01/2024", "Intitulé": '"a; b; c; d; e; f; g; h"'}
    assert only(semicolons(row).replace(";", ",").replace(", ", "; ").encode()).title == "a; b; c; d; e; f; g; h"


def test_a_csv_cell_too_many_is_sent_back_rather_than_shifted() -> None:
    raw = semicolons({**LISTED, "Partenaire": "Région; État"}).encode()
    assert "plus de cellules" in of_row(raw)


FIRST = (
    "sep=",
    "sep=\r\n",
    "sep=;",
    "sep=;;\r\n",
    "sep=x\r\n",
    'sep="\r\n',
    "sep=é\r\n",
    "sep=\t\r\n",
    "SEP=;\r\n",
)


@pytest.mark.parametrize("first", FIRST)
def test_a_line_that_names_the_separator_never_breaks_the_reading(first: str) -> None:
    with suppress(FileContentError):  # words, whatever they are
        table((first + semicolons(LISTED)).encode())
    assert only(("sep=;\r\n" + semicolons(LISTED)).encode()).title == LISTED["Intitulé"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (semicolons(GOOD).encode("utf-16"), "CSV"),
        (semicolons(GOOD).encode("cp1252") + b"\x81\x8d", "encodage"),
        ((semicolons(LISTED) + '"VILLE-2;x').encode(), "guillemet"),
        ((semicolons(LISTED) + "x" * 200_000).encode(), "trop longue"),
        (semicolons(GOOD).encode() * 6000, "5000"),
    ],
)
def test_a_csv_that_cannot_be_read_whole_is_refused_in_words(raw: bytes, words: str) -> None:
    with pytest.raises(FileContentError, match=words):
        table(raw)


def test_a_workbook_that_unpacks_to_too_much_is_refused_in_words() -> None:
    out = io.BytesIO(xlsx(GOOD))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", b"\0" * 120_000_000)
    with pytest.raises(FileContentError, match="trop grand"):
        table(out.getvalue())
