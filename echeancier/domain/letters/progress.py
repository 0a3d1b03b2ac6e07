"""Where each letter stands, from « to prepare » to its proof of delivery.

The mark of the text that was validated, and what a later version says differently.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.letter_fields import LetterFields, LetterKind, LetterRefusedError
from echeancier.domain.facts.letters import LetterValidated
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.letters.content import LETTERS, LetterContent, letter_for
from echeancier.domain.letters.due import calls
from echeancier.domain.letters.letter import Call
from echeancier.domain.model import Text
from echeancier.domain.standing.posted_letters import Posting, postings
from echeancier.domain.standing.situation import Situation

_PARTS: Final[dict[str, Text]] = {
    "recipient": Text(fr="l’adresse du destinataire", en="the addressee"),
    "head": Text(fr="l’en-tête", en="the heading"),
    "reference": Text(fr="la référence", en="the reference"),
    "place": Text(fr="le lieu", en="the place"),
    "dated": Text(fr="la date", en="the date"),
    "sending": Text(fr="le mode d’envoi", en="how it is sent"),
    "tracking": Text(fr="le numéro de suivi", en="the tracking number"),
    "subject": Text(fr="l’objet", en="the subject"),
    "convention": Text(fr="la convention nommée", en="the convention as named"),
    "number": Text(fr="le numéro de la convention", en="the number of the convention"),
    "partner": Text(fr="le nom de l’autre partie", en="the name of the other side"),
    "cited": Text(fr="les clauses citées", en="the clauses quoted"),
    "says": Text(fr="le corps de la lettre", en="the body of the letter"),
    "signature": Text(fr="qui signe", en="who signs"),
    "enclosures": Text(fr="les pièces jointes", en="what is enclosed"),
    "copies": Text(fr="les copies", en="the copies"),
}
_SHOWN: Final = 160


def differences(before: LetterContent, after: LetterContent) -> tuple[Text, ...]:
    """Return each part that changed, as « part : « new » au lieu de « old » »; what is never printed does not count."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    found = []
    for part, words in _PARTS.items():
        for was, now in _changed(old[part], new[part]):
            found.append(
                Text(
                    fr=f"{words.fr} : « {_short(now)} » au lieu de « {_short(was)} »",
                    en=f"{words.en}: “{_short(now)}” instead of “{_short(was)}”",
                )
            )
    return tuple(found)


def _changed(was: object, now: object) -> list[tuple[str, str]]:
    if was == now:
        return []
    if isinstance(was, dict) and isinstance(now, dict):
        return [pair for name in now for pair in _changed(was.get(name, ""), now[name])]
    return [(_words(was), _words(now))]


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, dict):
        return " – ".join(_words(one) for one in value.values())
    return str(value)


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def content_mark(content: LetterContent) -> str:
    """Return the SHA-256 of everything a letter prints; what is said apart to whoever validates it is left out."""
    printed = content.model_dump(mode="json", exclude={"remarks"})
    return hashlib.sha256(json.dumps(printed, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class LetterStage(StrEnum):
    """Where a letter stands; a closed list, in the order in which a letter goes through it."""

    TO_PREPARE = "to-prepare"  # a person has something to add, or to decide, before it can be read
    DRAFT = "draft"  # it says all it must; nobody has validated these words
    VALIDATED = "validated"
    POSTED = "posted"
    PRESENTED = "presented"
    DELIVERED = "delivered"
    REFUSED = "refused"
    UNCLAIMED = "unclaimed"
    UNKNOWN_ADDRESS = "unknown-address"


STAGES: Final[dict[LetterStage, Text]] = {
    LetterStage.TO_PREPARE: Text(fr="à préparer", en="to prepare"),
    LetterStage.DRAFT: Text(fr="projet à valider", en="draft to validate"),
    LetterStage.VALIDATED: Text(fr="validée, à poster", en="validated, to post"),
    LetterStage.POSTED: Text(fr="postée", en="posted"),
    LetterStage.PRESENTED: Text(fr="présentée", en="presented"),
    LetterStage.DELIVERED: Text(fr="remise", en="delivered"),
    LetterStage.REFUSED: Text(fr="refusée par le destinataire", en="refused by the addressee"),
    LetterStage.UNCLAIMED: Text(fr="non réclamée", en="unclaimed"),
    LetterStage.UNKNOWN_ADDRESS: Text(fr="revenue, adresse inconnue", en="returned, unknown address"),
}
"""Every stage, in a few words."""

NOTHING: Final = LetterFields()
"""Nothing was added by hand."""
BEFORE_THE_POST: Final = frozenset({LetterStage.TO_PREPARE, LetterStage.DRAFT, LetterStage.VALIDATED})


@dataclass(frozen=True)
class Standing:
    """One letter and where it stands.

    Attributes:
        to: the role or the party it was validated for, empty for the one its clause names.
        call: why it is called for now, None when it no longer is, or a person began it alone.
        fields: what a person added, or what is proposed.
        content: what it says now, None when it cannot be written at all.
        missing: why it cannot be read for validation yet.
        validated: the last validation of this letter, None while there is none.
        changes: what makes of a validated letter a draft again.
        posting: when and how it left, None before.
        unvalidated: it left although nobody had validated it.
    """

    letter: LetterKind
    about: str
    stage: LetterStage
    to: str = ""
    call: Call | None = None
    fields: LetterFields = NOTHING
    content: LetterContent | None = None
    missing: str = ""
    validated: Recorded | None = None
    changes: tuple[Text, ...] = ()
    posting: Posting | None = None
    unvalidated: bool = False

    @property
    def waits(self) -> bool:
        """Whether somebody has something to do about it before it is with the post."""
        return self.stage in BEFORE_THE_POST

    @property
    def mark(self) -> str:
        """The mark of what it says now, empty when it cannot be written."""
        return content_mark(self.content) if self.content is not None else ""

    @property
    def by(self) -> date | None:
        """The day to have posted it by."""
        return self.call.by if self.call is not None else None


def letters_of(dossier: Dossier, s: Situation) -> tuple[Standing, ...]:
    """Return every letter a dossier calls for or has seen, what is to be done first, then by posting.

    Args:
        dossier: with its former terms and all versions of its facts.
        s: its situation now.
    """
    called: dict[tuple[str, str], Call] = {(call.letter, call.about): call for call in calls(s)}
    found: list[Standing] = []
    open_ones: dict[tuple[str, str, str], Recorded] = {}
    gone = {posting.id: posting for posting in postings(s)}
    for record in s.records:
        fact = record.fact
        if isinstance(fact, LetterValidated):
            open_ones[fact.letter, fact.about, fact.to] = record
        elif record.id in gone:
            posting = gone[record.id]
            mine = [key for key in open_ones if is_about(posting, key[0], key[1])]
            found += [posted(posting, open_ones.pop(key)) for key in mine] or [posted(posting, None)]
    for (letter, about, _), record in open_ones.items():
        found.append(validated(dossier, record, called.pop((letter, about), None)))
    found += [prepared(s, call) for call in called.values()]
    return tuple(sorted(found, key=_order))


def is_about(posting: Posting, letter: str, about: str) -> bool:
    """Whether a posting is that of a letter."""
    return posting.letter == letter and LETTERS[letter].left_as(about, posting.about)


def _order(one: Standing) -> tuple[bool, date, str, str]:
    day = one.by if one.waits else one.posting.on if one.posting else None
    return (not one.waits, day or date.max, one.letter, one.about)


def posted(posting: Posting, validation: Recorded | None) -> Standing:
    """Return a letter that left."""
    fact = validation.fact if validation is not None else None
    fields = fact.fields if isinstance(fact, LetterValidated) else LetterFields()
    return Standing(
        letter=posting.letter, about=fact.about if isinstance(fact, LetterValidated) else posting.about,
        to=fields.to, stage=_proved(posting), fields=fields, validated=validation, posting=posting,
        unvalidated=validation is None,
    )  # fmt: skip


def _proved(posting: Posting) -> LetterStage:
    if posting.outcome is not None:
        return LetterStage(posting.outcome)
    if posting.delivered_on is not None:
        return LetterStage.DELIVERED
    return LetterStage.PRESENTED if posting.presented_on is not None else LetterStage.POSTED


def prepared(s: Situation, call: Call) -> Standing:
    """Return a letter that nobody has validated: as complete as the dossier makes it, the rest left blank."""
    missing = ""
    try:
        content: LetterContent | None = letter_for(s, call.letter, call.about, call.fields)
    except LetterRefusedError as refused:
        missing = str(refused)
        content = _with_blanks(s, call)
    stage = LetterStage.TO_PREPARE if missing else LetterStage.DRAFT
    return Standing(
        letter=call.letter, about=call.about, stage=stage, call=call, fields=call.fields, content=content, missing=missing
    )  # fmt: skip


def _with_blanks(s: Situation, call: Call) -> LetterContent | None:
    try:
        return letter_for(s, call.letter, call.about, call.fields.model_copy(update={"blanks": True}))
    except LetterRefusedError:
        return None


def validated(dossier: Dossier, record: Recorded, call: Call | None) -> Standing:
    """Return a letter that was validated: still so while what it says is what was read.

    What it said then and what it says now are both written as on the instant of the validation, so that the mere passing
    of days changes nothing.
    """
    fact = record.fact
    assert isinstance(fact, LetterValidated)  # noqa: S101 - the caller looked
    bare = Standing(
        letter=fact.letter, about=fact.about, to=fact.to, stage=LetterStage.VALIDATED, call=call, fields=fact.fields,
        validated=record,
    )  # fmt: skip
    then = _written(dossier, record, as_it_was=True)
    now = _written(dossier, record, as_it_was=False)
    if isinstance(now, LetterRefusedError):
        return replace(bare, stage=LetterStage.TO_PREPARE, missing=str(now), changes=(_refused(now),))
    changes = differences(then, now) if isinstance(then, LetterContent) else ()
    return replace(bare, stage=LetterStage.DRAFT if changes else LetterStage.VALIDATED, content=now, changes=changes)


def _refused(error: LetterRefusedError) -> Text:
    return Text(fr=f"la lettre ne peut plus s’écrire : {error}", en=f"the letter can no longer be written: {error}")


def _written(dossier: Dossier, record: Recorded, *, as_it_was: bool) -> LetterContent | LetterRefusedError:
    fact, at = record.fact, record.recorded_at
    assert isinstance(fact, LetterValidated)  # noqa: S101 - the caller looked
    terms, records = dossier.convention, tuple(dossier.facts)
    if as_it_was:
        replaced = (former.convention for former in dossier.former_terms if former.replaced_at > at)
        terms = next(replaced, terms)
        records = tuple(r for r in records if r.recorded_at <= at)
    try:
        return letter_for(situation(terms, records, at), fact.letter, fact.about, fact.fields)
    except LetterRefusedError as error:
        return error
