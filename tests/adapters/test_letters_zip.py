"""The batch for a postal service: the letters and a table of their addresses."""

import csv
import io
import zipfile

from echeancier.adapters.papers.letters_zip import ADDRESSES, letters_zip
from echeancier.domain.letters.content import LetterContent
from tests.adapters.letters_read import printed
from tests.adapters.letters_scenes import scene


def batch(*contents: LetterContent) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(letters_zip([(content, printed(content)) for content in contents])))


def rows(opened: zipfile.ZipFile) -> list[dict[str, str]]:
    text = opened.read(ADDRESSES).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_each_row_names_a_letter_of_the_batch() -> None:
    opened = batch(scene("termination"), scene("request"))
    assert {row["fichier"] for row in rows(opened)} | {ADDRESSES} == set(opened.namelist())


def test_a_letter_is_in_the_batch_byte_for_byte() -> None:
    opened = batch(scene("termination"))
    assert opened.read(opened.namelist()[0]) == printed(scene("termination")).content


def test_the_address_stands_line_by_line() -> None:
    row = rows(batch(scene("termination")))[0]
    assert [row[f"adresse {n}"] for n in range(1, 7)] == [*scene("termination").recipient, "", ""]
    assert row["envoi"] == "recommandé avec avis de réception"


def test_two_letters_to_the_same_institution_keep_their_own_files() -> None:
    assert len(batch(scene("request"), scene("request")).namelist()) == 3


def test_a_cell_that_looks_like_a_formula_is_text() -> None:
    content = scene("request").model_copy(update={"recipient": ("=1+1", "00000 VILLE")})
    assert rows(batch(content))[0]["adresse 1"] == "'=1+1"


def test_the_same_letters_make_the_same_batch() -> None:
    pair = [(scene("request"), printed(scene("request")))]
    assert letters_zip(pair) == letters_zip(pair)
