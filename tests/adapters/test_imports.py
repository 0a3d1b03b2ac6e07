"""A sheet of conventions, as people really keep them: read row by row, refused cell by cell with what would be right."""

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from echeancier.adapters.imports.columns import COLUMNS, column_of, nearly
from echeancier.adapters.imports.rows import Table, read_table, table_of
from echeancier.adapters.imports.sheet import plain_sheets
from echeancier.adapters.imports.template import template
from echeancier.adapters.imports.terms import birth_of, convention_of
from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.dates.delay import Delay
from echeancier.domain.errors import FileContentError
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.renewal import Cap, RenewalPeriod
from tests.support.project_files import ROOT

GOOD: dict[str, object] = {
    "Référence": "VILLE-1", "Intitulé": "Convention de Ville", "Notre collectivité": "Ville", "Partenaire": "Opérateur",
    "Adresse de la coordination": "coordination@ville.example", "Adresse du partenaire": "agence@operateur.example",
    "Prise d’effet": date(2024, 1, 1), "Durée (mois)": 36,
}  # fmt: skip


def xlsx(*rows: dict[str, object], above: tuple[tuple[object, ...], ...] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for band in above:
        sheet.append(band)
    heads = list(dict.fromkeys(head for row in rows for head in row))
    sheet.append(heads)
    for row in rows:
        sheet.append([row.get(head) for head in heads])
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def semicolons(*rows: dict[str, object]) -> str:
    heads = list(dict.fromkeys(head for row in rows for head in row))
    lines = [heads, *([str(row.get(head, "")) for head in heads] for row in rows)]
    return "\r\n".join(";".join(line) for line in lines) + "\r\n"


def table(raw: bytes) -> Table:
    """The rows of a sheet, read here rather than apart: `test_a_sheet_is_read_apart` does."""
    return table_of(*plain_sheets(raw), "tableau")


def only(raw: bytes) -> Convention:
    (row,) = table(raw).rows
    convention, wrong = convention_of(row)
    assert wrong == ()
    assert convention is not None
    return convention


def said_wrong(**cells: object) -> str:
    names = {column.name: column.head for column in COLUMNS}
    (row,) = table(xlsx({**GOOD, **{names[name]: value for name, value in cells.items()}})).rows
    _, wrong = convention_of(row)
    (one,) = wrong
    assert one.row == 2
    return f"{one.column}: {one.words}".replace("\u00a0", " ")


def test_a_plain_row_is_a_convention() -> None:
    convention = only(xlsx(GOOD))
    assert (convention.reference, convention.effect.on, convention.term.months) == (
        "VILLE-1",
        date(2024, 1, 1),
        36,
    )
    assert len(convention.act) == 1


def test_a_department_votes_in_its_own_assembly_and_an_association_does_not_vote() -> None:
    convention = only(xlsx({**GOOD, "Notre statut": "Département", "Statut du partenaire": "association"}))
    (act,) = convention.act
    assert (act.body, convention.parties["partner"].kind) == ("conseil départemental", "association")
    assert only(xlsx({**GOOD, "Notre statut": "caisse d’allocations familiales"})).act == ()


def test_a_sheet_is_read_apart() -> None:
    for raw in (
        xlsx(GOOD),
        semicolons({**GOOD, "Prise d’effet": "01/01/2024"}).encode(),
        b"",
        b"PK\x03\x04",
        b"sep=",
    ):
        try:
            here: object = table(raw)
        except FileContentError as refused:
            with pytest.raises(FileContentError, match=re.escape(str(refused))):
                read_table(raw, "tableau")
        else:
            assert read_table(raw, "tableau") == here


@pytest.mark.parametrize(
    "typed",
    ["31/12/2024", "31-12-2024", "31.12.2024", "2024-12-31", "31 décembre 2024", "mardi 31 décembre 2024", "Le 31 DÉCEMBRE 2024",
     "31 déc. 2024", "mardi, 31 décembre 2024",
     date(2024, 12, 31), datetime(2024, 12, 31)],  # noqa: DTZ001 - as a workbook holds it
    ids=repr,
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(typed: object) -> None:
    assert only(xlsx({**GOOD, "Durée (mois)": None, "Dernier jour": typed})).term.ends_on == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("typed", "months"),
    [(36, 36), (36.0, 36), ("36", 36), ("36 mois", 36), ("3 ans", 36), ("1 an", 12)],
    ids=repr,
)
def test_a_length_is_read_in_months_or_years(typed: object, months: int) -> None:
    assert only(xlsx({**GOOD, "Durée (mois)": typed})).term.months == months


def test_a_first_of_the_month_is_read_in_words() -> None:
    assert only(xlsx({**GOOD, "Prise d’effet": "1er mars 2024"})).effect.on == date(2024, 3, 1)


def test_the_effect_may_be_the_signature() -> None:
    assert only(xlsx({**GOOD, "Prise d’effet": "À la signature"})).effect.rule == "last-signature"


@pytest.mark.parametrize(("column", "question"), [("Prise d’effet", "prise-effet"), ("Durée (mois)", "duree")])
def test_what_is_left_blank_becomes_a_question(column: str, question: str) -> None:
    convention = only(xlsx({**GOOD, column: None}))
    assert [asked.id for asked in convention.question] == [question]


def test_every_column_of_a_full_row_counts() -> None:
    full = GOOD | {
        "Préavis (mois)": 3, "Préavis compté de": "réception", "Article du préavis": "art. 8", "Comités par an": 2,
        "Votée le": "01/12/2023", "Publiée le": "04/12/2023", "Reçue en préfecture le": "05/12/2023",
        "Signée par nous le": "12/12/2023", "Signée par le partenaire le": "15/12/2023", "Nature": "échange de données",
        "Convention mère": "VILLE-0",
    }  # fmt: skip
    convention = only(xlsx(full))
    (notice,) = convention.termination
    assert (notice.length, notice.starts) == (Delay(months=3), "receipt")
    assert convention.duty[0].rhythm is not None
    assert convention.duty[0].rhythm.count == 2
    assert convention.kind == "data-exchange"
    assert convention.parent is not None
    assert convention.parent.reference == "VILLE-0"
    (row,) = table(xlsx(full)).rows
    assert [entry.fact.kind for entry in birth_of(row)] == [
        "act-adopted", "act-published", "act-transmitted", "signed", "signed",
    ]  # fmt: skip


def test_what_is_wrong_says_its_row_its_column_and_what_would_be_right() -> None:
    assert said_wrong(ends="31/02/2024").startswith("Dernier jour: « 31/02/2024 » : ce jour n’existe pas")
    assert "quatre chiffres" in said_wrong(ends="31/12/24")
    assert "jj/mm/aaaa" in said_wrong(effect="bientôt")
    assert "à la signature" in said_wrong(effect="bientôt")
    assert "fonction@domaine.example" in said_wrong(contact="pas une adresse")
    assert "« réception »" in said_wrong(basis="au hasard")
    assert "nombre de mois" in said_wrong(months="longtemps")
    assert "1 à 600" in said_wrong(months=0)
    assert "Référence: « é 1 »" in said_wrong(reference="é 1")
    assert "à remplir" in said_wrong(partner=None)
    assert "entre 1950 et 2199" in said_wrong(ends="31/12/2999")


def test_every_row_is_judged_whatever_the_others_say() -> None:
    rows = table(
        xlsx(
            {**GOOD, "Partenaire": None},
            {**GOOD, "Référence": "B"},
            {**GOOD, "Référence": "C", "Durée (mois)": "x"},
        )
    ).rows
    assert [len(convention_of(row)[1]) for row in rows] == [1, 0, 1]


def test_a_reference_twice_in_the_sheet_names_the_first_row() -> None:
    rows = table(xlsx(GOOD, {**GOOD, "Référence": "ville-1"})).rows
    assert rows[0].wrong == ()
    assert "ligne\u00a02" in rows[1].wrong[0].words or "ligne 2" in rows[1].wrong[0].words


def test_a_formula_counts_for_what_it_shows_and_says_so() -> None:
    raw = xlsx({**GOOD, "Dernier jour": "=DATE(2026,12,31)"})
    assert "formule sans valeur" in table(raw).rows[0].wrong[0].words
    assert "un nombre, pas une date" in table(_with_cached_value(raw, "46387")).rows[0].wrong[0].words
    book = load_workbook(io.BytesIO(raw))
    book.worksheets[0]["I2"].number_format = "dd/mm/yyyy"
    (row,) = table(_with_cached_value(saved(book), "46387")).rows
    assert row.said["ends"] == date(2026, 12, 31)
    assert "formule" in row.notes[0]


def _with_cached_value(raw: bytes, value: str) -> bytes:
    """What a spreadsheet leaves in the file: the formula and its last value, which openpyxl cannot write."""
    import zipfile  # noqa: PLC0415

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content = re.sub(rb"(<f>.*?</f>)<v ?/?>(</v>)?", rb"\1<v>" + value.encode() + rb"</v>", content)
            new.writestr(entry, content)
    return out.getvalue()


def test_titles_and_merged_bands_above_the_headings_are_passed() -> None:
    book = load_workbook(
        io.BytesIO(xlsx(GOOD, above=(("Conventions de la commune",), (), ("", "Identité", "", "Dates"))))
    )
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("B3:C3")
    stream = io.BytesIO()
    book.save(stream)
    (row,) = table(stream.getvalue()).rows
    assert row.number == 5
    assert row.wrong == ()


def test_empty_rows_and_totals_are_no_conventions() -> None:
    raw = xlsx({"": None, **GOOD}, {}, {"": "Total : 2"}, {**GOOD, "Référence": "VILLE-2"})
    assert [row.reference for row in table(raw).rows] == ["VILLE-1", "VILLE-2"]


def test_an_unknown_column_is_left_aside_and_said() -> None:
    assert table(xlsx({**GOOD, "Budget 2024": 3})).ignored == ("Budget 2024",)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(FileContentError) as wrong:
        table(xlsx({k: v for k, v in GOOD.items() if k != "Partenaire"}))
    assert "Partenaire" in str(wrong.value)


def test_a_column_twice_is_refused() -> None:
    with pytest.raises(FileContentError, match="deux fois"):
        table(xlsx({**GOOD, "Titre": "x"}))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_a_french_csv_is_read_in_its_encoding(encoding: str) -> None:
    row = {**GOOD, "Intitulé": "Convention d’été", "Prise d’effet": "01/01/2024"}
    assert only(semicolons(row).encode(encoding)).title == "Convention d’été"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "vide"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xlsx"),
        (b"PK\x03\x04not a zip", "xlsx"),
        (b"%PDF-1.7\0\0\0", "CSV"),
        (b"a;b;c\r\n1;2;3\r\n", "intitul"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(raw: bytes, words: str) -> None:
    with pytest.raises(FileContentError, match=words):
        table(raw)


def test_headings_without_a_row_are_refused() -> None:
    with pytest.raises(FileContentError, match="aucune convention"):
        table(semicolons(GOOD).split("\r\n")[0].encode())


def test_a_thousand_rows_are_read() -> None:
    rows = table(xlsx(*({**GOOD, "Référence": f"V-{n}"} for n in range(1000)))).rows
    assert len(rows) == 1000
    assert not any(row.wrong for row in rows)


def test_the_template_holds_every_column_and_is_understood() -> None:
    book = load_workbook(io.BytesIO(template()))
    heads = [cell.value for cell in next(book.worksheets[0].iter_rows(max_row=1))]
    assert [column_of(str(head)) for head in heads] == list(COLUMNS)


def test_the_examples_of_the_template_are_conventions() -> None:
    rows = list(load_workbook(io.BytesIO(template())).worksheets[1].iter_rows(min_row=2, values_only=True))
    one, other = (only(xlsx({str(row[0]): row[place] for row in rows})) for place in (3, 4))
    assert (one.reference, one.renewal.how) == ("PETITE-2024", "tacit")
    assert (other.reference, other.renewal.how, other.renewal.who) == ("PETITE-2025", "express", "us")
    assert other.renewal.deadline == Delay(months=3)


def test_a_column_is_known_by_its_usual_headings() -> None:
    for heading in ("RÉFÉRENCE *", "Date d'effet", "copil", "Durée", "préavis (mois)"):
        assert column_of(heading) is not None


TACIT: dict[str, object] = {**GOOD, "Durée (mois)": 12, "Reconduction": "tacite"}


def test_a_row_tells_a_tacit_renewal_whole() -> None:
    convention = only(
        xlsx({
            **TACIT, "Durée de la reconduction (mois)": "1 an", "Nombre de reconductions": 2, "Plafond (mois)": 36,
            "Dénonciation (mois avant)": 3, "Dénonciation comptée de": "réception", "Dénonciation par": "le partenaire",
            "Article de la reconduction": "art. 7", "Préavis (mois)": 2,
        })
    )  # fmt: skip
    rule = convention.renewal
    assert (rule.how, rule.times, rule.period, rule.cap) == (
        "tacit", 2, RenewalPeriod(months=12), Cap(months=36),
    )  # fmt: skip
    notice, denial = convention.termination
    assert (notice.until, denial.until, denial.who, denial.starts) == ("any-day", "term", ("partner",), "receipt")
    (cited,) = [clause for clause in convention.clause if clause.id in rule.clauses]
    assert (cited.article, cited.says) == (
        "art. 7",
        "Tacite reconduction, par périodes de 12 mois, 2 fois au plus, 36 mois en tout au plus, sauf dénonciation 3 mois avant",
    )


def test_what_a_tacit_renewal_leaves_blank_is_asked_later() -> None:
    found = agenda(only(xlsx(TACIT)), (), datetime(2024, 3, 1, tzinfo=UTC))
    assert {"renewal-period", "renewal-denial"} <= {asked.id for asked in found.questions}


def test_the_rows_of_the_document_are_what_it_says_of_them() -> None:
    lines = [line for line in (ROOT / "docs" / "import.md").read_text("utf-8").splitlines() if line.startswith("|")]
    cut = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    at = next(number for number, cells in enumerate(cut) if cells[0] == "Durée (mois)")
    rows = [
        {**GOOD, "Référence": f"V-{n}", **dict(zip(cut[at], cells, strict=True))}
        for n, cells in enumerate(cut[at + 2 :])
    ]
    read = table(xlsx(*rows))
    assert read.ignored == ()
    made = [convention_of(row)[0] for row in read.rows]
    assert [(one.renewal.how, one.renewal.done_by, one.renewal.deadline) for one in made if one is not None] == [
        ("tacit", "both", None), ("express", "both", Delay(months=6)), ("express", "one", Delay(months=3)),
    ]  # fmt: skip


EXPRESS: dict[str, object] = {
    **GOOD, "Prise d’effet": "01/01/2024", "Reconduction": "expresse", "Durée de la reconduction (mois)": 12,
}  # fmt: skip
BEFORE, BY = "Délai pour reconduire (avant la fin)", "Reconduction décidée par"


@pytest.mark.parametrize("raw", [xlsx, lambda row: semicolons(row).encode()], ids=["xlsx", "csv"])
def test_a_row_tells_a_renewal_by_an_act_whole(raw: Callable[..., bytes]) -> None:
    cells = {BEFORE: "au moins 3 mois", BY: "le partenaire", "Nombre de reconductions": 2}
    convention = only(raw({**EXPRESS, **cells, "Article de la reconduction": "art. 7"}))
    rule = convention.renewal
    assert (rule.how, rule.period, rule.times, rule.deadline, rule.done_by, rule.who) == (
        "express", RenewalPeriod(months=12), 2, Delay(months=3, bound="at_least"), "one", "partner",
    )  # fmt: skip
    (cited,) = [clause for clause in convention.clause if clause.id in rule.clauses]
    assert (cited.article, cited.says.replace("\u00a0", " ")) == (
        "art. 7",
        (
            "Reconduction expresse, par périodes de 12 mois, 2 fois au plus, à décider au moins 3 mois avant la fin, par une "
            "seule partie (Opérateur)"
        ),
    )
    (act,) = [item for item in agenda(convention, (), datetime(2024, 3, 1, tzinfo=UTC)).items if item.kind == "renewal"]
    assert act.legal_last_day == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("3 mois", {"months": 3}), ("Trois mois", {"months": 3}), ("90 jours", {"days": 90}),
     ("1 mois et 15 jours", {"months": 1, "days": 15}), ("6 semaines", {"weeks": 6}),
     ("1 an", {"years": 1}), ("10\u00a0jours ouvrés", {"open_days": 10})],
    ids=repr,
)  # fmt: skip
def test_the_delay_to_renew_is_read_as_every_delay(typed: str, said: dict[str, int]) -> None:
    assert only(xlsx({**EXPRESS, BEFORE: typed})).renewal.deadline == Delay.model_validate(said)


@pytest.mark.parametrize(
    ("typed", "who"),
    [("nous", "us"), ("Nous", "us"), ("le partenaire", "partner"), ("Partenaire", "partner"), ("VILLE", "us"),
     ("operateur", "partner"), (None, None), ("néant", None)],
    ids=repr,
)  # fmt: skip
def test_who_renews_alone_is_a_side_or_the_name_of_a_party(typed: str | None, who: str | None) -> None:
    rule = only(xlsx({**EXPRESS, BY: typed})).renewal
    assert (rule.done_by, rule.who) == ("one" if who else "both", who)


def test_who_denies_is_named_in_the_same_way() -> None:
    cells = {"Durée de la reconduction (mois)": 12, "Dénonciation (mois avant)": 3, "Dénonciation par": "Opérateur"}
    (denial,) = only(xlsx({**TACIT, **cells})).termination
    assert denial.who == ("partner",)


@pytest.mark.parametrize(("typed", "how"), [("aucune", "none"), ("Expresse", "express"), ("TACITE", "tacit")])
def test_the_renewal_is_one_of_a_list(typed: str, how: str) -> None:
    article = {"Article de la reconduction": "art. 7"}
    convention = only(xlsx({**GOOD, "Reconduction": typed, **article}))
    assert convention.renewal.how == how
    assert "art. 7" in [clause.article for clause in convention.clause]


def test_a_cap_goes_with_any_renewal() -> None:
    assert only(xlsx({**GOOD, "Plafond (mois)": 48, "Article de la reconduction": "art. 7"})).renewal.cap == Cap(
        months=48
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"denial": 3}, "Dénonciation (mois avant): ne dit rien sans « Reconduction » « tacite », et elle est vide"),
        ({"renewal": "expresse", "denial": 3}, "et elle est « expresse » : corriger l’une, ou vider l’autre"),
        (
            {"renewal": "aucune", "renewal_period": 12},
            "sans « Reconduction » « expresse » ou « tacite », et elle est « aucune »",
        ),
        ({"renewal_times": 2}, "Nombre de reconductions: ne dit rien sans « Reconduction »"),
        ({"renewal_article": "art. 7"}, "Article de la reconduction: ne dit rien sans « Reconduction »"),
        ({"renewal": "tacite", "denial_basis": "envoi"}, "comptée de: ne dit rien sans « Dénonciation (mois avant) »"),
        (
            {"renewal": "tacite", "denial_by": "nous"},
            "Dénonciation par: ne dit rien sans « Dénonciation (mois avant) »",
        ),
        (
            {"renewal": "avec la convention mère"},
            "Reconduction: « avec la convention mère » : remplir « Convention mère »",
        ),
        (
            {"renewal": "tacite", "parent": "V-0", "months": None},
            "remplir « Durée (mois) », ou dire « avec la convention mère »",
        ),
        ({"renewal": "oui"}, "Reconduction: « oui » n’est pas admis : on attend « aucune », « expresse », « tacite »"),
        ({"renewal": "?"}, "on attend une valeur de la liste"),
        ({"renewal": "tacite", "renewal_times": 60}, "Nombre de reconductions: "),
        (
            {"renewal": "tacite", "renewal_deadline": "3 mois"},
            "Délai pour reconduire (avant la fin): ne dit rien sans « Reconduction » « expresse », et elle est « tacite »",
        ),
        (
            {"renewal": "aucune", "renewal_deadline": "3 mois"},
            "sans « Reconduction » « expresse », et elle est « aucune »",
        ),
        (
            {"renewal_by": "nous"},
            "Reconduction décidée par: ne dit rien sans « Reconduction » « expresse », et elle est vide : corriger l’une",
        ),
        (
            {"renewal": "tacite", "renewal_by": "Opérateur"},
            "Reconduction décidée par: ne dit rien sans « Reconduction »",
        ),
        (
            {"renewal": "expresse", "renewal_by": "nous"},
            "Durée de la reconduction (mois): à remplir : « Reconduction décidée par » dit qu’une partie en décide seule",
        ),
        (
            {"renewal": "expresse", "renewal_period": 12, "renewal_by": "le préfet"},
            "Reconduction décidée par: « le préfet » n’est pas admis : on attend « nous », « le partenaire »",
        ),
        (
            {"renewal": "expresse", "renewal_period": 12, "renewal_by": "chaque partie"},
            "comme sous « Notre collectivité » ou « Partenaire », si elle décide seule ; vide si toutes signent",
        ),
        (
            {"renewal": "expresse", "renewal_period": 12, "renewal_by": "Opérateur", "us": "OPÉRATEUR"},
            "Reconduction décidée par: « Opérateur » est le nom des deux parties : écrire « nous » ou « le partenaire »",
        ),
        (
            {"renewal": "tacite", "denial": 3, "denial_by": "le préfet"},
            "Dénonciation par: « le préfet » n’est pas admis : on attend « chaque partie », « nous », « le partenaire »",
        ),
    ],
)
def test_what_contradicts_a_renewal_is_sent_back(cells: dict[str, object], said: str) -> None:
    assert said in said_wrong(**cells)


@pytest.mark.parametrize(
    "typed", ["both", "les deux", "chaque partie", "nous et le partenaire", "l’un ou l’autre", "Ville, Opérateur"]
)
def test_more_than_one_party_does_not_decide_alone(typed: str) -> None:
    said = said_wrong(renewal="expresse", renewal_period=12, renewal_by=typed)
    assert f"Reconduction décidée par: « {typed} » n’est pas admis" in said
    assert "vide si toutes signent" in said


@pytest.mark.parametrize(
    "typed",
    [3, "3", "3 mois avant la fin", "trois", "3 à 6 mois", "avant l’été", "3 mois ?", date(2026, 9, 30), "36 heures",
     "au plus 3 mois", "plus de 3 mois", "huitaine", "45 jours fin de mois", "3 mois à compter du lendemain", "900 mois"],
    ids=repr,
)  # fmt: skip
def test_what_is_no_delay_before_an_end_is_sent_back(typed: object) -> None:
    said = said_wrong(renewal="expresse", renewal_deadline=typed)
    assert said.startswith("Délai pour reconduire (avant la fin): ")
    assert "on attend un délai en jours, semaines, mois ou ans, comme « 3 mois », « 15 jours ouvrés »" in said
    assert not re.search("at_|more_than|threshold|days", said)


def test_a_heading_that_gives_the_delay_to_renew_a_unit_is_sent_back() -> None:
    with pytest.raises(FileContentError, match="on attend «\u00a0Délai pour reconduire") as refused:
        table(xlsx({**EXPRESS, "Délai pour reconduire (mois)": 3}))
    assert "en jours, semaines, mois ou ans" in str(refused.value)


def test_the_columns_of_a_renewal_are_known_by_their_usual_headings() -> None:
    for heading in (
        "Dénoncer … mois avant",
        "Plafond",
        "Durée de la reconduction",
        "Renouvellement",
        "plafond (en mois)",
        "Délai pour reconduire",
        "À renouveler au plus tard",
        "Renouvellement décidé par",
    ):
        assert column_of(heading) is not None, heading
    near = nearly("Durée de la reconduction (ans)")
    assert near is not None
    assert near.name == "renewal_period"


THIRD: dict[str, object] = {
    **GOOD, "Troisième partie": "Agglo", "Statut de la troisième partie": "intercommunalité",
    "Adresse de la troisième partie": "service@agglo.example",
}  # fmt: skip
FOURTH: dict[str, object] = {
    **THIRD, "Quatrième partie": "Association", "Adresse de la quatrième partie": "bureau@association.example",
}  # fmt: skip


@pytest.mark.parametrize("made", [xlsx, lambda row: semicolons(row).encode()])
def test_three_and_four_parties(made: Callable[[dict[str, object]], bytes]) -> None:
    third = only(made({key: v for key, v in THIRD.items() if key != "Prise d’effet"} | {"Prise d’effet": "01/01/2024"}))
    assert [(key, one.name, one.kind) for key, one in third.parties.items()][2:] == [("third", "Agglo", "epci")]
    assert third.roles["correspondant-third"].address == "service@agglo.example"
    assert list(only(xlsx(FOURTH)).parties) == ["us", "partner", "third", "fourth"]
    assert list(only(xlsx(GOOD)).parties) == ["us", "partner"]


def test_what_all_owe_or_may_do_is_of_each_party_beyond_two() -> None:
    terms = only(
        xlsx({**THIRD, "Préavis (mois)": 3, "Reconduction": "tacite", "Dénonciation (mois avant)": 3,
              "Dénonciation par": "chaque partie", "Durée de la reconduction (mois)": 12, "Comités par an": 1})
    )  # fmt: skip
    assert [one.who for one in terms.termination] == [("us", "partner", "third")] * 2
    assert (terms.duty[0].owed_by, terms.duty[0].owed_to) == ("all", "all")
    named = only(
        xlsx(
            {
                **THIRD,
                "Reconduction": "expresse",
                "Reconduction décidée par": "Agglo",
                "Durée de la reconduction (mois)": 12,
            }
        )
    )
    assert named.renewal.who == "third"


def test_the_signature_of_each_party_is_told_and_counts_from_the_last() -> None:
    signed = {"Signée par nous le": date(2024, 1, 3), "Signée par le partenaire le": date(2024, 1, 8)}
    of_third = {**THIRD, **signed, "Prise d’effet": "à la signature", "Durée (mois)": 12}
    ends = {**of_third, "Signée par la troisième partie le": date(2024, 1, 15), "Dernier jour": date(2025, 1, 14)}
    (row,) = table(xlsx(ends)).rows
    assert convention_of(row)[1] == ()
    assert [(one.fact.kind, getattr(one.fact, "party", "")) for one in birth_of(row)] == [
        ("signed", "us"), ("signed", "partner"), ("signed", "third")
    ]  # fmt: skip
    (row,) = table(xlsx({**of_third, "Dernier jour": date(2025, 1, 14)})).rows
    ((wrong),) = convention_of(row)[1]
    assert "sans jour de prise d’effet" in wrong.words, "one signature is missing: the day is not known"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"third": "Agglo"}, "Adresse de la troisième partie: à remplir"),
        (
            {"third_contact": "service@agglo.example"},
            "Adresse de la troisième partie: ne dit rien sans « Troisième partie »",
        ),
        ({"signed_third": date(2024, 1, 1)}, "Signée par la troisième partie le: ne dit rien sans"),
        (
            {"fourth": "Association", "fourth_contact": "bureau@association.example"},
            "Quatrième partie: ne dit rien sans « Troisième partie »",
        ),
        ({"third": "Agglo", "third_contact": "agglo"}, "Adresse de la troisième partie: "),
    ],
)
def test_what_lacks_of_a_party_beyond_two_is_said(cells: dict[str, object], said: str) -> None:
    assert said_wrong(**cells).startswith(said)
