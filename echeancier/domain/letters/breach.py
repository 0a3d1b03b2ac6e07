"""The letters of a breach: formal notice, reasons before a termination, our comments on the reasons we were given."""

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.content import CommentsSays, FormalNoticeSays, TerminationReasonsSays
from echeancier.domain.letters.frame import (
    Draft,
    also_to_write_to,
    cited,
    clauses_of,
    counted,
    item_of,
    usual_addressee,
)
from echeancier.domain.standing.breach import window_of
from echeancier.domain.standing.breach_cases import Case
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import Breach, BreachStep

_NO_TIME = "Le texte ne dit pas le temps laissé pour s’exécuter : le donner avec --deadline."
_FROM = {
    "receipt": " à compter de la réception de la présente lettre", "information": " suivant la présente information",
    "letter": " suivant la présente lettre", "sending": " suivant l’envoi de la présente lettre",
}  # fmt: skip


def formal_notice(s: Situation, about: str, fields: LetterFields) -> Draft:
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
    to = s.convention.other if item.owed_by == "both" else item.owed_by
    return Draft(
        about=item.key,
        subject="Mise en demeure",
        says=FormalNoticeSays(
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


def _notice_of_breach(s: Situation, breach: Breach, fields: LetterFields) -> Draft:
    step = _our_step(s, breach, "formal-notice")
    reasons = fields.paragraphs(fields.reasons, "Dire ce qui est reproché, avec --reasons.")
    cure = next((x for x in breach.steps if x.does == "cure"), None)
    within = f"{counted(cure.months)}{_FROM.get(cure.from_, '')}" if cure and cure.months else ""
    given = in_words(fields.deadline) if fields.deadline else ""
    ends = tuple(x.clauses[0] for x in breach.steps if x.does == "ends")
    suspends = tuple(x.clauses[0] for x in breach.steps if x.does == "suspend")
    return Draft(
        about=breach.id,
        subject="Mise en demeure",
        says=FormalNoticeSays(
            what="", due="", reasons=reasons, within=within,
            deadline="" if within else fields.words(given, _NO_TIME),
            suspends=bool(suspends), consequences=cited(clauses_of(s, ends)),
        ),
        cited=(*breach.clauses, *step.clauses, *(cure.clauses if cure else ())),
        sending="lrar", to=usual_addressee(s, breach.against[0]),
        remarks=("Le délai court de la remise : conserver l’avis de réception.",) if within else (),
    )  # fmt: skip


def termination_reasons(s: Situation, about: str, fields: LetterFields) -> Draft:
    """Return the letter that states our reasons before we end the convention for a breach.

    Raises:
        LetterRefusedError: the clause gives that step to the other side, or the reasons are missing.
    """
    breach = _breach(s, about, "inform-reasons")
    step = _our_step(s, breach, "inform-reasons")
    reasons = fields.paragraphs(fields.reasons, "La lettre dit les motifs : les donner avec --reasons.")
    comment = next((x for x in breach.steps if x.does == "comment"), None)
    within = f"{counted(comment.months)}{_FROM.get(comment.from_, '')}" if comment and comment.months else ""
    return Draft(
        about=breach.id, subject="Information préalable des motifs d’une résiliation envisagée",
        says=TerminationReasonsSays(grounds=breach.grounds, reasons=reasons, within=within),
        cited=(*breach.clauses, *step.clauses, *(comment.clauses if comment else ())),
        sending="lr" if step.form == "lr" else "lrar", to=usual_addressee(s, breach.against[0]),
        remarks=(
            "Le texte ne demande pas d’avis de réception ; il prouverait pourtant le départ du délai.",
        ) if step.form == "lr" else (),
    )  # fmt: skip


def comments(s: Situation, about: str, fields: LetterFields) -> Draft:
    """Return our comments on the reasons we received, within the time that runs against us.

    Raises:
        LetterRefusedError: no such letter was recorded, or the comments are missing.
    """
    running = [c for c in s.breach_cases if c.closed is None and s.convention.us in c.breach.against]
    case = next((c for c in running if about in ("", c.breach.id, c.id, f"{c.breach.id}/{c.id}/comment")), None)
    letter = case.fact("inform-reasons", "formal-notice") if case else None
    if case is None or letter is None:
        raise LetterRefusedError(
            "Aucune lettre de motifs reçue n’est enregistrée : enregistrer d’abord le fait breach-step."
        )
    reasons = fields.paragraphs(fields.reasons, "Dire nos observations, avec --reasons.")
    step = case.defined("comment", "cure")
    return Draft(
        about=f"{case.breach.id}/{case.id}/comment", subject="Observations sur la résiliation envisagée",
        says=CommentsSays(letter_day=in_words(letter.on, weekday=False), reasons=reasons),
        cited=step.clauses if step else case.breach.clauses, sending="lrar", to=_author(s, case),
        remarks=(*_last_day(s, case), *also_to_write_to(s, fields.to or _author(s, case))),
    )  # fmt: skip


def _last_day(s: Situation, case: Case) -> tuple[str, ...]:
    window = window_of(s, case)
    if window is None:
        return ()
    over = " : ce jour est passé" if s.today > window.last else ""
    return (f"À poster au plus tard le {figures(window.last)}, lecture la plus prudente{over}.",)


def _author(s: Situation, case: Case) -> str:
    step = case.defined("inform-reasons", "formal-notice")
    return usual_addressee(s, step.by if step else s.convention.other)


def _breach(s: Situation, about: str, does: str) -> Breach:
    having = {b.id: b for b in s.convention.breach if any(x.does == does for x in b.steps)}
    if about in having:
        return having[about]
    if not about and len(having) == 1:
        return next(iter(having.values()))
    if not having:
        raise LetterRefusedError("Aucune clause de manquement de la convention ne prévoit cette lettre.")
    raise LetterRefusedError(f"Quelle clause de manquement ? Au choix : {', '.join(having)} (--about).")


def _our_step(s: Situation, breach: Breach, does: str) -> BreachStep:
    step = next((x for x in breach.steps if x.does == does), None)
    if step is None:
        raise LetterRefusedError(f"La clause « {breach.id} » ne prévoit pas cette lettre.")
    if step.by != s.convention.us:
        other = s.convention.parties[step.by].name_on(s.today)
        raise LetterRefusedError(f"Cette lettre revient à {other}, non à nous ; pour y répondre : letter … comments.")
    return step


def _consequences(s: Situation) -> tuple[str, ...]:
    against = [b.clauses for b in s.convention.breach if s.convention.us not in b.against or len(b.against) > 1]
    ours = [t.clauses for t in s.convention.termination if s.convention.us in t.who]
    return tuple(clause for clauses in against or ours for clause in clauses)


def _ids(s: Situation, item: Item) -> tuple[str, ...]:
    return next(((c.id,) for c in s.convention.clause if c == item.clause), ())
