"""The one front door for facts: all that is recorded passes here, accepted or refused at once, with why."""

from domain.door.help import FieldHelp, KindHelp
from domain.door.keeping import (
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
from domain.door.kinds import KINDS
from domain.door.parsing import parse_fact, whole_number
from domain.door.refusal import Refusal
from domain.door.start import check_start
from domain.door.whole import check_terms, check_version, check_withdrawal

__all__ = [
    "KINDS",
    "FieldHelp",
    "KindHelp",
    "Refusal",
    "admit",
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
