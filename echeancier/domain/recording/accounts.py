"""A count of accounts: at the door."""

from echeancier.domain.facts.accounts import AccountsCounted
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.recording.check_context import CheckContext, check


@check
def check_counted(case: CheckContext, fact: AccountsCounted) -> None:
    """Refuse a count of accounts where the text allows none to be counted."""
    if case.convention.account_manager is None:
        raise refusal(
            "cette convention ne limite aucun compte : il faudrait un bloc [account_manager] dans ses termes.",
            "this convention limits no accounts: its terms would need an [account_manager] block.",
        )
    del fact
