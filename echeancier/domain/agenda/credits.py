"""« Sous réserve du vote annuel des crédits » : a sum is to be confirmed until the credits of its year are recorded as voted.

No vote to come is ever dated: that of the current year is asked for once the day by which a local authority votes its budget
has come.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from echeancier.domain.agenda.items import SETTLED, Item, Question, State
from echeancier.domain.agenda.procedure import side_name
from echeancier.domain.dates.proof import Proof, given, note
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text
from echeancier.domain.standing.credits import Vote, refusal_of, vote_asked, vote_of
from echeancier.domain.standing.money import sums_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.money import CREDITS_VOTED, Payment

_BUDGET: Final = (4, 15)
"""Month and day by which a local authority votes its budget; 30 April where its assembly is renewed (CGCT, art. L.1612-2)."""


def if_voted(s: Situation, payment: Payment, item: Item) -> Item:
    """Return a sum that hangs on a vote, with what is known of that vote; what is paid or cancelled as it is."""
    year = _year(payment, item)
    if not payment.hangs_on_vote or year is None or item.state in SETTLED:
        return item
    refused = refusal_of(s, item.owed_by, year)
    if refused is not None and (payment.subject_to_vote or _starts_with_vote(s, payment, item)):
        return _refused(item, refused, year)
    if not payment.subject_to_vote:
        return item
    vote = vote_of(s, item.owed_by, year)
    if vote is not None:
        return _voted(item, vote, year)
    waits = Text(
        fr=f"à confirmer : sous réserve du vote des crédits de {year}",
        en=f"to be confirmed: if the credits of {year} are voted",
    )
    known = item.standing
    both = waits if known is None else Text(fr=f"{known.fr} ; {waits.fr}", en=f"{known.en}; {waits.en}")
    sure = item.certainty if item.certainty is Certainty.POLICY else Certainty.CONTESTED
    return item.model_copy(update={"proof": (*item.proof, note(f" ; {waits.fr}")), "certainty": sure, "standing": both})


def _starts_with_vote(s: Situation, payment: Payment, item: Item) -> bool:
    return any(one.name == item.occurrence and one.falling.starts == CREDITS_VOTED for one in sums_of(s, payment))


def _refused(item: Item, refused: Vote, year: int) -> Item:
    """Nothing is due of a year whose credits were refused, whatever its day; what was paid stays paid."""
    said = Text(
        fr=f"crédits de {year} refusés le {figures(refused.on)} : rien n’est dû de cette année",
        en=f"credits of {year} refused on {refused.on}: nothing is due of that year",
    )
    why = given(refused.on, refused.source, f" ; crédits de {year} refusés le {{}} : rien n’est dû de cette année")
    return item.model_copy(
        update={"proof": (*item.proof, why), "state": State.CANCELLED, "standing": said, "certainty": Certainty.CERTAIN}
    )


def _voted(item: Item, vote: Vote, year: int) -> Item:
    """Owed for certain, but for a day that was over before the vote: whether it is put off, the text does not say."""
    said: Proof = (given(vote.on, vote.source, f" ; crédits de {year} votés le {{}}"),)
    due = item.legal_last_day
    if due is None or vote.on <= due:
        return item.model_copy(update={"proof": (*item.proof, *said)})
    after = note(", après ce jour : le texte ne dit pas s’il recule")
    return item.model_copy(update={"proof": (*item.proof, *said, after), "certainty": Certainty.CONTESTED})


def _year(payment: Payment, item: Item) -> int | None:
    """The civil year whose credits pay a sum: its own where it comes back by civil years, else that of its day."""
    if payment.yearly == "civil":
        return None if item.covers is None else item.covers[0].year
    day = item.legal_last_day or item.safe_day
    return None if day is None else day.year


def votes_asked(s: Situation, items: Iterable[Item]) -> Iterator[Question]:
    """Yield one question for each payer and year whose vote is awaited for a sum still to be paid, once its day came.

    A year that went by without an answer is still asked about. One that was answered is shown with its answer.
    """
    for item, payment, year in _awaited(s, items):
        asked = vote_asked(item.owed_by, year)
        answer = s.answer(asked)
        if answer is None and (vote_of(s, item.owed_by, year) is not None or s.today < _asked_on(s, year)):
            continue
        if answer is None and s.registered_on is not None and year < s.registered_on.year:
            continue  # what was over before it was kept here is not asked about
        yield _question(s, payment, (item.owed_by, year), None if answer is None or answer.day is None else answer.day)


def days_of_asking_votes(s: Situation, items: Iterable[Item]) -> tuple[date, ...]:
    """Return the days, still to come, on which such a question is put."""
    awaited = [(one.owed_by, year) for one, _, year in _awaited(s, items)]
    days = {_asked_on(s, year) for payer, year in awaited if year >= s.today.year and vote_of(s, payer, year) is None}
    return tuple(sorted(day for day in days if day > s.today))


def _asked_on(s: Situation, year: int) -> date:
    return s.calendar.next_workable(date(year, *_BUDGET))


def _awaited(s: Situation, items: Iterable[Item]) -> Iterator[tuple[Item, Payment, int]]:
    """Each payer and year of a vote on which money hangs that is still to be paid, or whose question was answered: once each."""
    voted = {one.id: one for one in s.convention.payment if one.hangs_on_vote}
    seen: set[str] = set()
    for item in items:
        payment = voted.get(item.series)
        year = None if payment is None else _year(payment, item)
        if payment is None or year is None or (asked := vote_asked(item.owed_by, year)) in seen:
            continue
        if item.state not in SETTLED or s.answer(asked) is not None:
            seen.add(asked)
            yield item, payment, year


def _question(s: Situation, payment: Payment, whose: tuple[str, int], answered: date | None) -> Question:
    payer, year = whose
    party = s.convention.parties.get(payer)
    by_law = party is not None and party.is_local_authority
    fr = (
        " Une collectivité vote son budget au plus tard le 15 avril, le 30 l’année où son assemblée est renouvelée (CGCT, art. "
        "L.1612-2) ; à confirmer."
    )  # fmt: skip
    en = (
        " A local authority votes its budget by 15 April, by 30 April in the year its assembly is renewed (CGCT, art. "
        "L.1612-2); to be confirmed."
    )  # fmt: skip
    return Question(
        id=vote_asked(payer, year), kind="blank", answer="date", ask=s.convention.coordinator,
        about=Text(
            fr=f"Crédits de {year} ({side_name(s, payer)}) : quel jour ont-ils été votés ? « {payment.title} » en dépend, et "
            f"aucun vote n’est enregistré.{fr if by_law else ''} S’ils ont été refusés, enregistrer l’événement credits-refused, "
            f"de libellé {year} ; réduits, en plus du vote, le montant arrêté (amount-set).",
            en=f"Credits of {year} ({side_name(s, payer, 'en')}): on which day were they voted? “{payment.title_en}” hangs on "
            f"it, and no vote is recorded.{en if by_law else ''} If they were refused, record the event credits-refused, with "
            f"the label {year}; if they were cut, the amount set (amount-set), beside the vote.",
        ),
        clause=s.clause(payment.clauses),
        answered=None if answered is None else figures(answered),
    )  # fmt: skip
