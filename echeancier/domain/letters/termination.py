"""The letter by which we end a convention: its clause, its reasons, the last day in force it leads to."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from echeancier.domain.agenda.items import Agenda
from echeancier.domain.dates.notice import NoticeEffect, if_posted_on, to_end_on
from echeancier.domain.dates.words import figures, in_words
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.letters.frame import also_to_write_to, is_open, of_length, within
from echeancier.domain.letters.letter import Call, Letter, LetterDraft, Subject, letter_words
from echeancier.domain.standing.posted_letters import Posting
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import Termination

_RECEIPT = "la réception de la présente lettre"
_STARTS = {
    "sending": "l’envoi de la présente lettre", "receipt": _RECEIPT, "letter-date": _RECEIPT,
    "first-presentation": "la première présentation de la présente lettre",
}  # fmt: skip


class TerminationLetter(Letter):
    """We end the convention.

    Attributes:
        notice: the length, as in « d’un mois »; empty without one.
        start: what starts it where the text says so, as in « l’envoi de la présente lettre ».
        effect: ``day`` (one last day), ``range`` (between two), ``due-date`` or ``due-dates`` (annual), ``latest``
            (a ceiling).
        first, last: the last day in force, or the two ends of its range.
        duties: what remains due after the end.
    """

    IS_THE_ITEM = True
    WORDS = letter_words(
        ("lettre de résiliation", "termination letter"),
        "résiliation par nous : clause, motifs, dernier jour en vigueur",
        give="`--reasons` si la clause veut une demande motivée ; `--effect` si elle prend la date écrite",
        about="id de la clause `[[termination]]`, s’il y en a plusieurs",
    )
    ASKS = ("posted", "effect", "reasons")
    LINK = " de la "
    ENDS = True

    kind: Literal["termination"] = "termination"
    notice: str
    start: str
    effect: Literal["day", "range", "due-date", "due-dates", "latest"]
    first: str
    last: str
    reasons: tuple[str, ...]
    duties: tuple[str, ...]

    @classmethod
    def draft(cls, s: Situation, about: str, fields: LetterFields) -> LetterDraft:
        """Return the letter that ends the convention by the clause ``about`` (its id, or the key of its notice).

        The end is computed from the day of posting: the one given, else the one at the head, else the day we look from.

        Raises:
            LetterRefusedError: no such clause of ours, reasons missing, or a letter that would change nothing.
        """
        posted = fields.posted or fields.dated or s.today
        s = s.under_terms_of(posted)
        rule = _rule(s, about)
        if rule.reasons_required:
            reasons = fields.paragraphs(
                fields.reasons, "La clause veut une demande motivée : donner les motifs avec --reasons."
            )
            fields = fields.model_copy(update={"reasons": reasons})
        effect = _effect(s, rule, posted, fields.effect)
        to = rule.letter_to or s.convention.others[0]
        return LetterDraft(
            about=rule.id, subject="Résiliation", says=_says(s, rule, effect, fields), cited=rule.clauses,
            sending="lr" if rule.form == "lr" else "lrar", to=to,
            remarks=(*_remarks(s, rule, posted, effect, fields.effect), *also_to_write_to(s, fields.to or to)),
        )  # fmt: skip

    @classmethod
    def called_for(cls, s: Situation, agenda: Agenda, posted: tuple[Posting, ...]) -> Iterator[Call]:
        """A notice with a day to post it by: a right, so the letter is ready in case it is used.

        Any other is written from its clause, whenever a person asks for it.
        """
        for item in agenda.items:
            if item.kind != "notice" or not is_open(s, item):
                continue
            by = item.safe_day
            day = s.today if by is None else max(by, s.today)
            then = s.under_terms_of(day)
            rule = next((one for one in then.convention.termination if one.id == item.occurrence), None)
            if rule is None:  # an amendment took it away from that day on
                continue
            wanted = _end_obtained(then, rule, day) if rule.starts == "letter-date" else None
            fields = LetterFields(posted=day, effect=wanted)
            yield Call(letter="termination", about=rule.id, item=item.key, by=by, optional=True, fields=fields)

    @classmethod
    def subjects(cls, s: Situation, agenda: Agenda) -> Iterator[Subject]:
        """Our clauses."""
        for rule in s.convention.termination:
            if s.convention.us in rule.who:
                clause = s.clause(rule.clauses)
                yield Subject(rule.id, (f"{clause.article} – {clause.says}",))


def _end_obtained(s: Situation, rule: Termination, posted: date) -> date | None:
    """The day to write in a letter that takes one: the end of the period it denies, else the one that its notice gives."""
    if rule.until == "term":
        return s.bound_until
    return if_posted_on(posted, s.notice(rule), s.calendar, s.latest_end, s.effect_on).expected


def _rule(s: Situation, about: str) -> Termination:
    ours = {rule.id: rule for rule in s.convention.termination if s.convention.us in rule.who}
    wanted = about.removeprefix("notice/").split("/", 1)[0]
    if not ours:
        raise LetterRefusedError("Aucune clause de la convention ne nous permet de résilier par un préavis.")
    if not wanted and len(ours) == 1:
        return next(iter(ours.values()))
    if wanted not in ours:
        told = f"« {wanted} » n’est pas une clause de résiliation qui nous appartient" if wanted else "Quelle clause ?"
        raise LetterRefusedError(f"{told} ; au choix : {', '.join(ours)} (--about).")
    return ours[wanted]


def _effect(s: Situation, rule: Termination, posted: date, wanted: date | None) -> NoticeEffect:
    if s.effect_on is None:
        raise LetterRefusedError("La convention n’a pas pris effet : il n’y a rien à résilier.")
    if s.is_over and s.ends_on is not None:
        raise LetterRefusedError(f"La convention a pris fin le {figures(s.ends_on)} : il n’y a rien à résilier.")
    if rule.starts == "letter-date" and wanted is None:
        raise LetterRefusedError("La clause prend la date écrite dans la lettre : la donner avec --effect.")
    if (early := s.notice(rule).not_on(posted)) is not None:
        raise LetterRefusedError(f"{early.fr[0].upper()}{early.fr[1:]}.")
    try:
        effect = if_posted_on(posted, s.notice(rule), s.calendar, s.latest_end, s.effect_on, letter_date=wanted)
    except ValueError as problem:
        raise LetterRefusedError(f"Ces dates ne permettent pas le calcul : {problem}") from problem
    if effect.useless and s.natural_end is not None:
        raise LetterRefusedError(
            f"Postée le {figures(posted)}, la lettre ne changerait rien : la convention finit d’elle-même le "
            f"{figures(s.natural_end)}."
        )
    return effect


def _says(s: Situation, rule: Termination, effect: NoticeEffect, fields: LetterFields) -> TerminationLetter:
    end_duties = ((duty.title, within(duty.after)) for duty in s.convention.end_duty)
    return TerminationLetter(
        notice=_length(rule),
        start=_STARTS.get(rule.starts, ""),
        effect=_form(rule, effect),
        first=in_words(effect.earliest, weekday=False),
        last=in_words(effect.latest, weekday=False),
        reasons=fields.reasons,
        duties=tuple(f"{title}, {delay} à compter de cette fin" if delay else title for title, delay in end_duties),
    )


def _length(rule: Termination) -> str:
    if rule.length is None or rule.length.is_nothing:
        return ""
    return of_length(rule.length.model_copy(update={"bound": None}))


def _form(rule: Termination, effect: NoticeEffect) -> Literal["day", "range", "due-date", "due-dates", "latest"]:
    single = effect.earliest == effect.latest
    if rule.until != "any-day":
        return "due-date" if single else "due-dates"
    if rule.length is not None and rule.length.bound == "at_most":
        return "latest"
    return "day" if single else "range"


def _remarks(
    s: Situation, rule: Termination, posted: date, effect: NoticeEffect, wanted: date | None
) -> tuple[str, ...]:
    found = [
        f"Fin calculée pour une lettre postée le {figures(posted)} : si elle part un autre jour, la refaire.",
        "Le signataire est-il habilité à résilier (délibération, délégation) ?",
    ]
    if effect.earliest != effect.latest:
        found.append(
            f"Le texte laisse un doute : du {figures(effect.earliest)} au {figures(effect.latest)}, "
            "selon ce qui fait partir le préavis."
        )
    if effect.capped:
        found.append("Sous l’une des lectures, la convention aurait fini d’elle-même avant.")
    if rule.form == "unstated":
        found.append("La clause ne dit pas la forme : le recommandé avec avis de réception est une prudence.")
    if wanted is not None:
        safe = to_end_on(wanted, s.notice(rule), s.calendar, s.latest_end, s.effect_on).safe_day
        if safe is not None and posted > safe:
            found.append(
                f"Pour finir le {figures(wanted)} à coup sûr, il fallait poster au plus tard le {figures(safe)}."
            )
    already = [letter for letter in s.letters if not letter.withdrawn]
    if already:
        found.append(f"Une résiliation a déjà été postée le {figures(already[-1].posted.on)}.")
    return tuple(found)
