"""Does what a payment needs hang together with the rest of the convention?"""

from collections.abc import Iterator

from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.duties import AnnualWindow, Duty, EventDuty
from echeancier.domain.terms.owing import EACH


def needs_of_payments(c: Convention) -> Iterator[str]:
    """Yield what is wrong in the needs of the payments, each as a French sentence that says what would be right."""
    for payment in c.payment:
        yield from (
            f"« {payment.id} » : needs = « {need} » {why}" for need in payment.needs if (why := _refused(c, need))
        )
    yield from _in_a_circle({one.id: tuple(need.partition("/")[0] for need in one.needs) for one in c.payment})


def _refused(c: Convention, need: str) -> str | None:
    """Return why nothing could ever be what a payment needs, None where something can."""
    series, *time = need.split("/")
    owed = next((one for one in c.owed if one.id == series), None)
    if owed is None:
        return f"nomme une fois de « {series} », qui n’est pas dans le fichier" if time else None
    if owed.owed_by != EACH:
        return None
    if isinstance(owed, EventDuty):
        return "est dû par chacune (each), à chaque événement : nommer ce qu’une partie doit, ou une pièce à recevoir"
    again = isinstance(owed, Duty | AnnualWindow)
    if len(time) == 1 + again and time[-1] in c.parties:
        return None
    return f"est dû par chacune (each) : dire laquelle, comme « {series}{'/2027' if again else ''}/{next(iter(c.parties))} »"


def _in_a_circle(needs: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for name, wanted in needs.items():
        seen: set[str] = set()
        left = list(wanted)
        while left:
            one = left.pop()
            if one == name:
                yield f"« {name} » : ce paiement attend, par needs, d’être lui-même payé : ôter l’un des deux"
                break
            if one not in seen:
                seen.add(one)
                left += needs.get(one, ())
