"""Why somebody could not sign in: said to the person, and to the log without anything personal."""

from typing import Final

from echeancier.domain.errors import EcheancierError


class LoginError(EcheancierError):
    """A sign-in that did not succeed.

    Attributes:
        motive: a key of `desk.sign_in.words.MOTIVES`.
        detail: for whoever keeps the server: what failed, never whom it failed for.
        path: the local page that was asked for first.
    """

    motive: str = "unverified"

    def __init__(self, detail: str) -> None:
        self.detail, self.path = detail, "/"
        super().__init__(detail)


class ProviderUnreachableError(LoginError):
    """The provider does not answer, or answers that it is broken."""

    motive = "unreachable"


class ProviderMisconfiguredError(LoginError):
    """The provider and our settings do not agree: trying again will not help."""

    motive = "misconfigured"


class ClockSkewError(LoginError):
    """The provider's clock and ours differ by more than what is allowed."""

    motive = "clock"


class TokenRefusedError(LoginError):
    """What the provider sent could not be verified."""

    motive = "unverified"


class LoginCancelledError(LoginError):
    """The person said no at the provider's, or closed it."""

    motive = "cancelled"


class LoginStaleError(LoginError):
    """This way in was opened too long ago, in another browser, or served already."""

    motive = "stale"


class EmailUnverifiedError(LoginError):
    """The provider does not vouch for the person's address."""

    motive = "email"


class UnknownPersonError(LoginError):
    """Nobody gave this person a role."""

    motive = "unknown"


CANCELLED: Final = frozenset({"access_denied", "login_required", "interaction_required", "consent_required"})
"""Errors of RFC 6749 and OpenID Connect Core that come from the person, not from a fault."""
