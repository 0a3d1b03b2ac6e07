"""From a click to the fact it records, checked at the one front door; the same click twice is the same request."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, assert_never

from echeancier.domain.agenda.items import State
from echeancier.domain.agenda.meetings import local
from echeancier.domain.answers.click import Clicked, last_answer
from echeancier.domain.attention.quiet import last_said
from echeancier.domain.dates.delays import local_instants
from echeancier.domain.dates.words import hour as clock
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.mail import InvitationAnswered
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.facts.signing import SignatureRefused, Signed
from echeancier.domain.recording import check_fact
from echeancier.domain.text import one_line, shortened

WORD_LIMIT = 500
"""Characters kept of what somebody writes beside his answer."""


@dataclass(frozen=True)
class Said:
    """What was filled in beside the click.

    Attributes:
        on: the day it was done; today when left out.
        hour: the local hour at which it was done, where a delay runs in hours; now when left out of what was done today.
        meant: which of the two instants, where the clocks show that hour twice.
        proposed_at: the other start proposed, local, without offset.
        word: whatever else; put on one line.
    """

    on: date | None = None
    hour: time | None = None
    meant: datetime | None = None
    proposed_at: datetime | None = None
    word: str = ""


def fact_of(link: Clicked, said: Said) -> Fact:
    """Return what a click records.

    Raises:
        Refusal: another date is proposed without a date, or one on which the meeting could not be held; a refusal to
            sign gives no reason; an hour that decides is missing, or the clocks never show it.
    """
    word = shortened(one_line(said.word), WORD_LIMIT)
    on, act = said.on or link.s.today, link.claim.act
    match act:
        case "accept" | "decline":
            return _answer(link, "accepted" if act == "accept" else "declined", word)
        case "other-date":
            return _answer(link, "counter", word).model_copy(update={"proposed_at": _proposed(link, said)})
        case "done" | "received":
            party = link.party if act == "done" else _debtor(link)
            return DutyDone(on=on, item=link.item.key, party=party, at=_at(link, on, said), note=word)
        case "signed":
            return Signed(on=on, party=link.party, note=word)
        case "refuse-sign":
            return SignatureRefused(on=on, party=link.party, reason=_reason(word))
        case "seen" | "later" | "problem":
            until = said.on if act == "later" else None
            return Acknowledged(
                on=link.s.today, item=link.item.key, role=link.person.role, answer=act, until=until, note=word,
                of_day=link.item.ground,
            )  # fmt: skip
        case _:
            assert_never(act)


def check_said(link: Clicked, fact: Fact) -> None:
    """Check at the front door what a click would record.

    Raises:
        Refusal: why not, and what would be accepted.
    """
    check_fact(link.dossier, fact, link.s.now)


def is_known(link: Clicked, fact: Fact) -> bool:
    """Whether the fact says nothing that is not recorded already."""
    if isinstance(fact, InvitationAnswered):
        last = last_answer(link)
        return last is not None and _content(link, last) == _content(link, fact)
    if isinstance(fact, Acknowledged) and link.item.state is not State.DONE:
        what: Literal["seen", "problem"] = "problem" if fact.answer == "problem" else "seen"
        known = last_said(link.s, link.item, fact.role, what)
        return known is not None and (known.answer, known.until, known.note) == (fact.answer, fact.until, fact.note)
    return link.known is not None


def request_of(token: str, link: Clicked, fact: Fact) -> str:
    """Return what makes the same click the same request.

    Whoever accepts, declines, then accepts again says three things: what is recorded of the item so far counts too.
    It goes into an engine identifier, which is never encrypted: hence a digest.
    """
    known = sum(_concerns(link, record.fact) for record in link.dossier.facts)
    content = fact.model_dump_json(exclude={"at"})
    return hashlib.sha256("\n".join(("link", token, str(known), content)).encode()).hexdigest()[:32]


def _answer(link: Clicked, word: str, note: str) -> InvitationAnswered:
    return InvitationAnswered.model_validate(
        {
            "on": link.s.today, "item": link.item.key, "role": link.person.role, "answer": word, "note": note,
            "address": link.person.address, "sequence": link.sequence, "at": link.s.now,
            "meeting_at": link.meeting_at,
        }
    )  # fmt: skip


def _proposed(link: Clicked, said: Said) -> datetime:
    at = said.proposed_at
    if at is None:
        raise refusal("indiquer le jour et l’heure que vous proposez.", "give the day and the hour that you propose.")
    start = local(at, link.s.zone)
    if start <= link.s.now:
        raise refusal("cette date est passée : proposer une date à venir.", "that date is past: propose one to come.")
    if start == link.meeting_at:
        raise refusal(
            "c’est la date déjà fixée : pour l’accepter, choisir « accepter ».",
            "that is the date already fixed: to accept it, choose “accept”.",
        )
    # A date that could not be fixed is not worth proposing: the door of the arrangement says which would be.
    check_fact(link.dossier, MeetingArranged(item=link.item.key, starts_at=at), link.s.now)
    return start


def shown_twice(link: Clicked, on: date, hour: time) -> tuple[datetime, ...]:
    """Return both instants of an hour that the clocks of an autumn night show twice, both behind us; else nothing."""
    instants = local_instants(datetime.combine(on, hour), link.s.calendar.time_zone)
    return instants if len(instants) == 2 and instants[1] <= link.s.now else ()


def _at(link: Clicked, on: date, said: Said) -> datetime | None:
    """Return the instant at which it was done, for a delay in hours only: there the hour decides on the last day."""
    hour = said.hour
    if link.item.legal_last_instant is None:
        return None
    if hour is None:
        if on == link.s.today:
            return link.s.now
        raise refusal(
            "indiquer aussi l’heure : ce délai court en heures.",
            "give the hour too: this delay runs in hours.",
        )
    instants = local_instants(datetime.combine(on, hour), link.s.calendar.time_zone)
    if not instants:
        raise refusal(
            f"{clock(hour)} n’existe pas ce jour-là : les horloges ont avancé d’une heure.",
            f"{clock(hour, 'en')} does not exist on that day: the clocks went forward by an hour.",
        )
    if both := shown_twice(link, on, hour):
        # An instant of that night equals none of another zone (PEP 495): they are compared as written.
        if said.meant is not None and said.meant.isoformat() in [one.isoformat() for one in both]:
            return said.meant
        raise refusal(
            f"{clock(hour)} existe deux fois cette nuit-là, où l’heure change : choisir laquelle des deux.",
            f"{clock(hour, 'en')} exists twice that night, as clocks go back: choose which of the two.",
        )
    return datetime.fromisoformat(instants[0].isoformat())  # with its offset alone


def _debtor(link: Clicked) -> str | None:
    owed_by = link.item.owed_by
    return owed_by if owed_by in link.s.convention.parties else None


def _reason(word: str) -> str:
    if not word:
        raise refusal(
            "dire pourquoi votre institution ne signe pas : quelques mots suffisent, et sans eux personne ne saurait quoi "
            "changer.",
            "say why your institution does not sign: a few words will do, and without them nobody would know what to change.",
        )
    return word


def _content(link: Clicked, fact: InvitationAnswered) -> tuple[object, ...]:
    proposed = None if fact.proposed_at is None else local(fact.proposed_at, link.s.zone)
    return fact.answer, proposed, fact.note


def _concerns(link: Clicked, fact: Fact) -> bool:
    if isinstance(fact, Signed | SignatureRefused):
        return link.item.kind == "signature" and fact.party == link.party
    return getattr(fact, "item", None) == link.item.key
