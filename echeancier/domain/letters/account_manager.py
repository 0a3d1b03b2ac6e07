"""The letter about a manager of accounts who left, was away too long or was refused: it proposes another."""

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

from echeancier.domain.agenda.accounts import ACCESS
from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.facts import events as e
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.frame import (
    addressed_to,
    event_duties,
    is_open,
    item_among,
    number_of,
    of_the,
    usual_addressee,
)
from echeancier.domain.letters.letter import Call, Letter, LetterDraft, Subject, items_that, letter_words
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.posted_letters import Posting
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import EventDuty
from echeancier.domain.typography import NBSP

Event = Literal["left", "absent", "refused"]
EVENTS: Final[dict[str, Event]] = {
    e.MANAGER_LEFT: "left", "account-manager-absent": "absent", e.MANAGER_REFUSED: "refused",
}  # fmt: skip
"""What may have happened to a manager of accounts."""
_SUBJECTS = {"left": "Départ", "absent": "Absence prolongée", "refused": "Nouvelle proposition après refus"}


class AccountManagerLetter(Letter):
    """The manager of accounts left, has been away too long, or was refused.

    Attributes:
        absence: how long, as in « soit plus de trois mois »; empty after a departure.
    """

    IS_THE_ITEM = True
    WORDS = letter_words(
        ("lettre sur le gestionnaire de comptes", "letter about the account manager"),
        "départ ou longue absence du gestionnaire de comptes, « sous huitaine » ; autre proposition après un refus",
        give="`--proposed` (une fonction), exigé après un refus ; l’événement doit être enregistré",
        about="clé d’agenda, s’il y en a plusieurs",
    )
    ASKS = ("proposed",)

    kind: Literal["account-manager"] = "account-manager"
    name: str
    event: Event
    since: str
    absence: str
    last_day: str
    agreed_by: str
    proposed: str
    access_closed: str

    @classmethod
    def draft(cls, s: Situation, about: str, fields: LetterFields) -> LetterDraft:
        """Return the letter that the text wants « sous huitaine » after a departure or a long absence, and after a refusal.

        Raises:
            LetterRefusedError: the convention has no manager of accounts, or nothing of the kind was recorded.
        """
        rule = s.convention.account_manager
        if rule is None:
            raise LetterRefusedError("La convention ne prévoit pas de gestionnaire de comptes.")
        duties = _duties_of_ours(s)
        what = f"un départ, une longue absence ou un refus {of_the(rule.name)}"
        item = item_among(s, about, lambda i: i.series in duties, what)
        duty = duties[item.series]
        event = EVENTS[duty.event]
        proposed = fields.proposed
        if event == "refused":
            proposed = fields.words(proposed, "Dire quelle fonction est proposée à la place, avec --proposed.")
        partner = addressed_to(s, duty.owed_to)
        return LetterDraft(
            about=item.key,
            subject=f"{_SUBJECTS[event]} {of_the(rule.name)}",
            says=cls(
                name=rule.name, event=event,
                since=in_words(_since(s, item, duty), weekday=False),
                last_day=in_words(item.legal_last_day, weekday=False) if item.legal_last_day else "",
                absence=_absence(s, item, duty) if event == "absent" else "",
                agreed_by=rule.agreed_by, proposed=proposed, access_closed=_access_closed(s),
            ),
            cited=(*duty.clauses, *rule.clauses[:1]), sending="plain" if event == "refused" else "lrar",
            to=usual_addressee(s, partner),
            remarks=(
                *_late(s, item),
                *_who_agrees(rule.agreed_by, rule.told_to, s.convention.parties[partner].name_on(s.today)),
            ),
        )  # fmt: skip

    @classmethod
    def called_for(cls, s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> Iterator[Call]:
        """A departure, an absence or a refusal that the other side is to be told of."""
        mine = event_duties(s, _is_about_a_manager)
        for item in agenda.items:
            if item.series in mine and is_open(s, item) and s.convention.account_manager is not None:
                yield Call(letter="account-manager", about=item.key, item=item.key, by=item.safe_day)

    @classmethod
    def subjects(cls, s: Situation, agenda: Agenda) -> Iterator[Subject]:
        """What happened to a manager."""
        mine = _duties_of_ours(s)
        yield from items_that(agenda, lambda i: i.series in mine)


def _is_about_a_manager(s: Situation, duty: EventDuty) -> bool:
    return duty.event in EVENTS and duty.owed_to != s.convention.us


def _duties_of_ours(s: Situation) -> dict[str, EventDuty]:
    found = event_duties(s, _is_about_a_manager)
    return {key: duty for key, duty in found.items() if duty.owed_by == s.convention.us}


def _since(s: Situation, item: Item, duty: EventDuty) -> date:
    return next(fact.on for one, fact in s.of_event(duty.event) if one == item.event)


def _absence(s: Situation, item: Item, duty: EventDuty) -> str:
    months = duty.threshold.months if duty.threshold is not None else None
    if not months:
        return ""
    length = f"plus de {number_of(months)}{NBSP}mois"
    return (
        f"soit {length}"
        if s.today > add_months(_since(s, item, duty), months)
        else f"pour une durée annoncée de {length}"
    )


def _access_closed(s: Situation) -> str:
    closed = [s.done_on(key_of(ACCESS, fact_id)) for fact_id, _ in s.of_event(e.MANAGER_LEFT)]
    days = [day for day in closed if day is not None]
    return in_words(max(days), weekday=False) if days else ""


def _late(s: Situation, item: Item) -> tuple[str, ...]:
    if item.legal_last_day is None:
        return ()
    over = " : ce jour est passé, envoyer aussitôt" if s.today > item.legal_last_day else ""
    return (f"Dernier jour : {figures(item.legal_last_day)}{over} ; un courriel du même jour fixe la date.",)


def _who_agrees(agreed_by: str, told_to: str, partner: str) -> tuple[str, ...]:
    if agreed_by == told_to:
        return ()
    return (f"L’accord vient de {agreed_by}, l’information va à {told_to} ({partner}) : écrire aux deux.",)
