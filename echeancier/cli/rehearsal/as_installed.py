"""What a rehearsal lives by: the settings of an installation where nothing is set."""

from typing import Final

from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.terms.policy import DEFAULT_POLICY

HOURS: Final = DigestHours()
"""When digests leave."""

AS_INSTALLED: Final = DEFAULT_POLICY.model_copy(
    update={"one_mail_a_day": True, "gather_minutes": 0, "digest_ours": HOURS.ours}
)
"""Its lead times; its mail of the day waits for nobody else's conventions."""
