"""Our own choices, no law behind them: how early we speak, when we send, how long a file stays open."""

import hashlib
from datetime import time
from typing import Final, Literal

from pydantic import Field

from echeancier.domain.model import Frozen
from echeancier.domain.terms.fields import DigestEvery
from echeancier.domain.terms.item_kinds import ITEM_KINDS, Leads, Stake

Stage = Literal["notice", "reminder", "last-call", "overdue", "escalation"]
"""The five times a deadline is spoken of, in their order."""

STAGES: tuple[Stage, ...] = ("notice", "reminder", "last-call", "overdue", "escalation")

Asking = Literal["held", "held-again"]
"""The two times an arranged meeting is asked about once its day is over: was it held?"""

AFTER_A_MEETING: tuple[Asking, ...] = ("held", "held-again")

RANKS: dict[str, int] = {stage: rank for calls in (STAGES, AFTER_A_MEETING) for rank, stage in enumerate(calls)}
"""Place of each stage among its own calls."""


_LEADS: Final = {
    "default": Leads(notice=30, reminder=10, last_call=2),
    **{name: kind.leads for name, kind in ITEM_KINDS.items() if kind.leads is not None},
}


class Policy(Frozen):
    """Every parameter that is ours to choose.

    Attributes:
        leads: per kind of item; ``default`` serves the others.
        stakes: what is at stake with a kind of item, where the installation does not take it as `item_kinds` says.
        escalate_after: working days after the last day (overdue is the first working day after it).
        held_asked_after: an arranged meeting is asked about that many working days after it.
        held_again_after: and once more, that many working days after the first time.
        send_from, send_until: local hours in which mail leaves, on open days only.
        morning_until: local hour until which what becomes known may still be part of the day's mail.
        recourse_margin_days: a recourse is *presumed* over only this many days after its last day.
        transmission_days: to publish and transmit an act after the vote.
        signature_days: for each signatory to sign, once the act is executory.
        signature_again_days: after its escalation, a missing signature is asked for again that often.
        signature_expiry_days: to gather all signatures where the coordinator set no day; then it came to nothing.
        publicity_days: to publish the notice of the signature.
        question_every_days: how often an unanswered question is put again.
        question_up_after_days: a question on which the end hangs is put to the manager too, that long after the first time.
        formal_notice_after_days: after a letter that asked in vain, a formal notice is prepared that many days later.
        missed_alert_days: how long a missed meeting is an alert, unless a later one of its series is held.
        opening_months: how far ahead the first message to a person looks.
        end_is_near_months: how long before the end those hear of it who only have duties of the end.
        meeting_lead_days: a meeting is proposed at least that far ahead.
        meeting_margin_days: and that long before the last safe day of its period, where the period allows.
        nudge_days: days before a meeting at which silent guests are asked again; 0 for never.
        hours_between: hours between two calls on the last day of a delay in hours.
        incident_report_days: to close the record of an incident once it is found.
        certificate_days: to hand over the certificate of a destruction.
        litigation_review_months: how often a litigation hold is reviewed.
        close_without_days: how late something may keep a finished file open before closing without it is asked about.
        seldom_days: an unanswered question, and what keeps a finished file open, come back at least that often.
        retention_months: how long the file stays open after its last duty.
        digest_ours: how often our own people read a digest, where neither their role nor their convention says so.
        digest_weekday: on which day of the week it leaves, Monday being 0.
        one_mail_a_day: what is no message of its own waits for its reader's mail of the day; else each leaves as it comes.
        gather_minutes: how long the mail of the day waits, once it is asked for, for what other conventions have to say.
        sending_stopped: the emergency stop: what would leave is held, and leaves in the first office hours without it.
        purge_notice_days: how long after its closing a file is purged, once that is confirmed.
        pointless_notice_days: a notice that ends the convention closer than that to its natural end is no deadline.
    """

    leads: dict[str, Leads] = Field(default_factory=lambda: dict(_LEADS))
    stakes: dict[str, Stake] = Field(default_factory=dict)
    escalate_after: int = 5
    held_asked_after: int = Field(default=2, ge=1)
    held_again_after: int = Field(default=10, ge=1)
    send_from: time = time(8, 30)
    send_until: time = time(18, 0)
    morning_until: time = time(10, 0)
    recourse_margin_days: int = 10
    transmission_days: int = 7
    signature_days: int = 14
    signature_again_days: int = Field(default=14, ge=1)
    signature_expiry_days: int = Field(default=90, ge=1)
    publicity_days: int = 15
    question_every_days: int = 30
    question_up_after_days: int = Field(default=30, ge=1)
    formal_notice_after_days: int = Field(default=15, ge=1)
    missed_alert_days: int = Field(default=60, ge=0)
    opening_months: int = Field(default=12, ge=1)
    end_is_near_months: int = Field(default=6, ge=1)
    meeting_lead_days: int = 15
    meeting_margin_days: int = 14
    nudge_days: int = 0
    hours_between: int = Field(default=4, ge=1, le=12)
    incident_report_days: int = Field(default=30, ge=1)
    certificate_days: int = Field(default=15, ge=1)
    litigation_review_months: int = 12
    close_without_days: int = Field(default=180, ge=1)
    seldom_days: int = Field(default=365, ge=1)
    retention_months: int = 1
    digest_ours: DigestEvery = "none"
    digest_weekday: int = Field(default=0, ge=0, le=4)
    one_mail_a_day: bool = False
    gather_minutes: int = Field(default=5, ge=0)
    sending_stopped: bool = False
    purge_notice_days: int = Field(default=30, ge=0)
    pointless_notice_days: int = Field(default=31, ge=1)

    def leads_for(self, kind: str) -> Leads:
        """Return the lead times of a kind of item."""
        return self.leads.get(kind, self.leads["default"])

    def stake_of(self, kind: str) -> Stake:
        """Return what is at stake with a kind of item."""
        return self.stakes.get(kind, ITEM_KINDS[kind].stake)

    def fingerprint(self) -> str:
        """Return a short mark that changes when any parameter does."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


DEFAULT_POLICY = Policy()
