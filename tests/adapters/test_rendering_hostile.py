"""Words typed or pasted by somebody stay words, whatever they look like."""

import pytest

from echeancier.domain.model import Text
from tests.adapters.orders import KINDS, coordinator, line, meeting, news, question
from tests.adapters.reading import Page
from tests.adapters.test_rendering import mail

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "Titre\r\nBcc: autre@ailleurs.example\r\n\r\ncorps",
    "# Faux titre",
    "| Faux | libellé",
    "a | b | c",
    "{{ 7 * 7 }} {% raw %}",
    "\x02link\x1fcliquez\x1fhttps://piege.example/\x03",
    "ligne\u2028séparée\u0000nulle",
    "x" * 300,
)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_stay_words(kind: str, words: str) -> None:
    said = Text(fr=words, en=words)
    sent = mail(
        kind,
        title=said,
        number=words,
        parties=(words, words),
        told=(words,),
        warnings=(said,),
        detail=said,
        lines=(line(title=said, article=words, says=said, who=words, to_whom=words, trace=words, quota=words),),
        news=(news(title=said, says=said, article=words, clause=said, stops=(said,), goes_on=(said,), todo=said),),
        questions=(question(about=said, says=said, readings=((said, said), (said, said))),),
        meeting=meeting(
            title=said,
            place=words,
            video_link=words,
            reason=words,
            method="CANCEL" if "cancel" in kind else "REQUEST",
        ),
    )
    page = Page(sent.html)
    assert page.all("script", "img") == []
    assert {a["href"] for a in page.all("a")} <= {"mailto:coordination@ville.example"}
    assert "\n" not in sent.subject
    assert max(len(found) for found in sent.text.split("\n")) <= 76
    assert "\nBcc:" not in sent.text


@pytest.mark.parametrize("words", ["# Faux titre", "- Faux point", "| Faux | libellé", "= Faux"])
def test_a_value_cannot_open_a_heading_a_list_or_a_table(words: str) -> None:
    plain, forged = (mail("opening", to=coordinator(), warnings=(Text(fr=said, en=said),)) for said in ("Mots", words))
    before = [tag for tag, _ in Page(plain.html).tags]
    assert [tag for tag, _ in Page(forged.html).tags] == before
    assert words in forged.text.replace("\u00a0", " ")
