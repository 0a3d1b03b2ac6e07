"""One deed told in one go: each signature of a sitting, each due date that one amendment moves."""

import pytest

from echeancier.domain.recording.several import of_each

PARTIES = ("town", "caf", "epci")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("town", ["town"]),
        ("town, epci,", ["town", "epci"]),
        ("town,town", ["town"]),
        ("all", list(PARTIES)),
        ("both", ["both"]),
    ],
)
def test_who_signed(said: str, told: list[str]) -> None:
    facts = of_each({"kind": "signed", "on": "2028-01-01", "party": said}, PARTIES)
    assert [one["party"] for one in facts] == told
    assert {one["on"] for one in facts} == {"2028-01-01"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("report/2028", ["report/2028"]),
        ("report/2028/town,report/2028/caf", ["report/2028/town", "report/2028/caf"]),
        ("report/2028/each", ["report/2028/town", "report/2028/caf", "report/2028/epci"]),
        ("report/2028/each,report/2028/caf,data/2028", [*(f"report/2028/{one}" for one in PARTIES), "data/2028"]),
    ],
)
def test_what_an_amendment_moves(said: str, told: list[str]) -> None:
    given = {"kind": "amended", "ends_on": "2029-12-31", "moves": said, "moved_to": "2028-06-15"}
    facts = of_each(given, PARTIES)
    assert [one["moves"] for one in facts] == told
    assert {one["moved_to"] for one in facts} == {"2028-06-15"}
    assert [one.get("ends_on") for one in facts] == ["2029-12-31", *[None] * (len(told) - 1)], (
        "the new end is said once"
    )


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "done", "item": "report/2028/town,report/2028/caf"},
        {"kind": "signature-refused", "party": "town,caf"},
        {"kind": "signed"},
        {"kind": "unheard-of", "party": "town,caf"},
    ],
)
def test_anything_else_is_one_fact_as_it_is_said(given: dict[str, object]) -> None:
    assert of_each(given, PARTIES) == [given]


def test_each_is_whoever_still_owes_it() -> None:
    """The family fund left, or paid already: the day of the others moves all the same."""
    given = {"kind": "amended", "moves": "report/2028/each", "moved_to": "2028-06-15"}
    facts = of_each(given, PARTIES, {"report/2028/town", "report/2028/epci", "data/2028"})
    assert [one["moves"] for one in facts] == ["report/2028/town", "report/2028/epci"]
    assert len(of_each(given, PARTIES, {"data/2028"})) == len(PARTIES), "the door says that there is none"


def test_both_is_said_of_two() -> None:
    facts = of_each({"kind": "signed", "on": "2028-01-01", "party": "both"}, PARTIES[:2])
    assert [one["party"] for one in facts] == ["town", "caf"]
