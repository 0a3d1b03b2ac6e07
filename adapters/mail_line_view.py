"""One dated thing of a message, in the words of its reader's language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from adapters.phrases import rule_in_words, what_otherwise, what_to_do, words
from domain.messages import Line
from domain.words import hour, in_words

_MEETINGS = ("meeting", "committee", "session")
_ACTS = {
    "act/publication": "act-published",
    "act/transmission": "act-transmitted",
    "contract-publicity": "contract-publicised",
}
_UNRECORDED = ("recourse", "end", "termination")


@dataclass(frozen=True)
class LineView:
    """What a template shows of a line; an empty text is not shown."""

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
    former: str
    proposed: str
    meeting_at: str
    do: str
    otherwise: str
    command: str
    is_right: bool
    first_day: date | None


def line_view(line: Line, reference: str, language: str, local: Callable[[datetime], datetime]) -> LineView:
    """Return a line in words; ``local`` puts an instant in the zone of the convention's place."""
    label = words(language)
    legal = in_words(line.legal_last_day, language) if line.legal_last_day else ""
    if line.legal_last_instant is not None:
        limit = local(line.legal_last_instant)
        legal = f"{in_words(limit.date(), language)} {label['day']['at']} {hour(limit, language)}"
    undated = line.safe_day is None and not legal
    return LineView(
        stage=line.stage,
        title=line.title.in_language(language),
        who=line.who,
        to_whom="" if line.to_whom == line.who else line.to_whom,
        safe=in_words(line.safe_day, language)
        if line.safe_day
        else label["day"]["unknown"]
        if undated
        else "",
        legal=legal or label["day"]["no_legal"],
        certainty=label["certainty"][line.certainty],
        article=line.article,
        says=line.says.in_language(language),
        rule=rule_in_words(line.rule, language),
        trace=line.trace,
        quota=line.quota,
        former=in_words(line.former_day, language) if line.former_day else "",
        proposed=in_words(line.proposed, language) if line.proposed else "",
        meeting_at=_moment(line.meeting_at, language, local) if line.meeting_at else "",
        do=what_to_do(line.kind, line.stage, language, ours=line.ours, item=line.item),
        otherwise=what_otherwise(line.kind, line.stage, language, item=line.item),
        command=_command(line, reference),
        is_right=line.kind == "notice",
        first_day=line.safe_day or line.legal_last_day,
    )


def _moment(at: datetime, language: str, local: Callable[[datetime], datetime]) -> str:
    # A start without offset is already the place's own time.
    start = local(at) if at.tzinfo is not None else at
    return f"{in_words(start.date(), language)} {words(language)['day']['at']} {hour(start, language)}"


def _command(line: Line, reference: str) -> str:
    """The command that records what the line waits for; empty when nothing is to be recorded."""
    if line.kind in _UNRECORDED:
        return ""
    if line.item in _ACTS:
        return f"echeancier record {reference} {_ACTS[line.item]}"
    if line.kind == "signature":
        return f"echeancier record {reference} signed --party {line.item.partition('/')[2]}"
    if line.kind == "notice":
        return f"echeancier record {reference} letter-posted --rule {line.item.split('/')[1]}"
    fact = "meeting-held" if line.kind in _MEETINGS else "done"
    return f"echeancier record {reference} {fact} --item {line.item}"
