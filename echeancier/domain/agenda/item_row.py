"""A dated thing of the agenda in words, once: desk, command line, spreadsheets, calendars and reports read the same row.

In goes an item and where the convention stands; out comes every form in which it is shown, in one language. A reader
chooses: the figures of a column or the words of a sentence, the institutions as our side calls them or by their names.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, NamedTuple, Protocol, TypeVar

from echeancier.domain.agenda.items import SETTLED, TO_DO, Item, State
from echeancier.domain.agenda.labels import CERTAINTIES, CERTAINTIES_AT_LENGTH, STATES
from echeancier.domain.dates.rules import Certainty, rule_in_words
from echeancier.domain.dates.words import hour, how_far, in_a_sentence, in_words, shown
from echeancier.domain.model import Text
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Clause, Convention
from echeancier.domain.terms.owing import ALL, BOTH
from echeancier.domain.typography import Typeset, french, nbsp, said

_US = Text(fr="nous", en="us")
_TOGETHER = {BOTH: Text(fr="ensemble", en="together"), ALL: Text(fr="toutes les parties", en="all parties")}
_SOON = 30
_ASIDE = re.compile(r"\s*\([^()]*\)")


class ClauseWords(NamedTuple):
    """Where a thing is written, and what it says in a few words."""

    article: str
    says: str


def in_french_at_least(text: Text, language: str, typeset: Typeset = french) -> str:
    """Return a text that may be there in French only: the same in both languages, it is set as French."""
    return typeset(text.fr) if text.fr == text.en else said(text, language, typeset)


def article_in_words(article: str, language: str, typeset: Typeset = french) -> str:
    """Return where a thing is written: in French for everybody, for an English reader as the paper has it."""
    return nbsp(article) if language == "en" else typeset(article)


def without_asides(article: str) -> str:
    """Return where a thing is written without what stands in brackets (the same in other codes): for a narrow column."""
    return _ASIDE.sub("", article)


def clause_in_words(clause: Clause | None, language: str, typeset: Typeset = french) -> ClauseWords:
    """Return a clause in words; one without English words is quoted in French. Without a clause both are empty."""
    if clause is None:
        return ClauseWords("", "")
    return ClauseWords(
        article_in_words(clause.article, language, typeset), in_french_at_least(clause.meaning, language, typeset)
    )


def certainty_in_words(certainty: Certainty, language: str, typeset: Typeset = french) -> str:
    """Return how sure a date is."""
    return said(CERTAINTIES[certainty], language, typeset)


def certainties_in_words(language: str) -> dict[str, str]:
    """Return, for a legend, every certainty by its name."""
    return {one.value: certainty_in_words(one, language) for one in Certainty}


def title_in_words(convention: Convention, language: str, typeset: Typeset = french) -> str:
    """Return the title of a convention; without English words it stays in French."""
    return in_french_at_least(convention.called, language, typeset)


@dataclass(frozen=True)
class NamedSide:
    """Whoever owes a thing, or to whom it is owed.

    Attributes:
        name: of the institution on the day; empty for all of them together.
        ours: whether it is the side that keeps the convention here.
        together: what all of them are called.
    """

    name: str
    ours: bool = False
    together: Text = _TOGETHER[BOTH]

    @property
    def short(self) -> str:
        """The name up to its first comma."""
        return self.name.split(",")[0]

    def in_full(self, language: str) -> str:
        """Return « ensemble », or the whole name."""
        return self.name or self.together.in_language(language)

    def seen_from_us(self, *, in_full: bool = False) -> Text:
        """Return « nous », « ensemble », or the name of the other institution."""
        name = self.name if in_full else self.short
        return _US if self.ours else Text(fr=name, en=name) if name else self.together


def side(s: Situation, key: str, named_on: date | None = None) -> NamedSide:
    """Return a party, or all of them, by the name of a day; of today unless said otherwise."""
    if key in _TOGETHER:
        return NamedSide("", together=_TOGETHER[key])
    return NamedSide(s.convention.parties[key].name_on(named_on or s.today), ours=key == s.convention.us)


class _Dated(Protocol):
    """What a row is about: an item of the agenda, or a line of a message about one."""

    # fmt: off
    @property
    def title(self) -> Text: ...
    @property
    def article(self) -> str: ...
    @property
    def says(self) -> Text: ...
    @property
    def certainty(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def trace(self) -> str: ...
    @property
    def standing(self) -> Text | None: ...
    @property
    def safe_day(self) -> date | None: ...
    @property
    def legal_last_day(self) -> date | None: ...
    @property
    def legal_last_instant(self) -> datetime | None: ...
    @property
    def meeting_at(self) -> datetime | None: ...
    # fmt: on


def how_sure(one: _Dated) -> Certainty | None:
    """Return how sure the day of a thing is; None where it has none yet and nothing is to be confirmed."""
    sure = Certainty(one.certainty)
    has_a_day = any((one.safe_day, one.legal_last_day, one.legal_last_instant, one.meeting_at))
    return sure if has_a_day or sure is Certainty.CONTESTED else None


Thing = TypeVar("Thing", bound=_Dated)


@dataclass(frozen=True)
class DatedRow(Generic[Thing]):
    """A dated thing as its readers see it, whatever side they are on. A text is empty where there is nothing to say.

    Attributes:
        local: puts an instant in the zone of the convention's place.
        typeset: how French words are set.
    """

    item: Thing
    language: str
    local: Callable[[datetime], datetime]
    typeset: Typeset

    def _said(self, text: Text | str | None) -> str:
        return "" if text is None else said(text, self.language, self.typeset)

    def _shown(self, day: date | None) -> str:
        return shown(day, self.language, "")

    def _at_length(self, day: date | None) -> str:
        return in_words(day, self.language) if day else ""

    def _in_a_sentence(self, at: datetime | None) -> str:
        # A start without offset is already the place's own time.
        return "" if at is None else in_a_sentence(self.local(at) if at.tzinfo else at, self.language)

    @property
    def title(self) -> str:
        """What it is."""
        return self._said(self.item.title)

    @property
    def certainty(self) -> str:
        """How sure its last day is; empty where there is none to be sure of."""
        sure = how_sure(self.item)
        return "" if sure is None else certainty_in_words(sure, self.language, self.typeset)

    @property
    def article(self) -> str:
        """Where it is written."""
        return article_in_words(self.item.article, self.language, self.typeset)

    @property
    def says(self) -> str:
        """What is written there, in a few words."""
        return in_french_at_least(self.item.says, self.language, self.typeset)

    @property
    def rule(self) -> str:
        """The rule behind its date, in a sentence."""
        return self._said(rule_in_words(self.item.rule, self.language))

    @property
    def trace(self) -> str:
        """The computation, in French."""
        return self.typeset(self.item.trace)

    @property
    def standing(self) -> str:
        """How far it is beyond its dates: who signed, how many of a quota came."""
        return self._said(self.item.standing)

    @property
    def safe(self) -> str:
        """The day we act by, in figures."""
        return self._shown(self.item.safe_day)

    @property
    def last(self) -> str:
        """The last day allowed, in figures."""
        return self._shown(self.item.legal_last_day)

    @property
    def last_hour(self) -> str:
        """The hour at which a delay in hours ends, as the clocks of the place show it."""
        limit = self.item.legal_last_instant
        return "" if limit is None else hour(self.local(limit), self.language)

    @property
    def safe_at_length(self) -> str:
        """The day we act by, in words."""
        return self._at_length(self.item.safe_day)

    @property
    def last_at_length(self) -> str:
        """The last day allowed in words, with its hour for a delay in hours."""
        return self.last_instant or self._at_length(self.item.legal_last_day)

    @property
    def last_instant(self) -> str:
        """The day and hour at which a delay in hours ends, in words."""
        limit = self.item.legal_last_instant
        return "" if limit is None else f"{in_words(self.local(limit).date(), self.language)}, {self.last_hour}"

    @property
    def certainty_at_length(self) -> str:
        """How sure its last day is, in a few words more; empty where there is none to be sure of."""
        sure = how_sure(self.item)
        return "" if sure is None else self._said(CERTAINTIES_AT_LENGTH[sure])

    @property
    def last_in_a_sentence(self) -> str:
        """The last day allowed in words: « mardi 1er mars 2022 à 14 h 30 » where hours count."""
        return self._in_a_sentence(self.item.legal_last_instant) or self._at_length(self.item.legal_last_day)

    @property
    def meeting_in_a_sentence(self) -> str:
        """The day and hour fixed for a meeting, in words."""
        return self._in_a_sentence(self.item.meeting_at)


@dataclass(frozen=True)
class ItemRow(DatedRow[Item]):
    """An item of the agenda as its readers see it.

    Attributes:
        by, to: who owes it, and to whom.
        s: the situation it is seen in.
    """

    by: NamedSide
    to: NamedSide
    s: Situation

    @property
    def kind(self) -> str:
        """Its kind, in a word or two."""
        return self._said(self.item.traits.called)

    @property
    def state(self) -> str:
        """Where it stands, in a word or two."""
        return self._said(STATES[self.item.state])

    @property
    def state_and_day(self) -> str:
        """The same, with the day it was done, or the day and hour fixed for it."""
        item = self.item
        if item.state is State.DONE and item.done_on is not None:
            return f"{self.state} {self.done}"
        return f"{self.state} {self.meeting}" if item.meeting_at is not None else self.state

    @property
    def meeting(self) -> str:
        """The day and hour fixed for it, in figures."""
        at = self.item.meeting_at
        return "" if at is None else f"{self._shown(at.date())}, {hour(at, self.language)}"

    @property
    def still_standing(self) -> str:
        """The same, as long as something is expected."""
        return "" if self.item.state in SETTLED else self.standing

    @property
    def quota(self) -> str:
        """How many are wanted in each period."""
        return self._said(Text(fr=self.item.quota, en=self.item.quota_en or self.item.quota))

    @property
    def day(self) -> str:
        """The day by which it is known among others, in figures: the day we act by, else the last one."""
        return self.safe or self.last

    @property
    def opens(self) -> str:
        """The first day, in figures."""
        return self._shown(self.item.opens_on)

    @property
    def done(self) -> str:
        """The day it was done, in figures."""
        return self._shown(self.item.done_on)

    @property
    def done_at_length(self) -> str:
        """The day it was done, in words."""
        return self._at_length(self.item.done_on)

    @property
    def reach(self) -> tuple[str, str, str]:
        """The earliest, the expected and the latest end, in figures, where what counts is contested."""
        found = self.item.effect_range
        days = (None, None, None) if found is None else (found.earliest, found.expected, found.latest)
        return (self._shown(days[0]), self._shown(days[1]), self._shown(days[2]))

    @property
    def who(self) -> str:
        """« nous → Pôle emploi »; one word when it concerns one side or all."""
        return _arrow(self._said(self.by.seen_from_us()), self._said(self.to.seen_from_us()))

    @property
    def who_by_name(self) -> str:
        """The same for a reader of either side: institutions by their names."""
        names = (
            self.typeset(one.short) or one.together.in_language(self.language).capitalize()
            for one in (self.by, self.to)
        )
        return _arrow(*names)

    @property
    def level(self) -> str:
        """``late``, ``soon`` or nothing: the colour that goes with the words."""
        if self.item.state in (State.LATE, State.MISSED):
            return "late"
        return "soon" if self._far is not None and self._far <= _SOON else ""

    @property
    def how_far(self) -> str:
        """How far the day to act by is from today, in words."""
        far = self._far
        return "" if far is None or (far < 0 and self.item.state is not State.LATE) else how_far(far, self.language)

    @property
    def _far(self) -> int | None:
        day = self.item.safe_day or self.item.legal_last_day
        if day is None or self.item.state not in TO_DO - {State.MISSED, State.BEST_EFFORT}:
            return None
        return (day - self.s.today).days


def _arrow(by: str, to: str) -> str:
    return by if by == to else f"{by} → {to}"


def item_row(
    s: Situation, item: Item, language: str, *, named_on: date | None = None, typeset: Typeset = french
) -> ItemRow:
    """Return an item in words.

    Args:
        s: the situation it is seen in.
        item: of its agenda.
        language: ``fr`` or ``en``.
        named_on: the day whose names the institutions have; today unless said otherwise.
        typeset: sets French words; ``nbsp`` where other programs read them too.
    """
    by, to = side(s, item.owed_by, named_on), side(s, item.owed_to, named_on)
    return ItemRow(item, language, lambda at: at.astimezone(s.zone), typeset, by, to, s)
