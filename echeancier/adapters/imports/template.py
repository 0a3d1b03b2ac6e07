"""The sheet to fill in: one row per convention, lists to choose from, what each column expects."""

import io
from datetime import date

import xlsxwriter

from echeancier.adapters.imports.columns import COLUMNS
from echeancier.domain.dates.words import figures

_TACIT = {
    "reference": "PETITE-2024", "title": "Convention de coopération", "kind": "coopération", "us": "Commune de Petite-Ville",
    "us_kind": "commune", "partner": "Opérateur, agence locale", "partner_kind": "opérateur",
    "coordinator": "coordination@petite-ville.example", "contact": "agence@operateur.example", "effect": date(2024, 1, 1),
    "months": 36, "term_article": "art. 7", "notice": 3, "basis": "réception", "notice_article": "art. 8", "renewal": "tacite",
    "renewal_period": 12, "renewal_times": 2, "cap": 60, "denial": 3, "denial_basis": "réception", "denial_by": "chaque partie",
    "renewal_article": "art. 7", "committees": 1,
    "committee_article": "art. 5", "report_days": "30 juin et 31 décembre", "report_year": "l’année même",
    "report_by": "chaque partie", "report_article": "art. 6",
}  # fmt: skip
_EXPRESS = {
    "reference": "PETITE-2025", "title": "Mise à disposition d’une salle", "kind": "autre", "us": "Commune de Petite-Ville",
    "us_kind": "commune", "partner": "Association de quartier", "partner_kind": "autre",
    "coordinator": "coordination@petite-ville.example", "contact": "bureau@quartier.example", "effect": date(2025, 1, 1),
    "months": 12, "term_article": "art. 3", "renewal": "expresse", "renewal_period": 12, "renewal_times": 2,
    "renewal_deadline": "3 mois", "renewal_by": "nous", "renewal_article": "art. 4",
    "report_days": "avant le 31 mars", "report_title": "Bilan d’activité", "report_year": "l’année d’avant",
    "report_by": "le partenaire", "report_article": "art. 6",
}  # fmt: skip


def template() -> bytes:
    """Return the template as an xlsx file: a sheet to fill in, another that explains and gives two examples."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E9EDF3", "border": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    text = book.add_format({"num_format": "@"})  # else « 31 mars » becomes the day of one year
    formats = {"date": day, "days": text}
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Conventions")
    helping = book.add_worksheet("Mode d’emploi")
    for number, title in enumerate(("Colonne", "Obligatoire", "Ce qui est attendu", "Exemple", "Autre exemple")):
        helping.write_string(0, number, title, head)
    for number, column in enumerate(COLUMNS):
        sheet.write_string(0, number, column.head + (" *" if column.required else ""), head)
        sheet.set_column(number, number, max(14, len(column.head) + 4), formats.get(column.sort))
        first = dict(
            reversed([(meant, words) for words, meant in column.values])
        )  # the shorter word: a list has 255 characters
        allowed = [words for words, meant in column.values if first[meant] == words]
        if allowed:
            sheet.data_validation(
                1, number, 5000, number, {"validate": "list", "source": allowed, "error_type": "warning"}
            )
        helping.write_string(number + 1, 0, column.head)
        helping.write_string(number + 1, 1, "oui" if column.required else "")
        helping.write_string(number + 1, 2, column.right or ", ".join(allowed), wrap)
        for place, example in enumerate((_TACIT, _EXPRESS), start=3):
            shown = example.get(column.name, "")
            helping.write_string(number + 1, place, figures(shown) if isinstance(shown, date) else str(shown))
    sheet.freeze_panes(1, 2)
    helping.set_column(0, 1, 26)
    helping.set_column(2, 2, 70)
    helping.set_column(3, 4, 36)
    book.close()
    return stream.getvalue()
