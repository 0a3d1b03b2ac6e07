"""From a scenario file to the stage: which addresses the relay refuses."""

from collections.abc import Sequence

from echeancier.adapters.files.scenario_file import RefusedMail
from echeancier.adapters.relay.capture import Answer


def relay_answer(refused: Sequence[RefusedMail]) -> Answer:
    """Return what the relay says of each recipient: a refusal for those of a scenario, as many times as it wants."""
    left = {one.address.casefold(): one for one in refused}
    seen: dict[str, int] = {}

    def answer(address: str) -> str:
        one = left.get(address.casefold())
        if one is None:
            return ""
        seen[one.address] = seen.get(one.address, 0) + 1
        if one.times is not None and seen[one.address] > one.times:
            return ""
        status = "5.1.1 No such mailbox" if one.answer >= 500 else "4.2.1 Mailbox not available now"
        return f"{one.answer} {status}"

    return answer
