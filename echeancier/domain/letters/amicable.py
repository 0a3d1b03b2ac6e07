"""The letter that opens, or recalls, the amicable phase of a dispute."""

from collections.abc import Iterator
from typing import Literal

from echeancier.domain.agenda.dispute import SERIES
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.dates.delay import plus
from echeancier.domain.dates.delays import ext642
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.events import DISPUTE_RAISED
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.frame import also_to_write_to, of_length, usual_addressee
from echeancier.domain.letters.letter import Call, Letter, LetterDraft, Subject, letter_words
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.posted_letters import Posting, has_left
from echeancier.domain.standing.situation import Situation


class AmicableLetter(Letter):
    """A dispute: we open the amicable phase."""

    WORDS = letter_words(
        ("recherche d’un accord amiable", "search for an amicable settlement"),
        "différend, phase amiable",
        give="`--reasons` (son objet)",
        about="`dispute/FAIT`, s’il y en a plusieurs",
    )
    ASKS = ("reasons",)

    kind: Literal["amicable"] = "amicable"
    reasons: tuple[str, ...]
    raised: str
    months: str
    last_day: str
    court: str

    @classmethod
    def draft(cls, s: Situation, about: str, fields: LetterFields) -> LetterDraft:
        """Return the letter of the amicable phase: of the dispute recorded, else of the one this letter raises.

        Raises:
            LetterRefusedError: the convention has no such clause, the dispute is settled, or its subject is not said.
        """
        rule = s.convention.dispute
        if rule is None:
            raise LetterRefusedError("La convention n’a pas de clause sur les différends.")
        reasons = fields.paragraphs(fields.reasons, "Dire l’objet du différend, avec --reasons.")
        raised = s.of_event(DISPUTE_RAISED)
        known = {key_of(SERIES, fact_id): fact for fact_id, fact in raised}
        if about and about not in known:
            raise LetterRefusedError(
                f"« {about} » n’est pas un différend enregistré ; au choix : {', '.join(known) or 'aucun'}."
            )
        key = about or (next(reversed(known)) if known else "")
        if key and s.done_on(key):
            raise LetterRefusedError(f"Le différend « {key} » est enregistré comme réglé.")
        start = known[key].on if key else None
        last = ext642(plus(start, rule.delay, s.calendar), s.calendar) if start and rule.delay else None
        party = s.convention.others[0]
        over = last is not None and s.today > last
        return LetterDraft(
            about=key or SERIES, subject="Différend : recherche d’un accord amiable",
            says=cls(
                reasons=reasons, raised=in_words(start, weekday=False) if start else "",
                months=of_length(rule.delay) if rule.delay else "",
                last_day=in_words(last, weekday=False) if last and not over else "",
                court=rule.court or "la juridiction compétente",
            ),
            cited=rule.clauses, sending="lrar", to=usual_addressee(s, party),
            remarks=(
                *(() if key else ("Enregistrer le différend (event dispute-raised) le jour de l’envoi : le délai en part.",)),
                *(("La phase amiable est écoulée.",) if over else ()),
                *also_to_write_to(s, fields.to or party),
            ),
        )  # fmt: skip

    @classmethod
    def called_for(cls, s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> Iterator[Call]:
        """A dispute that is not settled."""
        if s.convention.dispute is None or s.is_over:
            return
        for fact_id, _ in s.of_event(DISPUTE_RAISED):
            key = key_of(SERIES, fact_id)
            if s.done_on(key) is None and not has_left(posted, "amicable", key):
                item = agenda.item(key)
                yield Call(letter="amicable", about=key, item=key, by=item.safe_day if item else None)

    @classmethod
    def subjects(cls, s: Situation, agenda: Agenda) -> Iterator[Subject]:
        """The disputes recorded."""
        for fact_id, fact in s.of_event(DISPUTE_RAISED):
            yield Subject(key_of(SERIES, fact_id), (fact.on,))
