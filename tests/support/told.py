"""Everything that somebody is told of a convention, whatever happens to it: what its clauses are for.

Days, sums, questions, warnings, refusals, topics of meetings, whom things are said to and whom letters are written to. Never the
articles quoted, nor the words of a title or of a computation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.agenda.meetings import guests, preferences_of, proposal
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.kinds import FACT
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.letters.committee_file import topics
from echeancier.domain.letters.content import LETTERS, letter_for
from echeancier.domain.recording import Refusal, admit
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from tests.domain.builders import at

Scene = tuple[str, tuple[dict[str, Any], ...], frozenset[str]]
"""A day on which the convention is looked at, the facts told besides those of its file, the kinds of fact left out."""


_SUM = re.compile(r"[\d\s]+(?:,\d+)?\s€")
_OF_ANYTHING = frozenset({"request", "renewal"})
"""Letters that ask for whatever is owed: whom they are written to is whom it is owed by."""


def told(terms: Convention, records: tuple[Recorded, ...], scene: Scene) -> tuple[object, ...]:
    """Return everything that is told in a scene.

    Args:
        terms: the convention.
        records: the facts of its file.
        scene: what else happens, and when it is looked at.
    """
    on, more, left_out = scene
    dossier = Dossier(convention=terms, registered_at=at("2015-01-02"), registered_by=terms.coordinator)
    said: list[object] = []
    dossier.facts.extend(record for record in records if record.fact.kind not in left_out)
    for fact in _facts(more):
        try:
            dossier.facts.append(admit(dossier, fact, at(day_of(fact)), terms.coordinator))
        except Refusal:
            said.append(("refused", fact.kind, str(day_of(fact))))
    s = situation(terms, tuple(dossier.facts), at(on))
    return (*said, *_agenda(s, agenda_of(s)))


def _facts(given: tuple[dict[str, Any], ...]) -> Iterator[Fact]:
    for one in given:
        try:
            yield FACT.validate_python(one, strict=False)
        except ValidationError:
            continue


def _agenda(s: Situation, found: Agenda) -> Iterator[object]:
    yield found.effect_on, found.ends_on, found.bound_until, found.operational_from
    for item in found.items:
        yield _item(item)
        if item.traits.is_meeting:
            wanted = preferences_of(s, item.key)
            invited = tuple((one.role, one.address) for one in guests(s, item.key))
            yield item.key, proposal(s, item), wanted.topics, wanted.indicators, invited
    for question in found.questions:
        yield question.id, question.kind, question.answer, question.ask, question.prudent, len(question.readings)
    yield from sorted(warning.id for warning in found.warnings)
    yield topics(s)
    yield from _letters(s, found)


def _item(item: Item) -> tuple[object, ...]:
    effect = item.effect_range and (item.effect_range.earliest, item.effect_range.expected, item.effect_range.latest)
    return (
        item.key, item.opens_on, item.legal_last_day, item.safe_day, item.legal_last_instant, effect, item.certainty, item.state,
        item.owed_by, item.owed_to, item.responsible, item.informed, item.tell, item.quota, *_SUM.findall(item.title.fr),
    )  # fmt: skip


def _letters(s: Situation, found: Agenda) -> Iterator[object]:
    """Whom each letter is addressed to, how it leaves, what it asks to give, who signs it, whose agreement it speaks of."""
    for kind, letter in LETTERS.items():
        if kind in _OF_ANYTHING:
            continue
        for subject in letter.subjects(s, found):
            for reasons in ("", "réorganisation"):
                try:
                    content = letter_for(s, kind, subject.about, LetterFields(dated=s.today, reasons=reasons))  # type: ignore[arg-type]
                except LetterRefusedError:
                    yield kind, subject.about, reasons, "refused"
                except EcheancierError:
                    yield kind, subject.about, reasons, "not now"
                else:
                    yield (
                        kind,
                        subject.about,
                        content.recipient,
                        content.sending,
                        content.signature.quality,
                        content.number,
                        getattr(content.says, "agreed_by", ""),
                    )
