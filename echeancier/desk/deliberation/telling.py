"""What one form says of a deliberation and of its conventions, recorded one by one: what is refused is said, the rest is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from echeancier.desk.deliberation.view import box_of
from echeancier.desk.reading.register import DeskRegister
from echeancier.desk.reading.seen import Seen
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.catalogue import MODELS, STEPS_OF_AN_ACT
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal, parse_fact
from echeancier.domain.terms.clauses import CouncilAct
from echeancier.engine.answering import PartlyToldError
from echeancier.engine.errors import EngineError

_NOT_ASKED: Final = Text(
    fr="pas demandé, le moteur ne répondant plus : envoyer de nouveau le formulaire",
    en="not asked, the engine having stopped answering: send the form again",
)


@dataclass(frozen=True)
class DeedTyped:
    """One thing that the form says.

    Attributes:
        reference: of the convention in which it is recorded.
        what: it, in a few words.
        given: the fields of the fact, as the door reads them.
        key: tells it from the others of the form.
    """

    reference: str
    what: Text
    given: Mapping[str, object]
    key: str


@dataclass(frozen=True)
class DeedTold:
    """What became of one thing.

    Attributes:
        refused: why nothing was recorded; None when it was.
        besides: where it was to go too, and is not yet.
        silent: nobody answered: it may be recorded later all the same.
    """

    deed: DeedTyped
    refused: Text | None = None
    besides: Text | None = None
    silent: bool = False


def deeds(of: str, act: CouncilAct, seen: Sequence[Seen], form: Mapping[str, str]) -> tuple[DeedTyped, ...]:
    """Return what a form says: the steps of the act first, then who signed which convention.

    Args:
        of: the convention on whose page it was typed.
        act: the deliberation.
        seen: the conventions that cite it.
        form: the fields.

    Raises:
        Refusal: it says nothing, or half of a thing (a day without a party, a party without a day).
    """
    found = [*_steps(of, act, form)]
    day, note = form.get("signed_on", "").strip(), form.get("note", "").strip()
    ticked = [*_ticked(seen, form)]
    if ticked and not day:
        raise refusal("donner le jour de ces signatures.", "give the day of these signatures.")
    if day and not ticked:
        raise refusal(
            "cocher qui a signé ce jour-là, convention par convention.", "tick who signed on that day, by convention."
        )
    for one, party in ticked:
        name = one.convention.parties[party].name_on(one.ctx.s.today)
        given = {"kind": "signed", "on": day, "party": party, **({"note": note} if note else {})}
        what = Text(fr=f"{one.reference}, signature : {name}", en=f"{one.reference}, signature: {name}")
        found.append(DeedTyped(one.reference, what, given, f"{one.reference}-{party}"))
    if not found:
        raise refusal(
            "donner un jour, ou cocher une signature et donner le sien.",
            "give a day, or tick a signature and give its day.",
        )
    return tuple(found)


def _steps(of: str, act: CouncilAct, form: Mapping[str, str]) -> Iterator[DeedTyped]:
    for kind in STEPS_OF_AN_ACT:
        if day := form.get(kind, "").strip():
            yield DeedTyped(of, MODELS[kind].WORDS.called, {"kind": kind, "on": day, "act": act.id}, kind)


def _ticked(seen: Sequence[Seen], form: Mapping[str, str]) -> Iterator[tuple[Seen, str]]:
    for one in sorted(seen, key=lambda one: one.reference):
        yield from ((one, party) for party in one.convention.parties if form.get(box_of(one.reference, party)))


async def tell(register: DeskRegister, said: Sequence[DeedTyped], by: str, request: str) -> tuple[DeedTold, ...]:
    """Record each thing where it belongs; once the engine does not answer, what is left is not asked.

    Repeated with the same ``request``, what was recorded already is not recorded again.
    """
    found: list[DeedTold] = []
    for one in said:
        silent = bool(found) and found[-1].silent
        found.append(
            DeedTold(one, _NOT_ASKED, silent=True) if silent else await _told(register, one, by, f"{request}-{one.key}")
        )
    return tuple(found)


async def _told(register: DeskRegister, one: DeedTyped, by: str, key: str) -> DeedTold:
    try:
        await register.record(one.reference, parse_fact(dict(one.given)), by, key)
    except PartlyToldError as partly:
        return DeedTold(one, besides=_same(partly))
    except Refusal as refused:
        return DeedTold(one, refused.text)
    except EcheancierError as error:
        return DeedTold(one, _same(error))
    except EngineError as error:
        return DeedTold(one, _same(error), silent=True)
    return DeedTold(one)


def _same(error: Exception) -> Text:
    return Text(fr=str(error), en=str(error))
