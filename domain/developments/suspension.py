"""A suspension begins, or ends: what stops meanwhile, and what does not."""

from domain.developments.shape import Development, Told, both, news
from domain.model import Text
from domain.situation import Situation
from domain.suspensions import Pause
from domain.words import in_words


def of_suspensions(s: Situation) -> Told:
    """Yield the beginning of each suspension and, once recorded, its end."""
    for pause in s.pauses:
        yield _begins(s, pause)
        if pause.until is not None:
            yield _ends(s, pause)


def _begins(s: Situation, pause: Pause) -> Development:
    day, en_day = in_words(pause.first), in_words(pause.first, "en")
    causes = {
        "absence": both(
            f"L’absence commencée le {in_words(pause.since)} dure trop longtemps",
            f"The absence that began on {in_words(pause.since, 'en')} has lasted too long",
        ),
        "departure": both("La personne affectée est partie", "The person assigned has left"),
        "breach": both("Un manquement est reproché", "A breach is alleged"),
    }
    cause, what = causes[pause.cause], _what(pause)
    return Development(
        id=f"suspended/{pause.id}", fact=pause.id, day=pause.first, audience="everybody",
        news=news(
            both(f"{what.fr} à partir du {in_words(pause.first, weekday=False)}", f"{what.en} from {en_day}"),
            both(
                f"{cause.fr} : suspension à partir du {day}, jusqu’à ce que la reprise soit enregistrée.",
                f"{cause.en}: suspended from {en_day}, until the resumption is recorded.",
            ),
            s.clause(pause.clauses),
            stops=_stopped(s, pause), goes_on=_going_on(s, pause),
            todo=_to_resume(s, pause),
        ),
        until=pause.until,
    )  # fmt: skip


def _what(pause: Pause) -> Text:
    if pause.cause == "breach":
        return both("Suspension immédiate", "Suspended at once")
    return both("Convention suspendue", "Convention suspended")


def _stopped(s: Situation, pause: Pause) -> tuple[Text, ...]:
    """The recurring duties that stop; and those an event starts, where the whole convention is suspended."""
    return tuple(Text(fr=d.title, en=d.title_en) for d in s.convention.duty if pause.stops_duty(d.owed_by))


def _going_on(s: Situation, pause: Pause) -> tuple[Text, ...]:
    kept = [Text(fr=d.title, en=d.title_en) for d in s.convention.duty if not pause.stops_duty(d.owed_by)]
    term = both(
        "le terme de la convention, qui ne se déplace pas", "the end of the term, which does not move"
    )
    fixed = both(
        "ce qu’un événement passé a ouvert : réponses, destructions, lettres",
        "what a past event started: answers, destructions, letters",
    )
    windows = [Text(fr=w.title, en=w.title_en) for w in s.convention.window]
    return (*kept, *windows, fixed, term)


def _to_resume(s: Situation, pause: Pause) -> Text:
    if pause.cause == "breach":
        return both(
            "La partie à qui le manquement est reproché y remédie ou en convient ; dites-nous quand c’est fait : la reprise suit "
            "la clôture de la procédure.",
            "The party against which the breach is alleged cures it or agrees on it; tell us once it is done: it resumes when "
            "the procedure is closed.",
        )
    after = s.convention.suspension.resumes_after if s.convention.suspension else ""
    return both(
        f"Dire quand elle reprend : {after}." if after else "Dire quand elle reprend.",
        "Say when it resumes, as the clause provides.",
    )


def _ends(s: Situation, pause: Pause) -> Development:
    assert pause.until is not None  # noqa: S101 - the caller looked
    day, en_day = in_words(pause.until), in_words(pause.until, "en")
    return Development(
        id=f"resumed/{pause.id}", fact=pause.ended_by or pause.id, day=pause.until, audience="everybody",
        news=news(
            both(f"Reprise le {in_words(pause.until, weekday=False)}", f"Resumed on {en_day}"),
            both(
                f"La suspension commencée le {in_words(pause.first)} est finie : tout reprend le {day}, et chaque échéance sera "
                "rappelée en son temps.",
                f"The suspension that began on {in_words(pause.first, 'en')} is over: everything resumes on {en_day}, and each "
                "deadline will be recalled in due time.",
            ),
            s.clause(pause.clauses),
            goes_on=_stopped(s, pause),
        ),
    )  # fmt: skip
