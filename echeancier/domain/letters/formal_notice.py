"""The formal notice: about something late that the other side owes, or a breach whose clause wants one."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from echeancier.domain.agenda.items import Agenda, Item, State
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.frame import (
    accused_of,
    addressed_to,
    breaches_of_ours,
    cited,
    clauses_of,
    is_theirs,
    item_of,
    our_step,
    time_given,
    usual_addressee,
)
from echeancier.domain.letters.letter import Call, Cited, Letter, LetterDraft, Subject, items_that, letter_words
from echeancier.domain.letters.request import asked_in_vain
from echeancier.domain.standing.posted_letters import Posting, has_left
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import Breach

_NO_TIME = "Le texte ne dit pas le temps laissé pour s’exécuter : le donner avec --deadline."


class FormalNoticeLetter(Letter):
    """We call on the other side to do what it owes.

    Attributes:
        due: the day it was due, empty when the text gives none.
        within: the time given by the clause, as in « d’un mois à compter de la réception de la présente lettre ».
        deadline: the day given, when the clause gives no time.
        suspends: the clause suspends at once.
        consequences: what the convention provides for otherwise.
    """

    WORDS = letter_words(
        ("mise en demeure", "formal notice"),
        "mise en demeure d’une échéance en retard, ou d’un manquement",
        give="`--deadline`, sauf si la clause donne le délai ; `--reasons` pour un manquement",
        about="clé d’agenda, ou id de la clause `[[breach]]`",
    )
    ASKS = ("deadline", "reasons")

    kind: Literal["formal-notice"] = "formal-notice"
    what: str
    due: str
    reasons: tuple[str, ...]
    within: str
    deadline: str
    suspends: bool
    consequences: tuple[Cited, ...]

    @classmethod
    def draft(cls, s: Situation, about: str, fields: LetterFields) -> LetterDraft:
        """Return the formal notice about a late item of the other side, or of a breach clause that wants one.

        Raises:
            LetterRefusedError: nothing is late, the other side does not owe it, or no time to comply is given.
        """
        breach = next((b for b in s.convention.breach if b.id == about), None)
        if breach is not None:
            return _notice_of_breach(s, breach, fields)
        item = item_of(s, about)
        if item.owed_by == s.convention.us:
            raise LetterRefusedError(f"« {item.key} » est dû par nous : on ne met pas l’autre partie en demeure.")
        if item.state not in (State.LATE, State.MISSED):
            raise LetterRefusedError(f"« {item.key} » n’est pas en retard : une demande suffit (letter … request).")
        deadline = fields.words(in_words(fields.deadline) if fields.deadline else "", _NO_TIME)
        to = addressed_to(s, item.owed_by)
        return LetterDraft(
            about=item.key,
            subject="Mise en demeure",
            says=cls(
                what=item.title.fr,
                due=in_words(item.legal_last_day, weekday=False) if item.legal_last_day else "",
                reasons=fields.reasons,
                within="",
                deadline=deadline,
                suspends=False,
                consequences=cited(clauses_of(s, _consequences(s))),
            ),
            cited=_ids(s, item),
            sending="lrar",
            to=usual_addressee(s, to),
            remarks=("Le temps laissé est le nôtre, non celui du texte : il doit rester raisonnable.",),
        )

    @classmethod
    def called_for(cls, s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> Iterator[Call]:
        """What the other side owes, was reminded of in vain, and was asked for in vain by a plain letter."""
        for item, asked in asked_in_vain(s, agenda, posted):
            waited = asked is not None and s.today >= asked.on + timedelta(days=s.policy.formal_notice_after_days)
            if waited and not has_left(posted, "formal-notice", item.key):
                yield Call(letter="formal-notice", about=item.key, item=item.key)

    @classmethod
    def called_for_later(cls, s: Situation, posted: tuple[Posting, ...]) -> Iterator[date]:
        """Some days after each request."""
        for p in posted:
            if p.letter == "request":
                yield p.on + timedelta(days=s.policy.formal_notice_after_days)

    @classmethod
    def subjects(cls, s: Situation, agenda: Agenda) -> Iterator[Subject]:
        """The breaches whose clause gives us that step, then what is late."""
        yield from breaches_of_ours(s, "formal-notice")
        yield from items_that(agenda, lambda i: is_theirs(s, i) and i.state in (State.LATE, State.MISSED))


def _notice_of_breach(s: Situation, breach: Breach, fields: LetterFields) -> LetterDraft:
    step = our_step(s, breach, "formal-notice")
    reasons = fields.paragraphs(fields.reasons, "Dire ce qui est reproché, avec --reasons.")
    cure = next((x for x in breach.steps if x.does == "cure"), None)
    within = time_given(cure)
    given = in_words(fields.deadline) if fields.deadline else ""
    ends = tuple(x.clauses[0] for x in breach.steps if x.does == "ends")
    suspends = tuple(x.clauses[0] for x in breach.steps if x.does == "suspend")
    return LetterDraft(
        about=breach.id,
        subject="Mise en demeure",
        says=FormalNoticeLetter(
            what="", due="", reasons=reasons, within=within,
            deadline="" if within else fields.words(given, _NO_TIME),
            suspends=bool(suspends), consequences=cited(clauses_of(s, ends)),
        ),
        cited=(*breach.clauses, *step.clauses, *(cure.clauses if cure else ())),
        sending="lrar", to=usual_addressee(s, accused_of(s, breach)),
        remarks=("Le délai court de la remise : conserver l’avis de réception.",) if within else (),
    )  # fmt: skip


def _consequences(s: Situation) -> tuple[str, ...]:
    against = [b.clauses for b in s.convention.breach if s.convention.us not in b.against or len(b.against) > 1]
    ours = [t.clauses for t in s.convention.termination if s.convention.us in t.who]
    return tuple(clause for clauses in against or ours for clause in clauses)


def _ids(s: Situation, item: Item) -> tuple[str, ...]:
    return s.cited(item.clause)
