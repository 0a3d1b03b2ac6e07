"""One dated thing of a message, in the words of its reader's language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from echeancier.adapters.mail.links import LinkView
from echeancier.adapters.mail.phrases import what_otherwise, what_to_do, words
from echeancier.domain.agenda.item_row import DatedRow
from echeancier.domain.agenda.items import Nature
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.catalogue import settles_by
from echeancier.domain.facts.kinds import KINDS
from echeancier.domain.messages.order import Line
from echeancier.domain.terms.item_kinds import ITEM_KINDS
from echeancier.domain.terms.policy import AFTER_A_MEETING
from echeancier.domain.typography import NBSP

_TO_RECORD = (Nature.DUTY, Nature.OUR_RIGHT)
"""What somebody does, and can therefore be recorded; the rest passes by itself."""
_DAYS_AT_ONCE = 3
"""A thing first spoken of this few days before its day is to be done now, not planned."""


@dataclass(frozen=True)
class LineView:
    """What a template shows of a line; an empty text is not shown.

    Attributes:
        stage: as in the line; ``pending`` when only our own prudent day is over: nothing is late then; ``ending`` for
            the last call of an end, which comes by itself; ``hours`` for a delay in hours that runs; ``soon`` for what
            is first spoken of when hardly any day is left.
        asks: the question put about a meeting whose day is over.
        hours_left: what is left of a delay in hours; ``first_hour``, the hour at which it ends, as a subject says it.
        tell: function and address of whom the reader has to tell.
        commands: what records the line's end, each with the case it is for.
        links: what the reader may say of it in one click.
    """

    stage: str
    title: str
    who: str
    to_whom: str
    safe: str
    legal: str
    certainty: str
    article: str
    says: str
    rule: str
    trace: str
    quota: str
    standing: str
    former: str
    proposed: str
    meeting_at: str
    do: str
    otherwise: str
    asks: str
    commands: tuple[tuple[str, str], ...]
    links: tuple[LinkView, ...]
    is_right: bool
    has_legal: bool
    first_day: date | None
    hours_left: str = ""
    first_hour: str = ""
    tell: tuple[tuple[str, str], ...] = ()


def told_apart(lines: Iterable[LineView]) -> tuple[LineView, ...]:
    """Return the lines; where each party owes its own of one thing, the title says whose, so that no two read alike."""
    found = tuple(lines)
    debtors: dict[str, set[str]] = {}
    for one in found:
        debtors.setdefault(one.title, set()).add(one.who)
    return tuple(
        replace(one, title=f"{one.title} – {one.who}") if len(debtors[one.title]) > 1 else one for one in found
    )


def line_view(
    line: Line,
    reference: str,
    language: str,
    local: Callable[[datetime], datetime],
    links: tuple[LinkView, ...] = (),
    *,
    at: date | None = None,
) -> LineView:
    """Return a line in words.

    Args:
        line: what is to be said.
        reference: of the convention.
        language: of the reader.
        local: puts an instant in the zone of the convention's place.
        links: what the reader may say of it in one click.
        at: the day of the mail.
    """
    label, row = words(language), DatedRow(line, language, local, str)
    legal, first_hour = row.last_in_a_sentence, row.last_hour
    unknown = "" if line.safe_day or legal else label["day"]["unknown"]
    return LineView(
        stage=_stage(line, at, has_legal=bool(legal)),
        title=row.title,
        who=line.who,
        to_whom="" if line.to_whom == line.who else line.to_whom,
        safe="" if first_hour else row.safe_at_length or unknown,
        legal=legal or label["day"]["no_legal"],
        certainty=row.certainty_at_length,
        article=row.article,
        says=row.says,
        rule=row.rule,
        trace=row.trace,
        quota=line.quota,
        standing=row.standing,
        former=in_words(line.former_day, language) if line.former_day else "",
        proposed=in_words(line.proposed, language) if line.proposed else "",
        meeting_at=row.meeting_in_a_sentence,
        do=what_to_do(line.kind, line.stage, language, ours=line.ours, series=line.series, step=line.step),
        otherwise=what_otherwise(line.kind, line.stage, language, series=line.series, step=line.step),
        asks=_asks(line, language),
        commands=_commands(line, reference, label["record"]),
        links=links,
        is_right=line.kind == "notice",
        has_legal=bool(legal),
        first_day=_shown_first(line),
        hours_left=_left(line.hours_left, label["day"]),
        first_hour=first_hour,
        tell=line.tell,
    )


def _stage(line: Line, at: date | None, *, has_legal: bool) -> str:
    """Return the stage as it is headed: our own prudent day that is over makes nothing late, an end calls for nothing."""
    if line.stage == "overdue" and not has_legal:
        return "pending"
    if line.kind == "end":
        return "ending" if line.stage == "last-call" else line.stage
    if line.hours_left is not None and line.stage in ("notice", "reminder"):
        return "hours"
    if line.stage == "notice" and line.kind != "notice" and _is_close(line, at):
        return "soon"
    return line.stage


def _is_close(line: Line, at: date | None) -> bool:
    return at is not None and line.safe_day is not None and (line.safe_day - at).days <= _DAYS_AT_ONCE


def _left(hours: int | None, words_of_it: Mapping[str, str]) -> str:
    if hours is None:
        return ""
    if hours == 0:
        return words_of_it["none_left"]
    return words_of_it["one_left" if hours == 1 else "left"].format(hours=hours)


def _shown_first(line: Line) -> date | None:
    """The day by which a line is known: the one to act by; for an end, or once it is over, the very last one."""
    if line.nature in (Nature.FACT, Nature.RUNNING) or line.stage in ("overdue", "escalation"):
        return line.legal_last_day or line.safe_day
    return line.safe_day or line.legal_last_day


def _asks(line: Line, language: str) -> str:
    if line.stage not in AFTER_A_MEETING or line.meeting_at is None:
        return ""
    day = in_words(line.meeting_at.date(), language, weekday=False).rpartition(NBSP)[0]
    asked: dict[str, str] = words(language)["held"]
    return asked.get(line.kind, asked["meeting"]).format(day=day)


def _commands(line: Line, reference: str, cases: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The commands that record what the line waits for; none when nothing is to be recorded."""
    if line.nature not in _TO_RECORD:
        return ()
    start, item = f"echeancier record {reference} ", f" --item {line.item}"
    if line.stage in AFTER_A_MEETING:
        return (
            (cases["held"], f"{start}meeting-held{item}"),
            (cases["moved"], f"{start}meeting-arranged{item} --starts-at {cases['instant']}"),
            (cases["not-held"], f"{start}meeting-cancelled{item}"),
        )
    done = (cases["done"], start + _recorded_by(line, item, cases["instant"]))
    if ITEM_KINDS[line.kind].is_meeting and line.meeting_at is None:
        fix = f"{start}meeting-arranged{item} --starts-at {cases['instant']}"
        return ((cases["fix"], fix), (cases["already"], done[1]))
    if line.kind == "signature":
        return (done, (cases["refused"], f'{start}signature-refused --party {line.occurrence} --reason "…"'))
    return (done,)


def _recorded_by(line: Line, item: str, instant: str) -> str:
    if line.legal_last_instant is not None:
        return f"done{item} --at {instant}"
    if line.settled_by and (field := settles_by(line.settled_by, line.occurrence)) is not None:
        if field:
            return f"{line.settled_by} --{field} {line.occurrence}"
        chosen = [x for x in KINDS[line.settled_by].fields if x.required and x.choices]
        return line.settled_by + "".join(f" --{x.name} {'|'.join(x.choices)}" for x in chosen)
    return ("meeting-held" if ITEM_KINDS[line.kind].is_meeting else "done") + item
