"""A link in words: what it is about, in whose name, what a click records, what else may be said."""

from dataclasses import dataclass
from datetime import timedelta

from echeancier.domain.agenda.item_row import item_row, title_in_words
from echeancier.domain.agenda.meetings import arrangement
from echeancier.domain.answers.click import is_settled, last_day
from echeancier.domain.attention.quiet import latest_day
from echeancier.domain.dates.words import in_words, moment
from echeancier.domain.messages.acts import ANSWERS, OF_A_DAY, Act
from echeancier.domain.messages.offers import acts_of
from echeancier.domain.messages.tokens import written
from echeancier.domain.standing.people import recipient
from echeancier.partners.opening import OpenedLink
from echeancier.partners.why import Why, why

_ANSWERS: tuple[Act, ...] = ("accept", "decline", "other-date")
_OF_A_SIGNATURE: tuple[Act, ...] = ("signed", "refuse-sign")


@dataclass(frozen=True)
class LinkShown:
    """What the templates show of a link.

    Attributes:
        what: title of the item.
        when: day and hour of the meeting, empty for what is none.
        last_day: the last day allowed, or the prudent one, in words, with its hour where hours decide; empty for a meeting.
        known: what is recorded already; empty when nothing is.
        settled: nothing more can be said by this link: it is said.
        others: the other answers, each with the address that gives it.
        ask_function, ask_address: whom to write to.
        expires: until when the link may be used, in words.
        hour: as a form field has it: that of the meeting, as another date is often at the same hour; for a delay in hours
            the present one; empty where no hour is asked.
        today: as a form field has it; ``tomorrow`` and ``latest`` bound the day to which it may be put off.
        why: where its day comes from, and what was written of it before.
    """

    act: Act
    what: str
    title: str
    reference: str
    parties: tuple[str, ...]
    function: str
    when: str
    place: str
    last_day: str
    article: str
    known: str
    settled: bool
    others: tuple[tuple[Act, str], ...]
    ask_function: str
    ask_address: str
    expires: str
    hour: str
    today: str
    tomorrow: str
    latest: str
    why: Why


def view_of(found: OpenedLink) -> LinkShown:
    """Return the words of an opened link."""
    link, language = found.link, found.language
    s, item, convention = link.s, link.item, link.s.convention
    zone = s.calendar.time_zone
    asked = recipient(s, convention.coordinator)
    row = item_row(s, item, language, typeset=str)
    return LinkShown(
        act=link.claim.act,
        what=row.title,
        title=title_in_words(convention, language, str),
        reference=convention.reference,
        parties=tuple(party.name_on(s.today) for party in convention.parties.values()),
        function=link.person.function,
        when="" if link.meeting_at is None else moment(link.meeting_at, zone, language),
        place=_place(found),
        last_day=row.last_instant or ("" if link.meeting_at else row.last_at_length or row.safe_at_length),
        article=row.article,
        known="" if link.known is None else link.known.in_language(language),
        settled=is_settled(found.link),
        others=_others(found),
        ask_function=asked.function,
        ask_address=asked.address,
        expires=moment(link.claim.expires_at, zone, language)
        if link.meeting_at
        else in_words(last_day(s, link.claim), language),
        hour=_hour(found),
        today=s.today.isoformat(),
        tomorrow=(s.today + timedelta(days=1)).isoformat(),
        latest="" if (latest := latest_day(s, item)) is None else latest.isoformat(),
        why=why(link, language),
    )


def _hour(found: OpenedLink) -> str:
    link = found.link
    if link.meeting_at is None and link.item.legal_last_instant is None:
        return ""
    return f"{link.meeting_at or link.s.now.astimezone(link.s.zone):%H:%M}"


def _place(found: OpenedLink) -> str:
    link = found.link
    if link.meeting_at is None:
        return ""
    fixed = arrangement(link.s, link.item.key)
    return "" if fixed is None else fixed.place


def _others(found: OpenedLink) -> tuple[tuple[Act, str], ...]:
    """The other answers to the same invitation or signature: whoever opened the wrong link need not go back to the mail."""
    claim = found.link.claim
    acts: tuple[Act, ...] = ()
    if claim.act in ANSWERS:
        acts = _ANSWERS
    elif claim.act in _OF_A_SIGNATURE and not is_settled(found.link):
        acts = _OF_A_SIGNATURE
    elif claim.act in OF_A_DAY and not is_settled(found.link):  # worth less and for less long: they give nothing away
        acts = acts_of(found.link.s, found.link.item, found.link.person.role)
    return tuple((act, written(claim.saying(act), found.key)) for act in acts if act != claim.act)
