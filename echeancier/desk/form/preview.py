"""What a convention would be, shown before it starts: its dates, its agenda, its questions, the mails of a year."""

import asyncio

from echeancier.desk.convention.agenda_view import agenda_groups
from echeancier.desk.convention.view import joined, journal_lines
from echeancier.desk.form.draft import context_of, rehearse
from echeancier.desk.visit import Visit
from echeancier.domain.agenda.item_row import clause_in_words, title_in_words
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.terms.policy import Policy
from echeancier.domain.typography import said


async def previewed(visit: Visit, dossier: Dossier) -> dict[str, object]:
    """Return the values of ``desk/start_agenda.html``; computed while the other pages are served."""
    return await asyncio.to_thread(_values, dossier, visit.desk.policy, visit.language)


def _values(dossier: Dossier, policy: Policy, language: str) -> dict[str, object]:
    now, convention = dossier.registered_at, dossier.convention
    ctx = context_of(dossier, now, policy)
    lived = rehearse(dossier, now, policy)
    then = context_of(lived.dossier, now, policy)
    mails = [line for line in reversed(journal_lines(then, language)) if line.sort == "message"]
    groups = agenda_groups(ctx, language)
    return {
        "convention": convention,
        "title": title_in_words(convention, language),
        "ctx": ctx,
        "lines": [*groups["late"], *groups["ahead"]],
        "settled": len(groups["settled"]),
        "questions": [(said(q.about, language), *clause_in_words(q.clause, language)) for q in ctx.agenda.questions],
        "warnings": [(said(w.text, language), *clause_in_words(w.clause, language)) for w in ctx.agenda.warnings],
        "mails": joined(mails),
        "how_many": len(mails),
        "cut": lived.cut,
    }
