"""What stands below the form of a link: where its day comes from, and what was written of it before to the same address."""

from dataclasses import dataclass

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.item_row import item_row
from echeancier.domain.answers.click import Clicked
from echeancier.domain.dates.words import in_words
from echeancier.domain.messages.context import about_of
from echeancier.domain.overview.journal import STAGE_WORDS
from echeancier.domain.typography import said


@dataclass(frozen=True)
class Why:
    """Where a day comes from, in words; a text is empty where there is nothing to say.

    Attributes:
        trace: the computation, in French whatever the language.
        readings: each contested question of its clause, with what each reading says and would change.
        sent: each time it was written of, the day and the stage, oldest first.
    """

    says: str
    rule: str
    trace: str
    certainty: str
    readings: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    sent: tuple[tuple[str, str], ...]


def why(link: Clicked, language: str) -> Why:
    """Return where the day of a link's item comes from, and what its reader was told of it."""
    row = item_row(link.s, link.item, language, typeset=str)
    return Why(row.says, row.rule, row.trace, row.certainty_at_length, _readings(link, language), _sent(link, language))


def _readings(link: Clicked, language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    asked = [
        one
        for one in agenda_of(link.s).questions
        if one.kind == "contested" and one.answered is None and one.clause == link.item.clause
    ]
    return tuple(
        (
            said(one.about, language),
            tuple((said(reading.says, language), said(reading.changes, language)) for reading in one.readings),
        )
        for one in asked
    )


def _sent(link: Clicked, language: str) -> tuple[tuple[str, str], ...]:
    address, about = link.person.address.casefold(), {link.item.key, about_of(link.item)}
    return tuple(
        (in_words(message.at.astimezone(link.s.zone).date(), language), STAGE_WORDS[told.stage].in_language(language))
        for message in link.dossier.outbox
        if message.address.casefold() == address and message.status == "accepted"
        for told in message.told
        if told.about in about and told.stage in STAGE_WORDS
    )
