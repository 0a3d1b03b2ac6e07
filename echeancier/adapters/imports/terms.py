"""A row of the sheet as the terms of a convention, and the facts of its birth; what it leaves blank becomes a question."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from pydantic import ValidationError

from echeancier.adapters.files.facts_file import FactEntry
from echeancier.adapters.imports.cells import AT_SIGNATURE
from echeancier.adapters.imports.columns import COLUMNS, MORE, bare
from echeancier.adapters.imports.rows import ImportedConvention, Wrong
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.delays import term_last_day
from echeancier.domain.dates.words import day_and_month, figures
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.signing import Signed
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.model_problems import placed_problems
from echeancier.domain.terms.owing import EACH, together
from echeancier.domain.terms.parties import PARTY_KINDS, PartyTraits
from echeancier.domain.terms.when import YearlyDay
from echeancier.domain.typography import nbsp

_BLANK_ARTICLE: Final = "article non recopié"
_HEADS: Final = {column.name: column.head for column in COLUMNS}
_BESIDE: Final = (
    ("basis", "notice"),
    ("until", "notice"),
    ("notice_article", "notice"),
    ("denial_basis", "denial"),
    ("denial_by", "denial"),
    ("committee_article", "committees"),
    *((name, "report_days") for name in ("report_title", "report_year", "report_by", "report_article")),
    *((name, key) for key, _ in MORE for name in (f"{key}_kind", f"{key}_contact", f"signed_{key}")),
    ("fourth", "third"),
)
"""Columns that speak of another one."""

_SIDES: Final = {column.name: tuple(meant for _, meant in column.values) for column in COLUMNS if column.sort == "side"}
"""The words of the columns that name a side, as they are read; anything else in them is the name of a party."""

_WAYS: Final = {meant: words for column in COLUMNS if column.name == "renewal" for words, meant in column.values}

_PLACES: Final = {
    "reference": "reference", "title": "title", "kind": "kind", "effect": "effect", "term": "months", "termination": "notice",
    "duty": "report_days",
    "renewal": "renewal", "renewal.period": "renewal_period", "renewal.times": "renewal_times", "renewal.cap": "cap",
    "number": "number", "service": "service", "parties.us": "us", "parties.partner": "partner", "parent": "parent",
    **{f"parties.{key}": key for key, _ in MORE}, **{f"roles.correspondant-{key}": f"{key}_contact" for key, _ in MORE},
    "roles.coordination": "coordinator", "roles.direction": "manager", "roles.correspondant": "contact",
}  # fmt: skip


def convention_of(row: ImportedConvention) -> tuple[Convention | None, tuple[Wrong, ...]]:
    """Return the convention of a row whose cells are right; or everything that must be put right in the row."""
    if wrong := (*row.wrong, *_contradictions(row)):
        return None, wrong
    terms = _terms(row.said)
    try:
        convention = Convention.model_validate(terms)
    except ValidationError as error:
        return None, tuple(Wrong(row.number, _head(loc), words) for loc, words in placed_problems(error, Convention))
    return (convention, ()) if not (found := problems_of(convention)) else (None, _whole(row, found))


def _head(loc: tuple[str | int, ...]) -> str:
    """The heading of the column that a place of the terms comes from, empty when there is none."""
    names = (_PLACES.get(".".join(str(step) for step in loc[:depth]), "") for depth in (2, 1))
    return _HEADS.get(next(filter(None, names), ""), "")


def _contradictions(row: ImportedConvention) -> Iterator[Wrong]:
    """Columns that say two things, or one that means nothing without another: both readings are said, none is chosen."""
    said = row.said
    months, ends = said.get("months"), said.get("ends")
    if isinstance(months, int) and isinstance(ends, date):
        effect = _effect_day(said)
        counted = term_last_day(effect, months) if effect else None
        if counted != ends:
            reading = (
                f"{months} mois depuis le {figures(effect)} finissent le {figures(counted)}"
                if effect and counted
                else f"{months} mois sans jour de prise d’effet ne disent pas quel jour"
            )
            words = f"{reading}, le dernier jour écrit est le {figures(ends)} : corriger, ou n’en laisser qu’un"
            yield Wrong(row.number, _HEADS["ends"], nbsp(words))
    for name, needed in _BESIDE:
        if name in said and needed not in said and not _sent_back(row, needed):
            words = f"ne dit rien sans « {_HEADS[needed]} » : la remplir, ou vider cette cellule"
            yield Wrong(row.number, _HEADS[name], nbsp(words))
    for key, _ in MORE:
        contact = _HEADS[f"{key}_contact"]
        if key in said and f"{key}_contact" not in said and not _sent_back(row, f"{key}_contact"):
            words = f"à remplir : « {_HEADS[key]} » nomme une partie, et rien ne dit à quelle adresse lui écrire"
            yield Wrong(row.number, contact, nbsp(words))
    for name, why in _REPORTED.items():
        if "report_days" in said and name not in said and not _sent_back(row, name):
            yield Wrong(
                row.number,
                _HEADS[name],
                nbsp(f"à remplir : « {_HEADS['report_days']} » attend un bilan, et rien ne dit {why}"),
            )
    for name, why in (*_against_renewal(said), *_nobody(said)):
        yield Wrong(row.number, _HEADS[name], nbsp(why))


def _sent_back(row: ImportedConvention, name: str) -> bool:
    """Whether a cell is sent back already: it is filled, and what it was to say is not known."""
    return any(one.column == _HEADS[name] for one in row.wrong)


_RENEWED: Final = {
    "renewal_period": ("express", "tacit"),
    "renewal_times": ("express", "tacit"),
    "renewal_deadline": ("express",),
    "renewal_by": ("express",),
    "denial": ("tacit",),
    "renewal_article": ("none", "express", "tacit", "with-parent"),
}
"""The ways to be renewed with which a column means something."""


def _against_renewal(said: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Columns of a renewal that the column « Reconduction » denies, or says nothing of; a tacit one may leave them all empty."""
    how = said.get("renewal")
    for name, ways in _RENEWED.items():
        if name in said and how not in ways and not (name == "renewal_article" and "cap" in said):
            wanted = " ou ".join(f"« {_WAYS[way]} »" for way in ways)
            yield (
                name,
                (
                    f"ne dit rien sans « {_HEADS['renewal']} » {wanted}, et elle est "
                    f"{f'« {_WAYS[str(how)]} »' if how else 'vide'} : corriger l’une, ou vider l’autre"
                ),
            )
    if how == "express" and "renewal_by" in said and "renewal_period" not in said:
        yield (
            "renewal_period",
            f"à remplir : « {_HEADS['renewal_by']} » dit qu’une partie en décide seule, et rien ne dit pour combien de mois",
        )
    if how == "with-parent" and "parent" not in said:
        yield "renewal", f"« {_WAYS['with-parent']} » : remplir « {_HEADS['parent']} », ou dire une autre reconduction"
    if how == "tacit" and "parent" in said and "months" not in said and "ends" not in said:
        yield (
            "renewal",
            (
                f"« tacite » : une convention dont la durée est celle de sa mère ne se reconduit pas d’elle-même ; remplir "
                f"« {_HEADS['months']} », ou dire « {_WAYS['with-parent']} »"
            ),
        )


_REPORTED: Final = {
    "report_year": "si celui de ce jour-là rend compte de l’année d’avant, de l’année même ou de l’année d’après",
    "report_by": "quelle partie le doit",
}
"""What a report on days of the calendar says besides, and why it is needed."""


def _parties(said: Mapping[str, object]) -> tuple[str, ...]:
    """Return the parties of a row: the two that every row has, and those beyond that it names."""
    return ("us", "partner", *(key for key, _ in MORE if key in said))


def _sides(said: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Return the sides that a column names, by a word of its list or by the name of a party: all, one, or none."""
    typed = str(said[name])
    if typed in _SIDES[name]:
        return _parties(said) if typed == "both" else (typed,)
    return tuple(side for side in _parties(said) if bare(typed) == bare(str(said.get(side, ""))))


def _nobody(said: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Columns that name a side by what is not the name of one party."""
    for column in COLUMNS:
        if column.name not in _SIDES or column.name not in said or not {"us", "partner"} <= set(said):
            continue
        typed = str(said[column.name])
        if not (sides := _sides(said, column.name)):
            yield column.name, f"« {typed[:80]} » n’est pas admis : on attend {column.right}"
        elif len(sides) > 1 and typed not in _SIDES[column.name]:
            whose = "des deux" if len(_parties(said)) == 2 else "de plusieurs"
            yield column.name, f"« {typed[:80]} » est le nom {whose} parties : écrire « nous » ou « le partenaire »"


def _effect_day(said: Mapping[str, object]) -> date | None:
    effect = said.get("effect")
    if effect == AT_SIGNATURE:
        parties = _parties(said)
        signed = [day for party in parties if isinstance(day := said.get(f"signed_{party}"), date)]
        return max(signed) if len(signed) == len(parties) else None
    return effect if isinstance(effect, date) else None


def _whole(row: ImportedConvention, problems: list[str]) -> tuple[Wrong, ...]:
    return tuple(Wrong(row.number, "", nbsp(problem)) for problem in problems)


def birth_of(row: ImportedConvention) -> tuple[FactEntry, ...]:
    """Return what the row says already happened, in the order of a birth."""
    days = {name: day for name, day in row.said.items() if isinstance(day, date)}
    found: list[Fact] = []
    if "adopted" in days:
        found.append(ActAdopted(on=days["adopted"]))
    if "published" in days:
        found.append(ActPublished(on=days["published"]))
    if "transmitted" in days:
        found.append(ActTransmitted(on=days["transmitted"]))
    found += [Signed(on=days[f"signed_{p}"], party=p) for p in _parties(row.said) if f"signed_{p}" in days]
    return tuple(FactEntry(fact=fact, by="coordination") for fact in found)


def _terms(said: dict[str, object]) -> dict[str, Any]:
    clauses: list[dict[str, str]] = []

    def clause(name: str, says: str) -> list[str]:
        clauses.append({"id": f"L.{len(clauses) + 1}", "article": str(said.get(name, _BLANK_ARTICLE)), "says": says})
        return [clauses[-1]["id"]]

    parties = _parties(said)
    more, whole = parties[2:], together(dict.fromkeys(parties))
    effect, term, questions = _length(said, clause("term_article", "Prise d’effet et durée"))
    terms: dict[str, Any] = {
        "reference": said["reference"], "title": said["title"], "kind": said.get("kind", "cooperation"),
        "number": said.get("number", ""), "service": said.get("service", ""),
        "us": "us", "coordinator": "coordination", "manager": "direction",
        "parties": {
            "us": {"name": said["us"], "kind": said.get("us_kind", "commune")},
            "partner": {"name": said["partner"], "kind": said.get("partner_kind", "operator")},
            **{key: {"name": said[key], "kind": said.get(f"{key}_kind", "operator")} for key in more},
        },
        "roles": {
            "coordination": {"party": "us", "function": "Coordination des conventions", "address": said["coordinator"]},
            "direction": {"party": "us", "function": "Direction", "address": said.get("manager", said["coordinator"])},
            "correspondant": {"party": "partner", "function": "Interlocuteur du partenaire", "address": said["contact"]},
            **{
                f"correspondant-{key}": {
                    "party": key, "function": f"Interlocuteur de la {which} partie", "address": said[f"{key}_contact"],
                }
                for key, which in MORE if key in more
            },
        },
        "effect": effect, "term": term, "question": questions, "clause": clauses,
    }  # fmt: skip
    if _voted(said):
        terms["act"] = [{"party": "us", "body": _our_kind(said).assembly or PARTY_KINDS["commune"].assembly}]
    if parent := said.get("parent"):
        terms["parent"] = {
            "reference": parent, "cited_as": f"la convention {parent}", "on_parent_end": "unstated", "clauses": term["clauses"],
        }  # fmt: skip
    if "notice" in said:
        terms["termination"] = [
            {
                "id": "preavis", "who": parties, "length": {"months": said["notice"]},
                "starts": said.get("basis", "unstated"), "until": said.get("until", "any-day"),
                "clauses": clause("notice_article", f"Un préavis de {said['notice']} mois"),
            }
        ]  # fmt: skip
    if said.get("renewal", "none") != "none" or "cap" in said or "renewal_article" in said:
        _renewed(terms, said, clause("renewal_article", _renewal_in_words(said)))
    if "committees" in said:
        terms["duty"] = [
            {
                "id": "comite-de-pilotage", "kind": "committee", "title": "Comité de pilotage", "title_en": "Steering committee",
                "owed_by": whole, "owed_to": whole,
                "rhythm": {"every_months": 12, "count": said["committees"], "at_least": True},
                "prepares_renewal": True, "clauses": clause("committee_article", f"{said['committees']} par an"),
            }
        ]  # fmt: skip
    if isinstance(days := said.get("report_days"), YearlyDay):
        terms.setdefault("duty", []).append(_report(said, days, clause("report_article", _report_in_words(said, days))))
    return terms


def _report(said: Mapping[str, object], days: YearlyDay, clauses: list[str]) -> dict[str, Any]:
    """Return the report that comes back on days of the year: that of one party, or one of each."""
    parties, sides = _parties(said), _sides(said, "report_by")
    others = [party for party in parties if party not in sides]
    title = said.get("report_title")
    return {
        "id": "bilan", "kind": "report", "title": title or "Bilan", "title_en": title or "Report",
        "owed_by": sides[0] if len(sides) == 1 else EACH,
        "owed_to": others[0] if len(others) == 1 else together(dict.fromkeys(parties)),
        "when": {"on": days.on, "limit": days.limit, "covers": said["report_year"]}, "clauses": clauses,
    }  # fmt: skip


def _report_in_words(said: Mapping[str, object], days: YearlyDay) -> str:
    """What the article of a report says, in the words of the columns."""
    before = "avant" if days.limit == "excluded" else "au plus tard"
    on = " et ".join(f"le {day_and_month(int(day[:2]), int(day[3:]))}" for day in days.on)
    return f"{said.get('report_title', 'Bilan')}, chaque année, {before} {on}"


_RENEWAL_WORDS: Final = {
    "none": "Sans tacite reconduction",
    "express": "Reconduction expresse",
    "tacit": "Tacite reconduction",
    "with-parent": "Reconduction avec la convention mère",
}


def _renewal_in_words(said: Mapping[str, object]) -> str:
    """What the article of a renewal says, in the words of the columns."""
    found = [_RENEWAL_WORDS[str(said["renewal"])]] if "renewal" in said else []
    found += [f"par périodes de {said['renewal_period']} mois"] if "renewal_period" in said else []
    found += [f"{said['renewal_times']} fois au plus"] if "renewal_times" in said else []
    found += [f"{said['cap']} mois en tout au plus"] if "cap" in said else []
    if isinstance(before := said.get("renewal_deadline"), Delay):
        found.append(f"à décider {delay_in_words(before)} avant la fin")
    found += [f"par une seule partie ({said[_sides(said, 'renewal_by')[0]]})"] if "renewal_by" in said else []
    found += [f"sauf dénonciation {said['denial']} mois avant"] if "denial" in said else []
    return ", ".join(found)


def _renewed(terms: dict[str, Any], said: Mapping[str, object], clauses: list[str]) -> None:
    """Say how it is renewed, and by which letter that is stopped."""
    rule: dict[str, Any] = {"how": said.get("renewal", "none"), "clauses": clauses}
    rule |= {
        key: said[name] for name, key in (("renewal_times", "times"), ("renewal_deadline", "deadline")) if name in said
    }
    rule |= {"done_by": "one", "who": _sides(said, "renewal_by")[0]} if "renewal_by" in said else {}
    rule |= {
        key: {"months": said[name]} for name, key in (("renewal_period", "period"), ("cap", "cap")) if name in said
    }
    terms["renewal"] = rule
    if "denial" in said:
        who = _sides(said, "denial_by") if "denial_by" in said else _parties(said)
        terms.setdefault("termination", []).append(
            {
                "id": "denonciation", "who": who, "length": {"months": said["denial"]},
                "starts": said.get("denial_basis", "unstated"), "until": "term", "clauses": clauses,
            }
        )  # fmt: skip


def _voted(said: dict[str, object]) -> bool:
    """A local authority votes before it signs; another body does not, unless the sheet gives the day of a vote."""
    return _our_kind(said).is_local_authority or "adopted" in said


def _our_kind(said: dict[str, object]) -> PartyTraits:
    return next(traits for kind, traits in PARTY_KINDS.items() if kind == said.get("us_kind", "commune"))


def _length(said: dict[str, object], clauses: list[str]) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    questions = []
    effect: dict[str, Any] = {"rule": "fixed", "clauses": clauses}
    if said.get("effect") == AT_SIGNATURE:
        effect["rule"] = "last-signature"
    elif "effect" in said:
        effect["on"] = said["effect"]
    else:
        effect["question"] = "prise-effet"
        questions.append(
            _question(
                "prise-effet",
                "Quel jour la convention prend-elle effet ?",
                "On which day does it take effect?",
                "date",
                clauses,
            )
        )
    term: dict[str, Any] = {"clauses": clauses}
    term |= {key: said[name] for name, key in (("months", "months"), ("ends", "ends_on")) if name in said}
    if "parent" in said:
        term["within_parent"] = True
    if len(term) == 1:
        term["question"] = "duree"
        questions.append(
            _question(
                "duree",
                "Quelle est la durée de la convention, en mois ?",
                "What is its term, in months?",
                "months",
                clauses,
            )
        )
    return effect, term, questions


def _question(id: str, about: str, about_en: str, answer: str, clauses: list[str]) -> dict[str, Any]:  # noqa: A002
    return {
        "id": id, "about": nbsp(about), "about_en": about_en, "kind": "blank", "answer": answer, "ask": "coordination",
        "clauses": clauses,
    }  # fmt: skip
