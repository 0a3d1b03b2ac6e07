"""The certificate of each destruction, given, asked for, chased and kept.

And the litigation that holds a destruction back.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from echeancier.domain.agenda.ending import ending
from echeancier.domain.agenda.events import on_event
from echeancier.domain.agenda.items import Item, Question, ReadingShown, State, Warning
from echeancier.domain.agenda.procedure import Found, opening, roles_of, state_of
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.proof import POLICY, Proof, given, note, plus, without_words, worked
from echeancier.domain.dates.proof import months as in_months
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.litigation import LitigationOpened
from echeancier.domain.facts.personal_data import CertificateReceived, HoldReviewed
from echeancier.domain.model import Text
from echeancier.domain.standing.litigation import DESTROY, KEEP, QUESTION, last_looked_at, opened_on
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Clause
from echeancier.domain.terms.owing import TOGETHER

HEAD = "certificate"
"""The series of certificates; the occurrence is the key of the destruction."""

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


TO_HAND_OVER: Final = Text(fr="Attestation de destruction à remettre", en="Certificate of destruction to hand over")
TO_OBTAIN: Final = Text(fr="Attestation de destruction à obtenir", en="Certificate of destruction to obtain")
"""How the title of a certificate begins, for the side that owes it and for the one that waits for it."""


def read_by(title: Text, *, owes: bool) -> Text:
    """Return the title of a certificate as either side reads it; any other title as it is."""
    head, other = (TO_HAND_OVER, TO_OBTAIN) if owes else (TO_OBTAIN, TO_HAND_OVER)
    return Text(fr=title.fr.replace(other.fr, head.fr, 1), en=title.en.replace(other.en, head.en, 1))


def _certificate(s: Situation, of: Item) -> Item:
    attested = received(s, of.key)
    start = _start(s, of)
    safe = s.calendar.next_workable(start + timedelta(days=s.policy.certificate_days)) if start else None
    done = attested.on if attested else None
    ours = of.owed_by == s.convention.us
    state = state_of(s, opens_on=start, last_day=safe, done_on=done)
    if of.state is State.SUSPENDED and done is None:
        state = State.SUSPENDED
    to = of.owed_to if of.owed_to not in (*TOGETHER, of.owed_by) else s.convention.facing if ours else s.convention.us
    head = TO_HAND_OVER if ours else TO_OBTAIN
    title = Text(fr=f"{head.fr} : {of.title.fr}", en=f"{head.en}: {of.title.en}")
    return Item(
        series=HEAD, occurrence=of.key, event=of.event, settled_by="certificate-received", holds_open=True,
        kind="certificate", title=title, clause=of.clause, owed_by=of.owed_by, owed_to=to,
        opens_on=start, safe_day=safe, anchor=start, rule="certificate_policy", proof=_to_certify(s, of, start, attested),
        certainty=Certainty.POLICY, state=state, done_on=done,
        responsible=_asks(s, of, ours=ours), informed=(s.convention.coordinator,),
    )  # fmt: skip


def _asks(s: Situation, of: Item, *, ours: bool) -> tuple[str, ...]:
    """Ours is given by whoever destroyed; of the others no clause asks for one: it is for us to ask, they are not chased."""
    return (of.responsible or roles_of(s, of.owed_by, ())) if ours else (s.convention.coordinator,)


def _start(s: Situation, of: Item) -> date | None:
    """Ours is given once we destroyed; theirs is asked for from then on, or once their last day is over."""
    if of.done_on is not None:
        return of.done_on
    if of.owed_by == s.convention.us or of.legal_last_day is None or of.state is not State.LATE:
        return None
    return of.legal_last_day


def _to_certify(s: Situation, of: Item, start: date | None, attested: CertificateReceived | None) -> Proof:
    said: Proof = () if attested is None else _attested(attested)
    if start is None:
        return said or (note("attend la destruction"),)
    what = "détruit" if of.done_on is not None else "dernier jour pour détruire"
    last = start + timedelta(days=s.policy.certificate_days)
    sums: Proof = (
        given(start, of.key, f"{what} le {{}}"),
        plus(start, Delay(days=s.policy.certificate_days), POLICY, last, " + {o1}"),
        worked("next_workable", last, s.calendar.next_workable(last)),
    )
    return (*said, *without_words(sums)) if said else sums


def _attested(certificate: CertificateReceived) -> Proof:
    on = given(certificate.on, "certificate", "attestation du {}")
    return (on, note(f", gardée sous « {certificate.document} »")) if certificate.document else (on,)


_OPENS = 30


def litigation(s: Situation) -> Found:
    """Yield, while a litigation runs, its next review, what it suspends, and a question where the text is silent."""
    reviews = [*_reviewed(s), *([_review(s, last_looked_at(s), None)] if s.in_litigation else [])]
    yield from _each_its_name(reviews)
    if not s.in_litigation:
        return
    silent = _silent(s)
    if silent is not None:
        yield _question(s, silent)
    yield Warning(
        id="litigation-hold",
        text=Text(
            fr=f"Un contentieux, ouvert le {figures(opened_on(s))}, suspend la destruction des données.",
            en=f"A litigation, opened on {opened_on(s)}, suspends the destruction of data.",
        ),
        permanent=True,
    )


def _silent(s: Situation) -> tuple[str, ...] | None:
    """The clause of the first destruction that says nothing of a litigation."""
    at_the_end = [d.clauses for d in s.convention.end_duty if d.kind == "destruction" and not d.unless_litigation]
    each_time = [d.clauses for d in s.convention.event_duty if d.kind == "destruction"]
    return next(iter((*at_the_end, *each_time)), None)


def _clause(s: Situation) -> Clause:
    found = next((d.clauses for d in s.convention.end_duty if d.kind == "destruction"), None)
    return s.clause(found or s.convention.term.clauses)


def _each_its_name(reviews: list[Item]) -> Iterator[Item]:
    """Reviews that fall due in one year, told apart by their place in it: the first keeps the name of the year."""
    met: Counter[str] = Counter()
    for review in reviews:
        met[review.occurrence] += 1
        place = met[review.occurrence]
        yield review if place == 1 else review.model_copy(update={"occurrence": f"{review.occurrence}-{place}"})


def _reviewed(s: Situation) -> Iterator[Item]:
    """Every review that was held: each is the one that was due a year after the one before."""
    opened = [fact.on for _, fact in s.of(LitigationOpened)]
    looked = [x.on for _, x in s.of(HoldReviewed)]
    for day in looked:
        before = max((d for d in (*opened, *looked) if d < day), default=day)
        yield _review(s, before, day)


def _review(s: Situation, seen: date, done: date | None) -> Item:
    """A review, a year after ``seen``, the day the litigation began or was last looked at."""
    months, opened = (
        s.policy.litigation_review_months,
        max((fact.on for _, fact in s.of(LitigationOpened)), default=seen),
    )
    due = add_months(seen, months)
    review = s.calendar.prev_workable(due)
    since: Proof = (given(opened, "litigation", "contentieux ouvert le {}"),)
    if seen != opened:
        since = *since, given(seen, "litigation", ", revu le {}" if seen > opened else "")
    opens = opening(review, _OPENS)
    return Item(
        series="litigation-review", occurrence=str(review.year), kind="review", settled_by="hold-reviewed",
        title=Text(
            fr="Contentieux en cours : revoir la suspension de la destruction",
            en="Litigation: review the hold on destruction",
        ),
        clause=_clause(s), owed_by=s.convention.us, owed_to=s.convention.us, opens_on=opens, safe_day=review, anchor=seen,
        rule="litigation_review_policy", proof=(
            *since, in_months(seen, months, POLICY, due, " + {o1} mois"), worked("prev_workable", due, review)
        ), certainty=Certainty.POLICY,
        state=state_of(s, opens_on=opens, last_day=review, done_on=done), done_on=done,
        responsible=(s.convention.coordinator,),
    )  # fmt: skip


def _question(s: Situation, clauses: tuple[str, ...]) -> Question:
    answer = s.answer(QUESTION)
    return Question(
        id=QUESTION, kind="contested", answer="reading", ask=s.convention.coordinator,
        about=Text(
            fr="Un contentieux est ouvert et la clause de destruction n’en dit rien : faut-il garder ce qui sert au juge ?",
            en="A litigation is open and the clause on destruction is silent: must the data needed in court be kept?",
        ),
        readings=(
            ReadingShown(
                id=KEEP, says=Text(fr="les garder jusqu’à sa fin", en="keep them until it is over"),
                changes=Text(
                    fr="la destruction attend (RGPD, art. 17, par. 3, e), et l’attente est revue chaque année",
                    en="destruction waits (GDPR, art. 17.3 e), and the wait is reviewed every year",
                ),
            ),
            ReadingShown(
                id=DESTROY, says=Text(fr="les détruire au jour de la clause", en="destroy them on the day of the clause"),
                changes=Text(fr="chaque destruction reprend son jour", en="each destruction gets its day back"),
            ),
        ),
        prudent=KEEP, clause=s.clause(clauses), answered=answer.reading if answer else None,
    )  # fmt: skip
