"""The search attributes of a convention, typed, in one list.

Values are never encrypted by a payload codec: nothing personal goes here. A namespace on an SQL store
accepts three Datetime attributes and no more (`Datetime01` to `Datetime03` are its columns), and three Bool
ones: all six are taken. Times are UTC instants; a naive datetime is refused by the SDK.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from temporalio.common import SearchAttributeKey

CONVENTION_STATUS: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("ConventionStatus")
"""Where the convention is in its life. Not named `Status`, which list queries would need back-ticked."""

CONVENTION_KIND: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("ConventionKind")
"""Framework convention, annex, amendment..."""

PARTNER: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("Partner")
"""Name of the partner institution, never of a person."""

SERVICE: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("Service")
"""The department that carries the convention."""

END_OF_TERM: SearchAttributeKey[datetime] = SearchAttributeKey.for_datetime("EndOfTerm")
"""Its last day in force; the day until which it binds while it `RenewsItself`."""

NEXT_POSTING_DAY: SearchAttributeKey[datetime] = SearchAttributeKey.for_datetime("NextPostingDay")
"""The next day a notice must be posted."""

NEXT_SAFE_DAY: SearchAttributeKey[datetime] = SearchAttributeKey.for_datetime("NextSafeDay")
"""The next safe day of any agenda item."""

HAS_ALERT: SearchAttributeKey[bool] = SearchAttributeKey.for_bool("HasAlert")
"""True when somebody must look at this convention."""

PLAN_FAILS: SearchAttributeKey[bool] = SearchAttributeKey.for_bool("PlanFails")
"""True while its plan cannot be made."""

RENEWS_ITSELF: SearchAttributeKey[bool] = SearchAttributeKey.for_bool("RenewsItself")
"""True while the convention goes on after its `EndOfTerm` unless somebody writes."""

RULES: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("RulesMark")
"""Mark of the rules the convention was last planned by: a worker with others has it plan again."""

PARENT_REFERENCE: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("ParentReference")
"""Our reference of the convention it hangs from: how a parent registered later finds its annexes."""

FOLLOWS_REFERENCE: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("FollowsReference")
"""Our reference of the convention whose place it takes: how a search finds what follows."""

LAST_INSTANT: SearchAttributeKey[str] = SearchAttributeKey.for_keyword("LastInstant")
"""Where hours run, the instant at which the first of them are over, with the offset of the place: no Datetime is left for it."""

ALL: tuple[SearchAttributeKey[Any], ...] = (
    CONVENTION_STATUS,
    CONVENTION_KIND,
    PARTNER,
    SERVICE,
    END_OF_TERM,
    NEXT_POSTING_DAY,
    NEXT_SAFE_DAY,
    HAS_ALERT,
    PLAN_FAILS,
    RENEWS_ITSELF,
    RULES,
    PARENT_REFERENCE,
    FOLLOWS_REFERENCE,
    LAST_INSTANT,
)
"""Every key a namespace must know before a convention starts in it."""
