"""The letter that opens, or recalls, the amicable phase of a dispute."""

from echeancier.domain.dates.delays import add_months, ext642
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts import events as e
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.content import AmicableSays
from echeancier.domain.letters.frame import Draft, also_to_write_to, counted, usual_addressee
from echeancier.domain.standing.situation import Situation


def amicable_letter(s: Situation, about: str, fields: LetterFields) -> Draft:
    """Return the letter of the amicable phase: of the dispute recorded, else of the one this letter raises.

    Raises:
        LetterRefusedError: the convention has no such clause, the dispute is settled, or its subject is not said.
    """
    rule = s.convention.dispute
    if rule is None:
        raise LetterRefusedError("La convention n’a pas de clause sur les différends.")
    reasons = fields.paragraphs(fields.reasons, "Dire l’objet du différend, avec --reasons.")
    raised = s.of_event(e.DISPUTE_RAISED)
    known = {f"dispute/{fact_id}": fact for fact_id, fact in raised}
    if about and about not in known:
        raise LetterRefusedError(
            f"« {about} » n’est pas un différend enregistré ; au choix : {', '.join(known) or 'aucun'}."
        )
    key = about or (next(reversed(known)) if known else "")
    if key and s.done_on(key):
        raise LetterRefusedError(f"Le différend « {key} » est enregistré comme réglé.")
    start = known[key].on if key else None
    last = ext642(add_months(start, rule.months), s.calendar) if start and rule.months else None
    party = s.convention.other
    over = last is not None and s.today > last
    return Draft(
        about=key or "dispute", subject="Différend : recherche d’un accord amiable",
        says=AmicableSays(
            reasons=reasons, raised=in_words(start, weekday=False) if start else "",
            months=counted(rule.months) if rule.months else "",
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
