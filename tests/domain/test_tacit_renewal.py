"""A clause that speaks of a tacit renewal, in a file that says none, is refused: it would be told to end."""

import pytest

from echeancier.domain.terms.checks import problems_of
from tests.domain.builders import convention


def refused(says: str) -> bool:
    terms = convention(clause=[{"id": "A1", "article": "art. 1", "says": says}])
    return any(
        "parle de tacite reconduction" in problem and 'how = "tacit"' in problem for problem in problems_of(terms)
    )


@pytest.mark.parametrize("says", [
    "un an, renouvelable par tacite reconduction",
    "Elle est reconduite tacitement d’année en année, sauf dénonciation",
    "renouvelée par tacite reconduction si aucune des parties ne la dénonce",
    "elle se poursuit par tacite reconduction, sans pouvoir dépasser trois ans",
    "non dénoncée, elle est reconduite tacitement",
    "la reconduction est tacite ; elle n’est pas limitée",
    "TACITE RECONDUCTION par périodes d’un an ; elle ne peut excéder trois ans",
])  # fmt: skip
def test_what_renews_itself_is_refused(says: str) -> None:
    assert refused(says)


@pytest.mark.parametrize("says", [
    "un an, sans tacite reconduction",
    "aucune tacite reconduction",
    "à l’exclusion de toute tacite reconduction",
    "Elle ne peut être reconduite que par avenant : la tacite reconduction n’est pas admise",
    "Toute tacite reconduction est exclue",
    "Elle ne peut pas être reconduite tacitement",
    "renouvelable par reconduction expresse, jamais par tacite reconduction",
    "un an à compter de la signature",
])  # fmt: skip
def test_what_denies_it_passes(says: str) -> None:
    assert not refused(says)
