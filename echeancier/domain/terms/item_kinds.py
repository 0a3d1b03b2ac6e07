"""The kinds of dated things, each declared once: its name in words, and what is true of every thing of that kind.

A new kind is one entry here (and, where the paper names it, one word in `duties.py`): the agenda, the mails, the letters, the
desk and the report ask the kind, and keep no list of names of their own.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from pydantic import Field

from echeancier.domain.model import Frozen, Text

Family = Literal["", "meetings", "data", "reports", "money", "birth", "renewal", "end"]
"""What it is counted with across conventions; empty: not counted."""

Lane = Literal["act", "signatures", "events", "renewal", "notice", "end"]
"""Where it stands in a report, when no clause of the paper has a lane of its own for it."""


Stake = Literal["hard", "soft"]
"""What is lost when it is not done in time: ``hard``, a right, a proof, money, or a duty of the law; ``soft``, none of these."""

_APART: Final = 3
"""Days between a reminder and the last call; closer than that, the last call is enough."""


class Leads(Frozen):
    """How many calendar days before the safe day each stage speaks; rolled back to a day we work."""

    notice: int = Field(ge=0)
    reminder: int = Field(ge=0)
    last_call: int = Field(ge=0)

    @cached_property
    def calls(self) -> tuple[tuple[Literal["reminder", "last-call"], int], ...]:
        """What follows the notice, with its days; where a reminder would come close to the last call, that one is enough."""
        apart = self.reminder - self.last_call >= _APART
        return (*((("reminder", self.reminder),) if apart else ()), ("last-call", self.last_call))


@dataclass(frozen=True, kw_only=True)
class ItemKind:
    """One kind of dated thing.

    Attributes:
        called: in a word or two.
        leads: how early it is spoken of; None: as most things are.
        stake: whether it is called at every stage, or once and then in the digest (`attention.ways`).
        family: with what it is counted across conventions.
        lane: where it stands in a report.
        is_meeting: people meet: a date is proposed, guests are invited; late, it is missed.
        is_sent: it is received rather than done, where it is counted.
        is_owed: somebody owes it to somebody; not a delay of others, a possibility, a mark of time, our own preparation.
        is_decision: what it asks is to decide.
        has_decision_line: a digest says it among what is to be decided, on the day of the decision.
        told_by_link: who may say by a link that it is there: nobody, whoever owes it, or also whoever waits for it and sees it
            arrive (nobody sees a destruction or a closed access arrive). Steps of our own procedures are recorded by whoever
            runs the convention.
        letter_asks: a letter can ask for it: something to hand over or to do. A meeting missed is not made up for by a letter.
        letter_may_concern: a letter of no fixed subject may be about it.
        of_one_side: one side alone owes it, even where the text binds each: the one to whom it happened.
        precedes_duties: it is asked for before the convention is operational.
        starts_when_open: nobody hears of it before the day it opens.
        matters_once_past: a past one is still worth telling to whoever hears of the convention for the first time.
        counts_to_close: the file stays open some time after it was done.
        told_at_closing: what became of it is told when the file closes.
        has_form: the desk can record on the spot what settles it.
        takes_done: the fact `done` may name it.
        is_signed: what it asks is to sign an act that changes the paper.
        is_rehearsed: diligent people of a rehearsal do it by themselves: nobody there signs, nor reviews a litigation.
        reaches_annexes: what is decided or comes there concerns the annexes too, each by its own clauses.
        evaluates: its clauses are those of the convention's own evaluation.
        in_session_file: in the file that both sides get before a committee, in ours only, or in none: the birth of the convention
            and its last day, which stands at its head, are no duties; what one side prepares for itself stays with it.
    """

    called: Text
    leads: Leads | None = None
    stake: Stake = "hard"
    family: Family = ""
    lane: Lane = "events"
    is_meeting: bool = False
    is_sent: bool = False
    is_owed: bool = True
    is_decision: bool = False
    has_decision_line: bool = False
    told_by_link: Literal["", "debtor", "both"] = ""
    letter_asks: bool = False
    letter_may_concern: bool = True
    of_one_side: bool = False
    precedes_duties: bool = False
    starts_when_open: bool = False
    matters_once_past: bool = True
    counts_to_close: bool = True
    told_at_closing: bool = False
    has_form: bool = True
    takes_done: bool = True
    is_signed: bool = False
    is_rehearsed: bool = True
    reaches_annexes: bool = False
    evaluates: bool = False
    in_session_file: Literal["shared", "ours", ""] = "shared"


def _leads(notice: int, reminder: int, last_call: int) -> Leads:
    return Leads(notice=notice, reminder=reminder, last_call=last_call)


def _called(fr: str, en: str) -> Text:
    return Text(fr=fr, en=en)


ITEM_KINDS: Final[dict[str, ItemKind]] = {
    # What the paper makes somebody do (duties.py).
    "data": ItemKind(
        called=_called("données", "data"), stake="soft", leads=_leads(21, 7, 1),
        family="data", is_sent=True, told_by_link="both",
        letter_asks=True,
    ),
    "meeting": ItemKind(
        called=_called("rencontre", "meeting"), stake="soft", leads=_leads(35, 21, 5),
        family="meetings", is_meeting=True,
    ),
    "committee": ItemKind(
        called=_called("comité", "committee"), stake="soft", leads=_leads(90, 45, 15),
        family="meetings", is_meeting=True, evaluates=True,
    ),
    "session": ItemKind(
        called=_called("session", "session"), stake="soft", leads=_leads(60, 30, 10),
        family="meetings", is_meeting=True,
    ),
    "report": ItemKind(
        called=_called("compte rendu", "report"), stake="soft",
        family="reports", told_by_link="both", letter_asks=True, evaluates=True,
    ),
    "evaluation": ItemKind(
        called=_called("évaluation", "evaluation"), stake="soft", leads=_leads(60, 30, 5),
        family="reports", told_by_link="both", letter_asks=True, evaluates=True,
    ),
    "information": ItemKind(
        called=_called("information", "information"), stake="soft", leads=_leads(21, 7, 1),
        family="data", is_sent=True, told_by_link="both",
        letter_asks=True,
    ),
    "document": ItemKind(
        called=_called("document", "document"), stake="soft",
        family="reports", told_by_link="both", letter_asks=True,
    ),
    "payment": ItemKind(called=_called("paiement", "payment"), family="money", told_by_link="both", letter_asks=True),
    "amendment": ItemKind(called=_called("avenant", "amendment"), family="money", told_by_link="debtor", is_signed=True),
    "survey": ItemKind(
        called=_called("enquête", "survey"), stake="soft",
        family="data", told_by_link="both", letter_asks=True,
    ),
    "certificate": ItemKind(
        called=_called("attestation", "certificate"), family="end", told_by_link="both", letter_asks=True, told_at_closing=True,
    ),
    "statement": ItemKind(
        called=_called("mémoire", "statement"), stake="soft",
        family="reports", told_by_link="both", letter_asks=True,
    ),
    "destruction": ItemKind(
        called=_called("destruction", "destruction"), leads=_leads(45, 15, 3), family="end", lane="end", told_by_link="debtor",
        letter_asks=True, starts_when_open=True, told_at_closing=True,
    ),
    "access-closure": ItemKind(
        called=_called("fermeture d’accès", "closing of accesses"), family="end", lane="end", told_by_link="debtor",
        letter_asks=True, told_at_closing=True,
    ),
    "incident": ItemKind(
        called=_called("incident", "incident"), leads=_leads(2, 1, 0), told_by_link="debtor", of_one_side=True,
        starts_when_open=True,
    ),
    "answer": ItemKind(
        called=_called("réponse", "answer"), leads=_leads(15, 5, 1), told_by_link="both", of_one_side=True,
        starts_when_open=True,
    ),
    "notification": ItemKind(called=_called("notification", "notification"), family="end", told_by_link="both"),
    "suspension": ItemKind(called=_called("suspension", "suspension")),
    "other": ItemKind(called=_called("autre", "other"), stake="soft", told_by_link="both", letter_asks=True),
    # What the procedures add (domain/agenda).
    "act": ItemKind(
        called=_called("acte", "act"), leads=_leads(7, 3, 1), family="birth", lane="act", precedes_duties=True,
        starts_when_open=True, in_session_file="",
    ),
    "recourse": ItemKind(
        called=_called("recours", "challenge"), lane="act", is_owed=False, letter_may_concern=False, matters_once_past=False,
        counts_to_close=False, has_form=False, takes_done=False, in_session_file="ours",
    ),
    "signature": ItemKind(
        called=_called("signature", "signature"), leads=_leads(14, 5, 1), family="birth", lane="signatures",
        precedes_duties=True, starts_when_open=True, takes_done=False, is_rehearsed=False, in_session_file="",
    ),
    "window": ItemKind(
        called=_called("fenêtre de signature", "signing window"), family="birth", lane="signatures", is_owed=False,
        has_form=False, is_signed=True,
    ),
    "renewal": ItemKind(
        called=_called("renouvellement", "renewal"), leads=_leads(45, 15, 3), family="renewal", lane="renewal", is_owed=False,
        is_decision=True, letter_may_concern=False, matters_once_past=False, counts_to_close=False, reaches_annexes=True,
    ),
    "notice": ItemKind(
        called=_called("préavis", "notice"), leads=_leads(90, 30, 7), lane="notice", is_owed=False, has_decision_line=True,
        letter_may_concern=False, matters_once_past=False, counts_to_close=False, has_form=False, takes_done=False,
        reaches_annexes=True, in_session_file="ours",
    ),
    "breach": ItemKind(called=_called("manquement", "breach"), letter_may_concern=False, in_session_file="ours"),
    "dispute": ItemKind(called=_called("différend", "dispute"), in_session_file="ours"),
    "termination": ItemKind(
        called=_called("résiliation", "termination"), lane="notice", is_owed=False, letter_may_concern=False,
        matters_once_past=False, has_form=False, takes_done=False, reaches_annexes=True, in_session_file="ours",
    ),
    "end": ItemKind(
        called=_called("fin", "end"), leads=_leads(180, 60, 15), lane="end", is_owed=False, is_decision=True,
        has_decision_line=True, letter_may_concern=False, matters_once_past=False, takes_done=False, reaches_annexes=True,
        in_session_file="",
    ),
    "review": ItemKind(
        called=_called("réexamen", "review"), lane="end", is_owed=False, has_form=False, takes_done=False, is_rehearsed=False,
    ),
}  # fmt: skip
"""Every kind an item may have."""
