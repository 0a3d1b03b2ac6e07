"""The certificate of each destruction: given by whoever destroyed, asked for, chased and kept."""

from datetime import date, timedelta

from domain.data_facts import CertificateReceived
from domain.items import Certainty, Item, State
from domain.model import Text
from domain.procedures.ending import ending
from domain.procedures.on_event import on_event
from domain.procedures.shape import Found, roles_of, state_of
from domain.situation import Situation
from domain.words import figures

HEAD = "certificate"
"""How the key of a certificate begins; the key of its destruction follows."""

_NOT_TO_CERTIFY = frozenset({State.CANCELLED, State.NOT_DUE, State.PAST})


def certificates(s: Situation) -> Found:
    """Yield one certificate for each destruction of the convention, by an event or by its end."""
    for item in (*on_event(s), *ending(s)):
        if isinstance(item, Item) and item.kind == "destruction" and item.state not in _NOT_TO_CERTIFY:
            yield _certificate(s, item)


def received(s: Situation, destruction: str) -> CertificateReceived | None:
    """Return the certificate of a destruction, None while it is not there."""
    found = [x for _, x in s.of(CertificateReceived) if x.item == destruction]
    return found[-1] if found else None


def _certificate(s: Situation, of: Item) -> Item:
    given = received(s, of.key)
    start = _start(s, of)
    safe = s.calendar.next_workable(start + timedelta(days=s.policy.certificate_days)) if start else None
    done = given.on if given else None
    ours = of.owed_by == s.convention.us
    state = state_of(s, opens_on=start, last_day=safe, done_on=done)
    if of.state is State.SUSPENDED and done is None:
        state = State.SUSPENDED
    to = (
        of.owed_to
        if of.owed_to not in ("both", of.owed_by)
        else s.convention.other
        if ours
        else s.convention.us
    )
    title = Text(
        fr=f"Attestation de destruction à remettre : {of.title.fr}"
        if ours
        else f"Attestation à obtenir : {of.title.fr}",
        en=f"Certificate of destruction to hand over: {of.title.en}"
        if ours
        else f"Certificate to obtain: {of.title.en}",
    )
    return Item(
        key=f"{HEAD}/{of.key}", kind="certificate", title=title, clause=of.clause, owed_by=of.owed_by, owed_to=to,
        opens_on=start, safe_day=safe, anchor=start, rule="certificate_policy", trace=_trace(s, of, start, given),
        certainty=Certainty.POLICY, state=state, done_on=done,
        responsible=of.responsible or roles_of(s, of.owed_by, ()), informed=(s.convention.coordinator,),
    )  # fmt: skip


def _start(s: Situation, of: Item) -> date | None:
    """Ours is given once we destroyed; theirs is asked for from then on, or once their last day is over."""
    if of.done_on is not None:
        return of.done_on
    if of.owed_by == s.convention.us or of.legal_last_day is None or of.state is not State.LATE:
        return None
    return of.legal_last_day


def _trace(s: Situation, of: Item, start: date | None, given: CertificateReceived | None) -> str:
    if given is not None:
        kept = f", gardée sous « {given.document} »" if given.document else ""
        return f"attestation du {figures(given.on)}{kept}"
    if start is None:
        return "attend la destruction"
    what = "détruit" if of.done_on is not None else "dernier jour pour détruire"
    return f"{what} le {figures(start)} + {s.policy.certificate_days} jours"
