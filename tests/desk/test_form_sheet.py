"""The form holds every term: the known conventions go through it unchanged; what is left blank becomes a question."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from echeancier.adapters.files.convention_file import parse_convention
from echeancier.desk.form.cards import CardBuilder
from echeancier.desk.form.catalogue import catalogue, families, often
from echeancier.desk.form.document import file_of, sheet_from, written
from echeancier.desk.form.edits import add, at, blank_sheet, remove
from echeancier.desk.form.filling import filled
from echeancier.desk.form.known import kinds
from echeancier.desk.form.shapes import ROOT, Shape, block_words, place, shape_at, shapes
from echeancier.desk.form.sheet import Sheet, flat, names_in, nested, terms_of
from echeancier.desk.form.steps import DUTIES, STEPS
from echeancier.domain.agenda.agenda import agenda
from tests.desk.fakes import EXAMPLES, NOW, example
from tests.domain.builders import convention as of_one_year
from tests.domain.builders import duty

NAMES = sorted(path.stem for path in EXAMPLES.glob("*.toml") if not path.stem.endswith(".facts"))


@pytest.mark.parametrize("name", NAMES)
def test_a_known_convention_goes_through_the_form_unchanged(name: str) -> None:
    convention = example(name).convention
    assert written(nested(flat(sheet_from(convention)))).convention == convention


@pytest.mark.parametrize("name", NAMES)
def test_the_file_written_says_the_same_convention(name: str) -> None:
    convention = example(name).convention
    assert parse_convention(file_of(convention), "x") == convention


@pytest.mark.parametrize("name", NAMES)
def test_every_article_of_a_convention_is_on_the_page_once(name: str) -> None:
    convention = example(name).convention
    ids: list[str] = []
    for step in STEPS:
        form = CardBuilder(sheet_from(convention), step, (), "fr")
        ids += [row.id for card in form.cards() for row in card.articles] + [row.id for row in form.others()]
    assert sorted(ids) == sorted(clause.id for clause in convention.clause)


def test_whatever_a_convention_says_of_itself_is_on_its_first_card() -> None:
    heads = [CardBuilder(blank_sheet(), step, (), "fr").head() for step in STEPS]
    shown = {one.path for head in heads for one in (*head.fields, *head.folded)}
    assert shown == {shape.name for shape in shapes(ROOT) if shape.sort not in ("block", "blocks", "keyed")}


def _everything(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, Shape]]:
    for shape in shapes(model):
        here = f"{path}.{shape.name}".strip(".")
        yield here, shape
        if shape.model is not None:
            yield from _everything(shape.model, here)


def test_every_field_and_every_choice_has_its_words_in_both_languages() -> None:
    for path, shape in _everything(ROOT):
        assert shape.says.fr, path
        assert shape.says.en, path
        assert place(path).fr != path
        for one in shape.choices:
            assert shape.values[one].fr, (path, one)
            assert shape.values[one].en, (path, one)
        if shape.model is not None and (shape.sort == "keyed" or (shape.sort == "blocks" and "." in path)):
            assert block_words(shape.model).adding, path  # its card has a button that adds one more


WAYS: list[dict[str, Any]] = [
    {"on": ["03-10", "09-10"], "covers": "current"},
    {"day": 15, "except_months": [7, 8]},
    {"day": 10, "every_months": 3, "next_month": True, "year": "civil"},
    {"weekday": 2, "every_weeks": 2},
    {"after_close": {"months": 6}, "closes": "08-31"},
    {"part": "quarter", "nth": 4, "year": "school"},
    {"before_term": {"months": 3}, "of": "final"},
    {"every_months": 3, "due": "arrears", "days": 30, "year": "civil"},
]


@pytest.mark.parametrize("when", WAYS, ids="-".join)
def test_each_way_of_coming_back_goes_through_the_form_and_the_file_unchanged(when: dict[str, Any]) -> None:
    plain = {name: value for name, value in duty().items() if name != "rhythm"}
    convention = of_one_year(duty=[{**plain, "when": when, "stops_at_end": "after_close" in when}])
    assert written(nested(flat(sheet_from(convention)))).convention == convention
    assert parse_convention(file_of(convention), "x") == convention


def test_a_way_that_is_chosen_shows_its_own_fields_and_forgets_those_of_another() -> None:
    sheet = blank_sheet()
    place = add(sheet, "report-by-a-day")
    fields = flat(sheet)
    fields[f"{place}.when.way"] = "day"
    again = nested(fields)
    assert at(again, f"{place}.when") == {"way": "day"}
    card = next(one for one in CardBuilder(again, DUTIES, (), "fr").cards() if one.path == place)
    shown = [one.path.rpartition(".")[2] for one in card.fields if one.path.startswith(f"{place}.when")]
    assert shown[:2] == ["way", "day"]
    assert "on" not in terms_of(again)["duty"][0]["when"]


def test_a_way_that_is_chosen_and_left_empty_is_refused_at_its_field() -> None:
    sheet = complete(blank_sheet())
    place = add(sheet, "report-by-a-day")
    at(sheet, place)["when"] = {"way": "every_weeks"}
    problems = written(complete(sheet)).problems
    assert [one.field for one in problems] == [f"{place}.when.every_weeks"]


def test_before_a_way_is_chosen_there_is_only_the_choice() -> None:
    sheet = blank_sheet()
    place = add(sheet, "report-yearly")
    card = next(one for one in CardBuilder(sheet, DUTIES, (), "fr").cards() if one.path == place)
    (shown,) = [one for one in (*card.fields, *card.folded) if one.path.startswith(f"{place}.when")]
    assert shown.path == f"{place}.when.way"
    assert len(shown.choices) == len(WAYS) - 1
    assert "when" not in terms_of(nested(flat(sheet)))["duty"][0]


def complete(sheet: Sheet) -> Sheet:
    """Fill in what the blank form leaves to the paper."""
    sheet |= {"reference": "NEUVE-2026", "title": "Convention neuve"}
    for party, name in zip(sheet["parties"], ("Commune de Neuve", "Opérateur"), strict=True):
        party["name"] = name
    for number, role in enumerate(sheet["roles"]):
        role |= {"address": f"role{number}@neuve.example", "function": role["function"] or "Agence"}
    sheet["effect"]["on"] = "2026-01-01"
    sheet["term"]["months"] = "36"
    for number, clause in enumerate(sheet["clause"], 1):
        clause["article"] = clause["article"] or f"art. {number}"
    return sheet


def fill(block: Sheet, kind: str) -> None:
    """Fill in what a blank clause leaves to the paper: its own words, a number, a party."""
    found = shape_at(kind)
    assert found is not None
    assert found.model is not None
    for shape in shapes(found.model):
        by_itself = shape.name in ("id", "clauses") or shape.name.endswith("_en")
        if shape.required and not by_itself and not block.get(shape.name):
            block[shape.name] = "commune" if shape.whose else "1" if shape.sort == "number" else "En clair"


@pytest.mark.parametrize("key", tuple(catalogue()))
def test_every_clause_of_the_catalogue_makes_a_convention_with_an_agenda(key: str) -> None:
    sheet = blank_sheet()
    remove(sheet, "act")
    block = at(sheet, add(sheet, key))
    fill(block, catalogue()[key].block)
    for number, reading in enumerate(block.get("readings", []), 1):
        reading |= {"id": f"lecture-{number}", "says": "L’une", "changes": "Un mois"}
    made = written(complete(sheet))
    assert made.problems == ()
    assert made.convention is not None
    assert agenda(made.convention, (), NOW).reference == "NEUVE-2026"


def test_a_clause_of_both_parties_is_one_of_all_of_them_where_there_are_three() -> None:
    sheet = blank_sheet()
    sheet["parties"].append({"key": "caf", "name": "CAF", "kind": "caf"})
    block = at(sheet, add(sheet, "committee"))
    assert (block["owed_by"], block["owed_to"]) == ("all", "all")
    cards = CardBuilder(sheet, DUTIES, (), "fr").cards()
    (box,) = [one for card in cards for one in card.fields if one.path == "duty.0.owed_by"]
    assert [choice.value for choice in box.choices] == ["commune", "partenaire", "caf", "all", "each"]


_ENGLISH = [
    (key, french)
    for key, entry in catalogue().items()
    for french in ("title", "about", "text", "says", "changes")
    if f"{french}_en" in entry.terms
]


@pytest.mark.parametrize(("key", "french"), _ENGLISH)
def test_english_words_follow_the_french_ones_that_are_put_right(key: str, french: str) -> None:
    entry = catalogue()[key]
    sheet = blank_sheet()
    place = add(sheet, key)
    fill(at(sheet, place), entry.block)
    first = terms_of(complete(sheet))
    assert at(filled(first), place)[f"{french}_en"] == (entry.terms[f"{french}_en"] or at(first, place)[french])
    made = written(nested(flat(complete(sheet)))).convention
    again = sheet_from(made) if made else sheet  # as its file, or the convention taken as a model, comes back
    for one in (sheet, again):
        at(one, place)[french] = "Tout autre chose"
        assert at(filled(terms_of(one)), place)[f"{french}_en"] == "Tout autre chose"
        at(one, place)[f"{french}_en"] = entry.terms[f"{french}_en"] or "Typed"
        assert at(filled(terms_of(one)), place)[f"{french}_en"] == (entry.terms[f"{french}_en"] or "Typed")


def test_the_catalogue_says_the_same_french_words_in_one_english() -> None:
    said: dict[tuple[str, str, str], set[str]] = {}
    for key, french in _ENGLISH:
        entry = catalogue()[key]
        said.setdefault((entry.block, french, entry.terms[french]), set()).add(entry.terms[f"{french}_en"])
    assert _ENGLISH
    assert [words for words in said.values() if len(words) > 1] == []


def test_every_kind_of_clause_can_be_added() -> None:
    kinds = {shape.name for shape in shapes(ROOT) if shape.model and "clauses" in shape.model.model_fields}
    assert {entry.block for entry in catalogue().values()} == kinds - {"parties", "effect", "term"}


def test_every_clause_of_the_catalogue_belongs_to_a_family() -> None:
    assert {entry.family for entry in catalogue().values()} == set(families())


def test_a_day_left_blank_becomes_a_question_to_the_coordinator() -> None:
    sheet = blank_sheet()
    add(sheet, "once-on-a-day")
    made = written(complete(sheet))
    assert made.convention is not None
    (asked,) = made.convention.question
    assert (asked.kind, asked.answer, asked.ask) == ("blank", "date", "coordination")
    assert made.convention.one_off[0].question == asked.id


def test_a_rhythm_left_blank_becomes_a_question() -> None:
    sheet = blank_sheet()
    add(sheet, "meeting-no-number")
    made = written(complete(sheet))
    assert made.convention is not None
    found = agenda(made.convention, (), NOW)
    assert any("rencontre-de-suivi" in question.id for question in found.questions)


def test_a_key_is_made_from_the_words_and_kept_apart() -> None:
    sheet = blank_sheet()
    for _ in range(2):
        add(sheet, "committee")
    made = written(complete(sheet))
    assert made.convention is not None
    assert [duty.id for duty in made.convention.duty] == ["comite-de-pilotage", "comite-de-pilotage-2"]


def test_what_is_wrong_is_said_at_its_field() -> None:
    sheet = complete(blank_sheet())
    sheet["reference"] = "pas bon"
    sheet["roles"][1]["address"] = "nulle part"
    found = {problem.field: problem.words for problem in written(sheet).problems}
    assert "60 signes au plus" in found["reference"]
    assert "adresse électronique" in found["roles.1.address"]


def test_an_amount_and_its_instalments_are_typed_as_the_paper_prints_them() -> None:
    sheet = blank_sheet()
    add(sheet, "payment-instalments")
    complete(sheet)
    sheet["payment"][0] |= {"total": "23 398,00 €"}
    sheet["payment"][0]["instalments"][0] |= {"share": "60 %", "delay": "30 jours"}
    sheet["payment"][0]["instalments"][1] |= {"needs": "bilan, factures"}
    made = written(nested(flat(sheet))).convention
    assert made is not None
    assert made == parse_convention(file_of(made), "x")
    assert (made.payment[0].total, made.payment[0].instalments[1].needs) == ("23398.00", ("bilan", "factures"))
    assert [one.cents for one in made.payment[0].sums] == [1_403_880, 935_920]
    sheet["payment"][0]["instalments"][1] |= {"share": "30"}
    wrong = {problem.field: problem.words for problem in written(nested(flat(sheet))).problems}
    assert "les parts font 90 %" in wrong["payment.0"].replace("\u00a0", " ")
    sheet["payment"][0] |= {"total": "33,333"}
    wrong = {problem.field: problem.words for problem in written(nested(flat(sheet))).problems}
    assert "deux décimales au plus" in wrong["payment.0.total"].replace("\u00a0", " ")


@pytest.mark.parametrize(
    "said",
    [
        {"amount": "300.00", "when": {"every_months": 3, "due": "advance", "day": "last"}, "prorata": "thirtieths"},
        {"amount": "300.00", "when": {"day": 15}},
        {"total": "1000.05", "parts": 10, "starts": "statement", "delay": {"days": 30}},
        {"total": "1000.05", "parts": 10, "when": {"every_months": 12, "due": "arrears", "days": 30}},
        {
            "total": "100.00",
            "instalments": [{"share": "60", "needs": ["bills", "photos"]}, {"share": "40", "on": date(2022, 3, 1)}],
        },
        {"amount": "300.00", "when": {"on": "03-31"}, "subject_to_vote": True},
        {"amount": "300.00", "every_year": "civil", "starts": "credits-voted"},
        {"starts": "kick-off", "not_before": date(2022, 3, 1), "policy_days": 45},
        {"amounts": [{"year": 2022, "amount": "12000.00"}], "when": {"on": "06-15"}},
        {
            "amounts": [{"year": 2022, "amount": "12000.00"}],
            "instalments": [
                {"share": "60", "when": {"on": "03-31", "limit": "excluded"}},
                {"share": "40", "needs": ["bills"]},
            ],
        },
        {
            "total": "100.00",
            "every_year": "contract",
            "instalments": [
                {"share": "100", "when": {"every_months": 12, "due": "advance"}},
            ],
        },
        {"unit_amount": "3.50", "unit": "repas", "when": {"day": 15}, "only": ["2022-01", "2022-02"]},
    ],
)
def test_money_goes_through_the_form_and_its_file_unchanged(said: dict[str, object]) -> None:
    names = {
        "id": "price",
        "title": "Prix",
        "title_en": "Price",
        "owed_by": "town",
        "owed_to": "agency",
        "clauses": ["A1"],
    }
    made = of_one_year(payment=[{**names, **said}])
    assert written(nested(flat(sheet_from(made)))).convention == made
    assert parse_convention(file_of(made), "x") == made


def test_a_repayment_goes_through_the_form_and_its_file_unchanged() -> None:
    names = {"title": "Prix", "title_en": "Price", "clauses": ["A1"]}
    paid = {**names, "id": "grant", "amount": "9.00", "starts": "signed", "owed_by": "town", "owed_to": "agency"}
    back = {
        **names, "id": "back", "starts": "early-end", "repays": "grant", "prorata": "days",
        "owed_by": "agency", "owed_to": "town",
    }  # fmt: skip
    made = of_one_year(payment=[paid, back])
    assert written(nested(flat(sheet_from(made)))).convention == made
    assert parse_convention(file_of(made), "x") == made


@pytest.mark.parametrize(("block", "field", "answer"), [("effect", "on", "date"), ("term", "months", "months")])
def test_an_effect_or_a_term_left_blank_becomes_a_question(block: str, field: str, answer: str) -> None:
    sheet = complete(blank_sheet())
    del sheet[block][field]
    made = written(sheet)
    assert made.problems == ()
    assert made.convention is not None
    (asked,) = made.convention.question
    assert asked.answer == answer
    assert agenda(made.convention, (), NOW).ends_on is None


def test_a_clause_taken_out_takes_only_its_own_articles() -> None:
    sheet = complete(blank_sheet())
    add(sheet, "committee")
    kept = names_in(sheet["effect"]["clauses"])
    sheet["duty"][0]["clauses"] += f", {kept[0]}"
    remove(sheet, "duty.0")
    assert {clause["id"] for clause in sheet["clause"]} == {"C.01", "C.02", "C.03"}


def test_ticked_names_keep_the_order_they_had() -> None:
    assert names_in({"~b": "on", "~a": "on", "~c": "on", "order": "a,z,b"}) == ["a", "b", "c"]


def tacit_sheet() -> Sheet:
    sheet = blank_sheet()
    remove(sheet, "act")
    add(sheet, "renewal-tacit")
    return complete(sheet)


def test_a_tacit_renewal_comes_with_the_letter_that_stops_it() -> None:
    made = written(tacit_sheet()).convention
    assert made is not None
    (denial,) = made.termination
    assert (made.renewal.how, denial.until, denial.who) == ("tacit", "term", ("commune", "partenaire"))
    assert [clause.article for clause in made.clause][-2:] == ["art. 3", "art. 4"]
    found = agenda(made, (), NOW)
    assert found.questions == ()
    assert any(item.kind == "notice" for item in found.items)


def test_a_tacit_renewal_put_back_finds_its_letter_still_there() -> None:
    sheet = tacit_sheet()
    assert add(sheet, "renewal-tacit") == ""
    remove(sheet, "renewal")
    assert add(sheet, "renewal-tacit") == "renewal"
    assert [rule["id"] for rule in sheet["termination"]] == ["denonciation"]


@pytest.mark.parametrize(("cap", "length"), [({"months": "48"}, 48), ({"years": "4"}, 4)])
def test_a_tacit_renewal_goes_through_the_form_unchanged(cap: dict[str, str], length: int) -> None:
    sheet = tacit_sheet()
    sheet["renewal"] |= {"period": {"years": "1"}, "times": "1", "cap": cap}
    made = written(nested(flat(sheet))).convention
    assert made is not None
    assert made.renewal.period is not None
    assert (made.renewal.period.years, made.renewal.times) == (1, 1)
    assert made.renewal.cap is not None
    assert length in (made.renewal.cap.months, made.renewal.cap.years)
    assert written(nested(flat(sheet_from(made)))).convention == made
    assert parse_convention(file_of(made), "x") == made


def test_how_long_it_renews_itself_for_and_how_it_is_stopped_may_be_left_to_questions() -> None:
    sheet = tacit_sheet()
    sheet["renewal"]["period"]["months"] = ""
    remove(sheet, "termination.0")
    made = written(sheet)
    assert made.problems == ()
    assert made.convention is not None
    assert [asked.id for asked in agenda(made.convention, (), NOW).questions] == ["renewal-period", "renewal-denial"]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"period": {"months": "12", "years": "1"}}, "renewal.period", "une seule durée"),
        ({"cap": {"months": "36", "years": "3"}}, "renewal.cap", "des mois ou des années"),
        ({"how": "none"}, "renewal", "period ne va qu’à un renouvellement"),
        ({"how": "none", "period": {}}, "termination.0", "dénonce une tacite reconduction"),
        ({"times": "0"}, "renewal.times", "1"),
        ({"cap": {"months": "36"}, "cap_on": "2029-01-01"}, "renewal", "pas les deux"),
    ],
)
def test_what_is_wrong_with_a_renewal_is_said_on_its_card(typed: dict[str, object], field: str, words: str) -> None:
    sheet = tacit_sheet()
    sheet["renewal"] |= typed
    wrong = {problem.field: problem.words for problem in written(nested(flat(sheet))).problems}
    assert words in wrong[field]


def test_every_kind_of_convention_but_other_has_its_usual_clauses_and_each_is_in_the_catalogue() -> None:
    assert set(often()) == set(kinds()) - {"other"}
    assert {key for keys in often().values() for key in keys} - set(catalogue()) == set()
    assert [kind for kind, keys in often().items() if len(set(keys)) < len(keys)] == []
