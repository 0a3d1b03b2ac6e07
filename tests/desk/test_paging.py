"""Long lists cut into pages."""

import pytest

from echeancier.desk.paging import paged


@pytest.mark.parametrize(
    ("asked", "number"), [("1", 1), ("3", 3), ("9", 3), ("0", 1), ("-1", 1), ("x", 1), ("9" * 40, 1), ("", 1)]
)
def test_a_page_that_does_not_exist_is_one_that_does(asked: str, number: int) -> None:
    assert paged(range(25), {"page": asked}, "/", 10).number == number


def test_every_line_is_on_one_page() -> None:
    pages = [paged(range(25), {"page": str(n)}, "/", 10).items for n in (1, 2, 3)]
    assert [line for page in pages for line in page] == list(range(25))


def test_an_empty_list_has_one_page() -> None:
    assert paged([], {}, "/", 10).last == 1


def test_what_was_asked_for_is_kept_from_page_to_page() -> None:
    found = paged(range(25), {"sort": "duty", "ok": "recorded", "kind": ""}, "/", 10)
    assert found.base == "/?sort=duty&page="


def test_the_links_are_the_first_the_last_and_the_near_ones() -> None:
    assert paged(range(1000), {"page": "50"}, "/", 10).offered == (1, 2, 48, 49, 50, 51, 52, 99, 100)
