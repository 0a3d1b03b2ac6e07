"""A link as it stands when it is opened: whose it is, what it is about, whether it may still say something."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.meetings import answers_for, arrangement, guests
from echeancier.domain.attention.quiet import last_said
from echeancier.domain.dates.words import hour, moment
from echeancier.domain.declared import both
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.acknowledgement import said_in_words
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.mail import InvitationAnswered
from echeancier.domain.facts.refusal import en, fr
from echeancier.domain.messages.acts import ANSWERS, OF_A_DAY, WHERE_IT_STANDS
from echeancier.domain.messages.tokens import Claim, LinkKey
from echeancier.domain.model import Text
from echeancier.domain.recording.check_context import agenda_or_refusal, situation_at
from echeancier.domain.standing.people import Recipient, holder, recipient
from echeancier.domain.standing.situation import Situation

Why = Literal["expired", "other-holder", "gone", "moved", "cancelled", "not-invited"]


class LinkClosedError(EcheancierError):
    """The link is ours, and can say nothing any more.

    Attributes:
        why: for the program; ``text`` is for the reader.
        language: of the reader, as far as it is known.
    """

    def __init__(self, why: Why, text: Text, language: str = "fr") -> None:
        self.why = why
        self.text = text
        self.language = language
        super().__init__(text.fr)


_WORDS_OF = {"accept": "accepted", "decline": "declined"}

_GONE = both("Ce dont parle ce lien n’est plus attendu.", "What this link is about is no longer expected.")
_OTHER_HOLDER = both(
    "La fonction à laquelle ce lien avait été envoyé a changé de titulaire ou d’adresse.",
    "The function this link was sent to has another holder or address now.",
)


@dataclass(frozen=True)
class Clicked:
    """A link that may say something.

    Attributes:
        s: the situation at the instant of the click.
        person: whose link it is: role, function, address, language.
        meeting_at: local start of the meeting that is answered.
        sequence: the last revision of that meeting.
        known: what is recorded already, in words; None when nothing is.
    """

    claim: Claim
    dossier: Dossier
    s: Situation
    person: Recipient
    item: Item
    meeting_at: datetime | None = None
    sequence: int = 0
    known: Text | None = None

    @property
    def party(self) -> str:
        """The party for which the person speaks."""
        return self.s.convention.roles[self.person.role].party


def clicked(dossier: Dossier, claim: Claim, key: LinkKey, now: datetime) -> Clicked:
    """Return a link as it stands at an aware instant.

    Raises:
        LinkClosedError: it expired, its function has another holder, what it is about has moved or fallen.
    """
    s = situation_at(dossier, tuple(dossier.facts), now)
    person = next(
        (p for p in _people(s, claim, dossier) if claim.is_for(key, p.role, p.address)),
        None,
    )
    expired = claim.expires_at <= now
    if person is None:
        raise _expired(s, claim) if expired else LinkClosedError("other-holder", _OTHER_HOLDER)
    item = next((i for i in agenda_or_refusal(s).items if claim.is_about(i.key)), None)
    refused = None if item is None or item.kind != "signature" else _refused(s, item)
    if item is None or (item.state in (State.CANCELLED, State.NOT_DUE) and refused is None):
        raise (_expired(s, claim, person.language) if expired else LinkClosedError("gone", _GONE, person.language))
    if claim.act in ANSWERS:
        found = _to_meeting(dossier, claim, s, person, item)
    else:
        where = _where_it_stands(s, claim, person, item) if claim.act in WHERE_IT_STANDS else None
        found = Clicked(claim, dossier, s, person, item, known=refused or _done(s, item) or where)
    if expired:  # said last: that a meeting has moved is better to know
        raise _expired(s, claim, person.language)
    return found


def last_day(s: Situation, claim: Claim) -> date:
    """Return the last local day of a link: that of the meeting, or for a duty the last whole one."""
    if claim.act in ANSWERS or (claim.act in OF_A_DAY and claim.expires_at.astimezone(UTC).time() != time.min):
        return claim.expires_at.astimezone(s.zone).date()
    return (claim.expires_at - timedelta(days=1)).astimezone(s.zone).date()


def _expired(s: Situation, claim: Claim, language: str = "fr") -> LinkClosedError:
    day = last_day(s, claim)
    text = both(f"Ce lien n’était valable que jusqu’au {fr(day)}.", f"This link was valid only until {en(day)}.")
    return LinkClosedError("expired", text, language)


def _people(s: Situation, claim: Claim, dossier: Dossier) -> Iterator[Recipient]:
    """Whoever may hold a link: the holders of the roles and their substitutes, today and on the day of the meeting."""
    met = [m.meeting for m in dossier.outbox if m.meeting is not None and claim.is_about(m.meeting.item)]
    days: list[date] = [s.today, *(meeting.starts_at.astimezone(s.zone).date() for meeting in met)]
    for day in dict.fromkeys(days):
        for role in s.convention.roles:
            yield recipient(s, role, day)
            yield holder(s, role, day)


def _to_meeting(dossier: Dossier, claim: Claim, s: Situation, person: Recipient, item: Item) -> Clicked:
    fixed = arrangement(s, item.key)
    if fixed is None:
        raise LinkClosedError(
            "cancelled",
            both("Cette rencontre a été annulée.", "This meeting has been cancelled."),
            person.language,
        )
    sent = [m.meeting for m in dossier.outbox if m.meeting is not None and m.meeting.item == item.key]
    asked = {m.starts_at for m in sent if m.sequence == claim.sequence and m.method == "REQUEST"}
    if fixed.starts_at not in asked:
        start, day = fixed.starts_at, fixed.starts_at.date()
        raise LinkClosedError(
            "moved",
            both(
                f"Cette rencontre a changé de date depuis ce courriel : elle est maintenant fixée au {fr(day)} à "
                f"{hour(start)}. Répondez par les liens de l’invitation qui porte cette date.",
                f"This meeting has moved since that mail: it is now on {en(day)} at {hour(start, 'en')}. Answer with "
                "the links of the invitation that gives this date.",
            ),
            person.language,
        )
    guest = next((g for g in guests(s, item.key) if g.address.casefold() == person.address.casefold()), None)
    if guest is None:
        raise LinkClosedError(
            "not-invited",
            both(
                "Vous n’êtes plus attendu à cette rencontre : la liste des participants a changé.",
                "You are no longer expected at this meeting: the list of those invited has changed.",
            ),
            person.language,
        )
    last = max(m.sequence for m in sent)
    return Clicked(claim, dossier, s, guest, item, fixed.starts_at, last, _answered(s, item, guest))


def _answered(s: Situation, item: Item, guest: Recipient) -> Text | None:
    found = next((a for a in answers_for(s, item.key) if a.address == guest.address), None)
    return None if found is None or found.answer == "none" or found.to_reconfirm else found.says


def _refused(s: Situation, item: Item) -> Text | None:
    """The refusal of the party that was asked to sign: it stops the paper, and its own links still say so."""
    found = s.circulation.refusal_of(item.owed_by)
    if found is None:
        return None
    return both(
        f"refus de signer, le {fr(found.on)} (« {found.reason} »)",
        f"refusal to sign, on {en(found.on)} (“{found.reason}”)",
    )


def _done(s: Situation, item: Item) -> Text | None:
    if item.state is not State.DONE or item.done_on is None:
        return None
    at = next((x.at for _, x in reversed(s.of(DutyDone)) if x.item == item.key), None)
    if at is not None:
        zone = s.calendar.time_zone
        return both(f"fait le {moment(at, zone)}", f"done on {moment(at, zone, 'en')}")
    return both(f"fait le {fr(item.done_on)}", f"done on {en(item.done_on)}")


def _where_it_stands(s: Situation, claim: Claim, person: Recipient, item: Item) -> Text | None:
    """What the party of whoever opens the link said last: a problem for a link that tells of one, else what silences."""
    found = last_said(s, item, person.role, "problem" if claim.act == "problem" else "seen")
    if found is None:
        return None
    said, note = said_in_words(found), f" (« {found.note} »)" if found.note else ""
    note_en = f" (“{found.note}”)" if found.note else ""
    return both(f"{said.fr}, dit le {fr(found.on)}{note}", f"{said.en}, said on {en(found.on)}{note_en}")


def is_settled(link: Clicked) -> bool:
    """Whether what a link says is recorded already, so that it has nothing to ask."""
    act = link.claim.act
    if act in ANSWERS:
        last = last_answer(link)
        return last is not None and act != "other-date" and last.answer == _WORDS_OF[act]
    if act not in WHERE_IT_STANDS or link.item.state is State.DONE:
        return link.known is not None
    last_seen = last_said(link.s, link.item, link.person.role, "seen")
    return act == "seen" and last_seen is not None and last_seen.answer == "seen"


def last_answer(link: Clicked) -> InvitationAnswered | None:
    """Return what the guest last answered to the date now fixed, None when it answered nothing to it."""
    if link.meeting_at is None:
        return None
    answer = next((a for a in answers_for(link.s, link.item.key) if a.address == link.person.address), None)
    if answer is None or answer.answer == "none" or answer.to_reconfirm or answer.declared:
        return None
    record = next(r for r in link.s.records if r.id == answer.fact)
    return record.fact if isinstance(record.fact, InvitationAnswered) else None
