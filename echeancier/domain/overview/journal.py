"""Who did what, and which message left when, to whom, why, and with what result: read from the dossier, never kept apart."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import Item
from echeancier.domain.agenda.meetings import ANSWER_WORDS
from echeancier.domain.dates.words import figures, hour, shown
from echeancier.domain.facts.acknowledgement import Acknowledged, said_in_words
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.dossier import Dossier, Message, Told
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.event_words import event_in_words
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterPosted, LetterValidated
from echeancier.domain.facts.mail import InvitationAnswered, MailUndelivered
from echeancier.domain.facts.meetings import MeetingArranged, MeetingHeld
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.facts.recorded import Recorded, in_force
from echeancier.domain.letters.content import LETTERS
from echeancier.domain.messages.mails import mail_of
from echeancier.domain.messages.undelivered import as_delivered
from echeancier.domain.model import Frozen, Text
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.domain.typography import NBSP


class Entry(Frozen):
    """One line of the journal.

    Attributes:
        at: when it was recorded or dated (aware).
        sort: a fact, a message, a change of terms.
        who: the function that recorded, or that was written to.
        what: in words.
        why: the articles behind it.
        result: of a message: accepted, put off, refused, superseded, perhaps twice; of a fact: corrected, cancelled.
        ref: the fact's or the message's id.
    """

    at: datetime
    sort: Literal["fact", "message", "terms"]
    kind: str
    who: str
    what: Text
    why: str = ""
    result: Text
    ref: str


STAGE_WORDS: dict[str, Text] = {
    "notice": Text(fr="première annonce", en="first notice"),
    "reminder": Text(fr="rappel", en="reminder"),
    "last-call": Text(fr="dernier appel", en="last call"),
    "overdue": Text(fr="échéance passée", en="overdue"),
    "escalation": Text(fr="alerte à la direction", en="escalated to the manager"),
    "held": Text(fr="a-t-il eu lieu ?", en="did it take place?"),
    "held-again": Text(fr="a-t-il eu lieu ? (seconde fois)", en="did it take place? (asked again)"),
    "corrected": Text(fr="date rectifiée", en="date corrected"),
    "gone": Text(fr="n’a plus lieu", en="no longer stands"),
    "hourly": Text(fr="rappel du dernier jour", en="call of the last day"),
    "nudge": Text(fr="réponse demandée à nouveau", en="answer asked for again"),
    "now": Text(fr="présenté", en="presented"),
    "heard": Text(fr="dit par lien", en="said by a link"),
    "draft": Text(fr="projet à relire", en="draft to read"),
    "unvalidated": Text(fr="postée sans validation", en="posted without validation"),
}

LETTER_WORDS: dict[str, Text] = {
    "validated": Text(fr="validée, à poster", en="validated, to be posted"),
    "changed": Text(fr="redevenue un projet", en="a draft again"),
}


def journal(dossier: Dossier) -> tuple[Entry, ...]:
    """Return everything that happened in a dossier, oldest first."""
    last = max([dossier.registered_at, *(m.at for m in dossier.outbox), *(f.recorded_at for f in dossier.facts)])
    seen = agenda(dossier.convention, tuple(dossier.facts), last, policy=DEFAULT_POLICY)
    items = {item.key: item for item in seen.items}
    versions = {r.id: r.version for r in dossier.facts}
    entries = [_fact(dossier, record, items, latest=versions[record.id] == record.version) for record in dossier.facts]
    entries += [_message(dossier, message, items) for message in as_delivered(dossier).outbox]
    entries += [
        Entry(
            at=former.replaced_at, sort="terms", kind="correct-terms", ref="terms",
            who=function_of(dossier, former.replaced_by),
            what=Text(fr=f"Termes rectifiés : {former.why}", en=f"Terms corrected: {former.why}"),
            result=Text(fr="ancienne version conservée", en="former version kept"),
        )
        for former in dossier.former_terms
    ]  # fmt: skip
    return tuple(sorted(entries, key=lambda e: e.at))


def _fact(dossier: Dossier, record: Recorded, items: dict[str, Item], *, latest: bool) -> Entry:
    fact = record.fact
    about = getattr(fact, "item", "") or getattr(fact, "event", "") or getattr(fact, "question", "")
    item = items.get(about)
    words = fact.WORDS.called
    detail = Text(fr=_detail(dossier, fact, item, "fr"), en=_detail(dossier, fact, item, "en"))
    if record.cancelled:
        result = Text(fr="enregistré par erreur, ne compte plus", en="recorded by mistake, no longer counts")
    elif not latest:
        result = Text(fr="rectifié depuis", en="corrected since")
    elif record.version > 1:
        result = Text(
            fr=f"version {record.version}, l’ancienne est conservée",
            en=f"version {record.version}, the former is kept",
        )
    else:
        result = Text(fr="enregistré", en="recorded")
    return Entry(
        at=record.recorded_at, sort="fact", kind=fact.kind, who=function_of(dossier, record.recorded_by), ref=record.id,
        what=Text(fr=f"{words.fr} – {detail.fr}", en=f"{words.en} – {detail.en}"),
        why=item.clause.article if item else "", result=result,
    )  # fmt: skip


_OUTCOMES = {
    "failed": Text(fr="non remis", en="not delivered"),
    "delayed": Text(fr="en retard", en="late"),
    "unclear": Text(fr="à lire dans la boîte des réponses", en="to be read in the mailbox of replies"),
}


def _detail(dossier: Dossier, fact: Fact, item: Item | None, language: str) -> str:
    parts = [shown(day_of(fact), language)]
    if isinstance(fact, MeetingArranged):
        parts.append(hour(fact.starts_at, language))
    if isinstance(fact, DutyDone | Happened) and fact.at is not None:
        parts.append(hour(fact.at.astimezone(ZoneInfo(dossier.convention.place.time_zone)), language))
    if isinstance(fact, InvitationAnswered | Acknowledged):
        said = ANSWER_WORDS[fact.answer] if isinstance(fact, InvitationAnswered) else said_in_words(fact)
        parts.append(
            f"{function_of(dossier, fact.role)}{NBSP if language == 'fr' else ''}: {said.in_language(language)}"
        )
    if isinstance(fact, MailUndelivered):
        message = dossier.message(fact.message)
        parts += [function_of(dossier, message.role)] if message is not None else []
        parts += [fact.status] if fact.status else []
        parts += [_OUTCOMES[fact.outcome].in_language(language)]
    if isinstance(fact, LetterPosted | LetterValidated):
        parts.append(LETTERS[fact.letter].WORDS.name.in_language(language))
    if isinstance(fact, MeetingHeld) and fact.present is not None:
        parts.append(_attendance(dossier, fact, language))
    if isinstance(fact, Happened):
        parts.append(event_in_words(dossier.convention, fact.event).in_language(language))
    if item is not None:
        parts.append(item.title.in_language(language))
    party = getattr(fact, "party", None)
    if party in dossier.convention.parties:
        parts.append(dossier.convention.parties[party].name_on(day_of(fact)))
    return ", ".join(parts)


def _attendance(dossier: Dossier, held: MeetingHeld, language: str) -> str:
    """How many were there, and whether that was enough."""
    duty = next((d for d in dossier.convention.duty if d.id == series_of(held.item)), None)
    quorum = duty.meeting.quorum if duty is not None and duty.meeting is not None else 0
    short = held.present is not None and held.present < quorum
    if language == "en":
        return f"{held.present} present" + (f" of the {quorum} needed: to be held again" if short else "")
    said = f"{held.present} présent{'s' if (held.present or 0) > 1 else ''}"
    return said + (f" sur les {quorum} qu’il faut{NBSP}: à refaire" if short else "")


def _message(dossier: Dossier, message: Message, items: dict[str, Item]) -> Entry:
    words = mail_of(message.kind).name
    articles = dict.fromkeys(items[key].clause.article for told in message.told if (key := _key(told)) in items)
    return Entry(
        at=message.at, sort="message", kind=message.kind, who=_reader(dossier, message), ref=message.id,
        what=Text(
            fr=words.fr + _list(dossier, message.told, items, "fr"),
            en=words.en + _list(dossier, message.told, items, "en"),
        ),
        why=" ; ".join(articles), result=result_of(message),
    )  # fmt: skip


def _reader(dossier: Dossier, message: Message) -> str:
    """The function that a message was written to, as it was named then."""
    named = [
        r.fact.function
        for r in in_force(tuple(dossier.facts))
        if isinstance(r.fact, RoleChanged)
        and (r.fact.role, r.fact.address.casefold()) == (message.role, message.address.casefold())
    ]
    return next((name for name in reversed(named) if name), None) or function_of(dossier, message.role)


def _key(told: Told) -> str:
    return told.about.removeprefix("meeting/").removeprefix("answers/")


def _list(dossier: Dossier, about: Sequence[Told], items: dict[str, Item], language: str) -> str:
    said = []
    for told in about:
        name = _named(dossier, told.about, items, language)
        if not name:
            continue
        stage = STAGE_WORDS.get(told.stage) or LETTER_WORDS.get(told.stage.partition("-")[0])
        day = f" {figures(told.day)}" if told.day else ""
        said.append(f"{name}{day}" + (f" ({stage.in_language(language)})" if stage else ""))
    return f" – {' ; '.join(said)}" if said else ""


def _named(dossier: Dossier, about: str, items: dict[str, Item], language: str) -> str:
    """What a message told of, in words; empty for what the kind of the message says already."""
    sort, _, rest = about.partition("/")
    key = {"meeting": rest, "answers": rest, "held": rest.rpartition("/")[0]}.get(sort, about)
    if key in items:
        return items[key].title.in_language(language)
    if sort == "letter":
        letter = rest.partition("/")[0]
        return LETTERS[letter].WORDS.name.in_language(language) if letter in LETTERS else ""
    if sort == "question":
        asked = next((q for q in dossier.convention.question if q.id == rest), None)
        return rest if asked is None else asked.about_en if language == "en" else asked.about
    record = next((r for r in reversed(dossier.facts) if sort == "said" and r.id == rest), None)
    if record is not None:
        return record.fact.WORDS.called.in_language(language)
    return ""


def result_of(message: Message) -> Text:
    """Return what became of a message, in words."""
    twice = Text(fr=", peut-être reçu deux fois (mêmes octets)", en=", perhaps received twice (same bytes)")
    tail = twice if message.maybe_twice else Text(fr="", en="")
    words = {
        "to-send": Text(fr="à remettre au serveur", en="to be handed over"),
        "accepted": Text(fr="remis au serveur", en="accepted by the server"),
        "deferred": Text(fr="différé", en="put off"),
        "refused": Text(fr="refusé", en="refused"),
        "superseded": Text(fr="remplacé avant envoi", en="superseded before sending"),
    }[message.status]
    if message.unknown and message.status == "refused":
        words = Text(fr="sans réponse du serveur", en="left without an answer")
    if message.unknown and message.status == "superseded":
        tail = Text(fr=", peut-être reçu une fois", en=", perhaps received once")
    if message.stored:
        words = Text(fr="retenu jusqu’à la reprise des envois", en="held until sending resumes")
    return Text(fr=words.fr + tail.fr, en=words.en + tail.en)


def function_of(dossier: Dossier, role: str) -> str:
    """Return the function behind a role's key; the key itself when it is not a role of the convention."""
    known = dossier.convention.roles.get(role)
    return known.function if known else role
