"""The one front door for facts: all that is recorded passes here, accepted or refused at once, with why."""

from echeancier.domain.facts.description import FieldHelp, KindHelp
from echeancier.domain.facts.kinds import KINDS
from echeancier.domain.facts.refusal import Refusal
from echeancier.domain.recording.reading import at_the_place, parse_fact, whole_number
from echeancier.domain.recording.record import (
    admit,
    cancel,
    cancellation,
    check_cancel,
    check_correction,
    check_fact,
    correct,
    next_version,
    numbered,
)
from echeancier.domain.recording.registration import check_terms, check_version, check_withdrawal
from echeancier.domain.recording.start import check_start

__all__ = [
    "KINDS",
    "FieldHelp",
    "KindHelp",
    "Refusal",
    "admit",
    "at_the_place",
    "cancel",
    "cancellation",
    "check_cancel",
    "check_correction",
    "check_fact",
    "check_start",
    "check_terms",
    "check_version",
    "check_withdrawal",
    "correct",
    "next_version",
    "numbered",
    "parse_fact",
    "whole_number",
]
