"""Does what a payment needs hang together with the rest of the convention?"""

import re
from collections.abc import Iterator
from datetime import date

from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.duties import AnnualWindow, Duty, EventDuty
from echeancier.domain.terms.money import Payment
from echeancier.domain.terms.owing import EACH
from echeancier.domain.terms.when import AfterClose, PeriodDay, YearlyDay

_YEAR = 12


def needs_of_payments(c: Convention, first_end: tuple[date | None, date]) -> Iterator[str]:
    """Yield what is wrong in the needs of the payments, each as a French sentence that says what would be right.

    Args:
        c: the convention.
        first_end: its first end where that is known, and its first day.
    """
    needs: dict[str, tuple[str, ...]] = {}
    for payment in c.payment:
        for one in payment.sums:
            needs[f"{payment.id}/{one.name}"] = tuple(f"{need}/" for need in one.falling.needs)
        wanted = dict.fromkeys(need for one in payment.fallings for need in one.needs)
        yield from (
            f"« {payment.id} » : needs = « {need} » {why}"
            for need in wanted
            if (why := _refused(c, need) or _never(c, need, first_end))
        )
    yield from _in_a_circle(needs)
    for payment in c.payment:
        yield from _of_each_year(c, payment)
        yield from _years_out_of_the_term(c, payment, first_end)
        yield from _repays(c, payment)


def _of_each_year(c: Convention, payment: Payment) -> Iterator[str]:
    """What is needed each year comes each year itself, by the same years."""
    if payment.unit_amount is not None and payment.owed_by == EACH:
        yield (
            f"« {payment.id} » : dû par chacune (each), son décompte ne serait pas le même : un paiement pour chaque partie"
        )
    if payment.yearly is None:
        return
    owed = {one.id: one for one in c.owed}
    for need in dict.fromkeys(need for one in payment.fallings for need in one.needs):
        series, *time = need.split("/")
        if time or (series in owed and not _comes_each_year(owed[series], payment.yearly)):
            yield (
                f"« {payment.id} » : needs = « {need} » : ce qui revient chaque année attend ce qui revient chaque année aussi ; "
                'écrire le devoir par when = { on = "03-31" } ou { after_close }, et le nommer sans année'
            )


def _comes_each_year(one: object, years: str) -> bool:
    if isinstance(one, Payment):
        return one.yearly == years and not one.instalments
    if not isinstance(one, Duty):
        return False
    if years == "contract":
        return isinstance(one.when, PeriodDay) and one.when.every_months == _YEAR and one.when.year == "contract"
    return isinstance(one.when, AfterClose) or (isinstance(one.when, YearlyDay) and len(one.when.on) == 1)


def _years_out_of_the_term(c: Convention, payment: Payment, first_end: tuple[date | None, date]) -> Iterator[str]:
    """An amount of a year that the convention does not cover is a slip."""
    last, begins = first_end
    if c.effect.on is None or not payment.amounts:
        return
    if payment.ranked:
        months = (
            0
            if last is None
            else (last.year - begins.year) * _YEAR + last.month - begins.month + (last.day >= begins.day)
        )
        first, latest = 1, None if last is None else -(-months // _YEAR)
    else:
        first, latest = begins.year, None if last is None else last.year
    latest = latest if c.renewal.how == "none" else None
    for year in (one.year for one in payment.amounts):
        if year < first or (latest is not None and year > latest):
            until = "" if latest is None else f" à {latest}"
            yield (
                f"« {payment.id} » : amounts donne {year}, que la convention ne couvre pas : une année de {first}{until} serait "
                "acceptée"
            )


def _repays(c: Convention, payment: Payment) -> Iterator[str]:
    """What is paid back was paid: by the other side, with an end that a clause may bring."""
    if payment.repays is None:
        return
    of = next((one for one in c.payment if one.id == payment.repays), None)
    if of is None:
        known = ", ".join(one.id for one in c.payment if one.id != payment.id) or "aucun"
        yield f"« {payment.id} » : repays = « {payment.repays} » n’est pas un paiement du fichier (au choix : {known})"
    elif payment.owed_by == of.owed_by:
        yield (
            f"« {payment.id} » : ce que {of.owed_by} a versé (« {of.id} ») ne se rembourse pas par {payment.owed_by} : vérifier "
            "owed_by"
        )
    elif payment.prorata and (of.when is not None or of.yearly is not None or EACH in (of.owed_by, payment.owed_by)):
        yield (
            f"« {payment.id} » : prorata partage ce qui est versé pour toute la durée ; « {of.id} » revient ou est dû par "
            "chacune : dire le montant à rembourser par un fait (amount-set), sans prorata"
        )


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
    again = isinstance(owed, Duty | AnnualWindow) or (isinstance(owed, Payment) and len(owed.sums) > 1)
    if len(time) == 1 + again and time[-1] in c.parties:
        return None
    return f"est dû par chacune (each) : dire laquelle, comme « {series}{'/2027' if again else ''}/{next(iter(c.parties))} »"


def _never(c: Convention, need: str, first_end: tuple[date | None, date]) -> str | None:
    """Return why a time of a duty that a payment needs can never come, None where it can or nothing tells."""
    series, *time = need.split("/")
    duty = next((one for one in c.duty if one.id == series), None)
    if duty is None or not time or c.effect.on is None:
        return None
    last, begins = first_end
    yearly = isinstance(duty.when, YearlyDay)
    year = re.match(r"[0-9]{4}(?![0-9])", time[0])
    if year is None:
        wanted = f"« {series}/{begins.year} »"
        return f"ne nomme aucune fois : « {series} » revient par année, écrire {wanted}" if yearly else None
    latest = (
        None if last is None or c.renewal.how != "none" else last.year + (not yearly)
    )  # an exercise may close later
    if int(year[0]) < begins.year or (latest is not None and int(year[0]) > latest):
        until = "" if last is None or latest is None else f" à {last.year}"
        return f"nomme une fois que la convention ne couvre pas : une année de {begins.year}{until} serait acceptée"
    return None


def _in_a_circle(needs: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield each sum that waits, directly or not, to be paid itself; a need may name a payment or one of its sums."""
    for name in needs:
        seen: set[str] = set()
        left = [name]
        while left:
            for need in needs[left.pop()]:
                waits = {one for one in needs if f"{one}/".startswith(need) or need.startswith(f"{one}/")} - seen
                seen |= waits
                left += waits
        if name in seen:
            yield f"« {name.rstrip('/')} » : ce paiement attend, par needs, d’être lui-même payé : ôter l’un des deux"
