"""What a payment is counted from: a signature, an event, a paper received, the last of all that it needs."""

from dataclasses import dataclass
from datetime import date

from echeancier.domain.agenda.after_the_end import early_end, never, will_not_exist
from echeancier.domain.agenda.procedure import side_name
from echeancier.domain.agenda.questions import day_of
from echeancier.domain.dates.proof import END, Operand, Proof, Step, given, last_of, literally, note
from echeancier.domain.facts import events as e
from echeancier.domain.facts.event_words import event_in_words, event_quoted
from echeancier.domain.model import Text, title_of
from echeancier.domain.standing.credits import vote_of
from echeancier.domain.standing.item_keys import series_of, within_series
from echeancier.domain.standing.money import Needed, Receipt, needed
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.money import CREDITS_VOTED, EARLY_END, LAST_SIGNATURE, Falling, Payment

_A_PAPER = {
    "statement": ("le mémoire", "mémoire reçu le {}"),
    "request": ("la demande de paiement", "demande reçue le {}"),
}


@dataclass(frozen=True)
class Start:
    """What a sum is counted from: its day, None while it is awaited, and how it is known.

    Attributes:
        waits: what it waits for, and who owes it, in words.
        contested: which time of a duty that comes back is meant, the text does not say.
    """

    day: date | None
    proof: Proof
    waits: Text | None = None
    contested: bool = False


def from_a_paper(falling: Falling, receipt: Receipt) -> Start:
    """Return what a sum is counted from that a paper of its creditor starts."""
    _, says = _A_PAPER[falling.starts or ""]
    return Start(receipt.on, (given(receipt.on, receipt.fact, says),))


def start_of(s: Situation, payment: Payment, falling: Falling, year: int | None = None) -> Start:
    """Return what a sum is counted from, or what it waits for and who owes it.

    Args:
        s: the situation.
        payment: what it is one sum of.
        falling: when it falls due.
        year: the one it is of, where it comes back each year.
    """
    if falling.needs:
        return _all_there(s, payment, tuple(needed(s, falling.needs)))
    if falling.starts == LAST_SIGNATURE:
        return _signatures(s, falling)
    if falling.asked_for:
        what, _ = _A_PAPER[falling.starts or ""]
        return Start(None, (note(f"attend {what}"),))
    if falling.starts == CREDITS_VOTED and year is not None:
        return _voted(s, payment, year)
    return _from_an_event(s, falling.starts or "")


def _from_an_event(s: Situation, event: str) -> Start:
    if event in (EARLY_END, e.TERMINATED_FOR_BREACH):
        return _ended_early(s, event)
    recorded = min((x.on for _, x in s.of_event(event)), default=None)  # a sum is paid once: the first time it happens
    day = day_of(s, event) if event in e.OF_THE_CONVENTION else recorded
    if day is None:
        what = event_quoted(s.convention, event)
        return _awaiting(Text(fr=f"attend {what.fr}", en=f"waits for {what.en}"))
    return Start(day, (given(day, event),))


def _awaiting(waits: Text) -> Start:
    """Nothing to count from yet: what is awaited, said on its line and in its proof."""
    return Start(None, (note(waits.fr),), waits)


def _voted(s: Situation, payment: Payment, year: int) -> Start:
    """From the vote of the credits of its year, as recorded: none to come is dated."""
    vote = vote_of(s, payment.owed_by, year)
    if vote is None:
        waits = Text(fr=f"attend le vote des crédits de {year}", en=f"waits for the vote of the credits of {year}")
        return _awaiting(waits)
    return Start(vote.on, (given(vote.on, vote.source, f"crédits de {year} votés le {{}}"),))


def _ended_early(s: Situation, event: str) -> Start:
    """From the last day in force, where something cut it short: anything, or a breach."""
    day = early_end(s) if event == EARLY_END or s.ends_by_breach is not None else None
    if day is None:
        what = "une fin anticipée" if event == EARLY_END else "une résiliation pour faute"
        en = "an early end" if event == EARLY_END else "a termination for breach"
        return _awaiting(Text(fr=f"attend {what}", en=f"waits for {en}"))
    return Start(day, (given(day, END, "fin anticipée, le {}"),))


def _signatures(s: Situation, falling: Falling) -> Start:
    """The later of several signatures: this convention's, and each other document's as recorded."""
    own = s.convention.reference
    signed = {own: s.last_signature}
    signed |= {name: _signed_elsewhere(s, name) for name in falling.documents if name != own}
    missing = [name for name, day in signed.items() if day is None]
    if missing:
        return Start(None, (note(f"attend la dernière des signatures ; à signer encore : {', '.join(missing)}"),))
    days = tuple(Operand(day, name) for name, day in signed.items() if day is not None)
    last = max(day for day in signed.values() if day is not None)
    return Start(last, (Step("last_of", days, last, "dernière des signatures le {}"),))


def _signed_elsewhere(s: Situation, reference: str) -> date | None:
    found = [x.on for _, x in s.of_event(e.DOCUMENT_SIGNED) if x.label.upper() == reference]
    return max(found, default=None)


def _all_there(s: Situation, payment: Payment, things: tuple[Needed, ...]) -> Start:
    """From the last of what it needs; while one is missing, what it waits for and who owes it."""
    missing = tuple(one for one in things if one.on is None)
    there: Proof = tuple(
        given(one.on, one.source, f"« {literally(_called(s, one))} » : le {{}} ; ")
        for one in things
        if one.on is not None
    )
    if missing:
        waits = _awaited(s, payment, missing)
        return _awaiting(waits)
    days = tuple(one.on for one in things if one.on is not None)
    several = any(one.one_of_several for one in things)
    which = (note("la première fois enregistrée, le texte ne dit pas laquelle ; "),) if several else ()
    return Start(max(days), (*there, *which, last_of(days, "dernière de ces pièces le {}")), contested=several)


def _called(s: Situation, one: Needed, language: str = "fr") -> str:
    """What it is called: a duty by its title, with which of its times; a paper in the words of the file."""
    owed = next((owed for owed in s.convention.owed if owed.id == series_of(one.name)), None)
    if owed is None:
        return event_in_words(s.convention, one.name).in_language(language)
    which = within_series(one.source if one.on is not None else one.name)
    title = title_of(owed).in_language(language)
    return f"{title} ({which})" if which else title


def _awaited(s: Situation, payment: Payment, missing: tuple[Needed, ...]) -> Text:
    owed_by = {one.id: one.owed_by for one in s.convention.owed}
    sides = [owed_by.get(series_of(one.name), payment.owed_to) for one in missing]
    named = [*zip(missing, sides, strict=True)]
    fr = ", ".join(f"« {_called(s, one)} » (dû par {_name(s, side)})" for one, side in named)
    en = ", ".join(f"“{_called(s, one, 'en')}” (owed by {_name(s, side, 'en')})" for one, side in named)
    gone = tuple(f"« {_called(s, one)} »" for one in missing if will_not_exist(s, one.name))
    if gone:
        return never(s, ", ".join(gone))
    return Text(fr=f"attend {fr}", en=f"waits for {en}")


def _name(s: Situation, side: str, language: str = "fr") -> str:
    if side == "each":
        return "each party" if language == "en" else "chaque partie"
    return side_name(s, side, language)
