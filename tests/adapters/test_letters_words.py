"""What the letters say once printed, in the French of an administration."""

import re
from datetime import date

import pytest

from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letter_fields import LetterKind
from echeancier.domain.letters.content import KINDS, letter_for
from tests.adapters.letters_read import sheet_of
from tests.adapters.letters_scenes import scene
from tests.domain.examples_seen import seen_by

NBSP = "\u00a0"
SAID: dict[LetterKind, tuple[str, ...]] = {
    "termination": (
        "la décision de la commune de L’Isle-d’Abeau de résilier la convention « Accès à Opus, L’Isle-d’Abeau »",
        "Article 12 : par le partenaire : préavis d’un mois « notifié » au directeur régional",
        "le dernier jour en vigueur de la convention se situe entre le 2 juillet 2025 et le 20 juillet 2025",
        "Lettre recommandée avec avis de réception n°",
    ),
    "formal-notice": (
        "« Données trimestrielles sur l’emploi dans la commune », qui était due au plus tard le 31 décembre 2021",
        "je vous mets en demeure d’exécuter cette obligation, au plus tard le jeudi 31 mars 2022",
        "La présente lettre vaut mise en demeure.",
    ),
    "termination-reasons": (
        "je vous informe préalablement des motifs de cette décision",
        "Des identifiants ont été communiqués à des tiers.",
        "Vous disposez d’un délai d’un mois suivant la présente information pour présenter vos observations.",
    ),
    "comments": ("Par lettre du 2 juin 2025", "Chacun se sert de son compte."),
    "account-manager": (
        "la personne désignée comme responsable de gestion de comptes (RGC) a quitté ses fonctions le 30 mai 2025",
        "« sous huitaine »",
        "accord écrit de la direction territoriale de l’opérateur",
        "Responsable du Relais Emploi",
    ),
    "request": (
        "Sauf erreur de notre part, cela n’a pas été fait à ce jour, alors que l’échéance en était fixée au 31 décembre 2021.",
    ),
    "destruction": (
        "Je soussigné(e),",
        "Détruites le 15 février 2021",
        "À faire au plus tard le 28 février 2021",
        "Effacement des fichiers et des sauvegardes",
    ),
    "incident": (
        "une violation de données à caractère personnel, constatée le lundi 4 mai 2020, 15 h 30",
        "dans un délai de 36 heures prévu par la convention",
        "Un fichier a été adressé par erreur à un destinataire extérieur.",
        "Délégué à la protection des données – dpo@troyes-metropole.example",
    ),
    "renewal": (
        "est le 31 décembre 2023",
        "sans nouvel acte approuvé et signé, elle s’éteindra à cette date",
        "signature par toutes les parties : au plus tard le 29 décembre 2023",
    ),
    "amicable": (
        "Depuis le 1er mars 2022, un différend nous oppose",
        "Cette phase amiable court jusqu’au 1er avril 2022 inclus.",
        "Tribunal administratif de Strasbourg",
    ),
}


def squeezed(text: str) -> str:
    """A text without blanks: where its lines are cut does not matter here."""
    return "".join(text.split())


def words(kind: LetterKind) -> str:
    return squeezed(sheet_of(scene(kind)).text)


@pytest.mark.parametrize("kind", KINDS)
def test_each_letter_says_what_it_is_for(kind: LetterKind) -> None:
    told = words(kind)
    assert [sentence for sentence in SAID[kind] if squeezed(sentence) not in told] == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_letter_has_its_frame(kind: LetterKind) -> None:
    told = words(kind)
    assert squeezed(f"Objet : {scene(kind).subject}") in told
    assert squeezed("À Ville-Exemple, le ....") in told
    assert squeezed("(nom, prénom, signature)") in told


@pytest.mark.parametrize("kind", KINDS)
def test_no_line_can_be_cut_before_a_double_sign(kind: LetterKind) -> None:
    glyphs = [g.text for g in sheet_of(scene(kind)).glyphs]
    text = "".join(glyphs)
    assert re.findall(r".{8} [:;!?»]", text) == []
    assert re.findall(r"« .{8}", text) == []


@pytest.mark.parametrize("kind", KINDS)
def test_apostrophes_are_typographic(kind: LetterKind) -> None:
    assert "'" not in words(kind)


def test_a_letter_signed_by_delegation_says_so() -> None:
    content = scene("request")
    signature = content.signature.model_copy(update={"delegation": "la directrice générale des services"})
    told = sheet_of(content.model_copy(update={"signature": signature})).words
    assert "Pour le maire et par délégation," in told
    assert "la directrice générale des services" in told


def test_what_is_enclosed_and_copied_stands_at_the_foot() -> None:
    content = scene("request").model_copy(update={"enclosures": ("Annexe 1",), "copies": ("Direction", "DPO")})
    told = sheet_of(content).words.replace(NBSP, " ")
    assert "P. J. : Annexe 1" in told
    assert "Copie : Direction ; DPO" in told


def test_a_long_absence_is_told_with_its_length() -> None:
    away = Happened(event="account-manager-absent", on=date(2016, 6, 1))
    content = letter_for(seen_by("bri-o", "2016-09-10", away), "account-manager")
    told = squeezed(sheet_of(content).text)
    assert squeezed("est absente depuis le 1er juin 2016, soit plus de trois mois.") in told
    assert content.subject.startswith("Absence prolongée de l’administrateur")
