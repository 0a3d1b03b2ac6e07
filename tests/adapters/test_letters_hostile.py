"""What a person typed is shown as it is: it neither runs, nor breaks the letter, nor hides in it."""

import pytest

from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.content import letter_for
from tests.adapters.letters_read import printed, read
from tests.domain.examples_seen import seen_by

HOSTILE = [
    '#panic("fin")',
    '#read("layout.typ")',
    "#sys.inputs",
    'un "mot" et \\ deux',
    "prix : 10 $ x^2 $",
    "*gras* _italique_ `code` <étiquette> @renvoi",
    "// commentaire /* et suite */",
    "= Titre",
    "]) #let d = 1",
    "- liste + numéros / terme",
    "a~b---c...",
    "{{ 7 * 7 }} {% if x %}",
]


def with_reason(text: str) -> str:
    s = seen_by("sqf-p", "2022-03-01")
    content = letter_for(s, "termination", fields=LetterFields(reasons=(text,)))
    return read(printed(content).content).words


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_printed_as_it_was_typed(text: str) -> None:
    assert "".join(text.split()) in "".join(with_reason(text).split())


def test_a_hostile_place_or_title_is_printed_too() -> None:
    s = seen_by("sqf-p", "2022-03-01")
    fields = LetterFields(reasons=("x",), place="#pagebreak()", enclosures=('"#',), copies=("\\",), tracking="$1")
    words = read(printed(letter_for(s, "termination", fields=fields)).content).words
    assert "À #pagebreak(), le" in words
    assert "n° $1" in words


@pytest.mark.parametrize("text", ["Accord 👍", "中文"])
def test_a_character_the_font_does_not_have_is_refused_by_name(text: str) -> None:
    s = seen_by("sqf-p", "2022-03-01")
    content = letter_for(s, "termination", fields=LetterFields(reasons=(text,)))
    with pytest.raises(LetterRefusedError, match=f"« {text[-1] if text == 'Accord 👍' else text[0]}"):
        printed(content)


def test_control_and_direction_characters_are_left_out() -> None:
    assert "abc def" in with_reason("a\u202ebc\u0007def\u2066")


def test_lines_typed_make_as_many_items() -> None:
    typed = LetterFields.model_validate({"reasons": "un\n\n  deux \r\ntrois"})
    assert typed.reasons == ("un", "deux", "trois")
