"""``echeancier notice``: when to post a notice, or what a posted notice produces, without any engine."""

from datetime import date
from typing import Annotated

import typer

from echeancier.cli.notice.answers import PostedLetter, once_posted, to_end
from echeancier.cli.options import ConventionFile, FactsFile, Language, LanguageOption, day
from echeancier.cli.output import write_json
from echeancier.cli.sources import end_of, read_files
from echeancier.domain.agenda.agenda import situation
from echeancier.domain.errors import EcheancierError
from echeancier.domain.terms.clauses import Termination
from echeancier.domain.terms.convention import Convention

_ISO = "AAAA-MM-JJ"
End = Annotated[
    date | None,
    typer.Option("--end", parser=day, metavar=_ISO, help="Le dernier jour en vigueur voulu : quand poster ?"),
]
Posted = Annotated[
    date | None,
    typer.Option("--posted", parser=day, metavar=_ISO, help="Le jour où la lettre est postée : quelle fin ?"),
]
Presented = Annotated[
    date | None,
    typer.Option("--presented", parser=day, metavar=_ISO, help="Première présentation, si elle est connue."),
]
Delivered = Annotated[
    date | None,
    typer.Option("--delivered", parser=day, metavar=_ISO, help="Remise contre signature, si elle est connue."),
]
LetterDate = Annotated[
    date | None,
    typer.Option("--letter-date", parser=day, metavar=_ISO, help="Le dernier jour que la lettre annonce."),
]
Rule = Annotated[
    str | None, typer.Option("--rule", metavar="CLAUSE", help="Une seule clause de résiliation, par son id.")
]
Json = Annotated[bool, typer.Option("--json", help="La réponse en JSON (docs/plan-format.md).")]


def notice(
    file: ConventionFile,
    *,
    facts: FactsFile = None,
    end: End = None,
    posted: Posted = None,
    rule: Rule = None,
    presented: Presented = None,
    delivered: Delivered = None,
    letter_date: LetterDate = None,
    as_json: Json = False,
    lang: LanguageOption = Language.FR,
) -> None:
    """Calcule un préavis\u00a0: quand poster pour finir un jour donné, ou quelle fin une lettre produit.

    Donner --end ou --posted, l’un des deux. Chaque clause de résiliation reçoit sa réponse.
    """
    asked = _asked(end, posted, presented, delivered, letter_date)
    convention, records = read_files(file, facts)
    # Every fact counts, whenever it was told: the answer does not depend on the day it is asked.
    day_meant = asked.posted if isinstance(asked, PostedLetter) else asked
    s = situation(convention, records, end_of(day_meant, convention))
    rules = _rules(s.convention, rule)
    if isinstance(asked, PostedLetter):
        answers = tuple(once_posted(s, one, asked) for one in rules)
    else:
        answers = tuple(to_end(s, one, asked) for one in rules)
    if all(one.impossible for one in answers):
        raise EcheancierError("\n".join(f"{one.rule.id} : {one.impossible}" for one in answers))
    if as_json:
        from echeancier.cli.notice.as_json import notice_document  # noqa: PLC0415 - of this form alone

        write_json(notice_document(s, answers, asked, lang))
    else:
        from echeancier.cli.console import console  # noqa: PLC0415 - of this form alone
        from echeancier.cli.notice.page import print_notice  # noqa: PLC0415 - of this form alone

        print_notice(console(), s, answers, asked, lang)


def _asked(
    end: date | None, posted: date | None, presented: date | None, delivered: date | None, dated: date | None
) -> date | PostedLetter:
    """Return the end wanted, or the letter posted.

    Raises:
        EcheancierError: both are given, or neither, or the journey of a letter that was not posted.
    """
    if posted is not None and end is None:
        return PostedLetter(posted, presented, delivered, dated)
    if end is None or posted is not None:
        raise EcheancierError(
            "Donner --end (le dernier jour voulu) ou --posted (le jour de l’envoi) : l’un ou l’autre."
        )
    if any((presented, delivered, dated)):
        raise EcheancierError("--presented, --delivered et --letter-date vont avec --posted.")
    return end


def _rules(convention: Convention, wanted: str | None) -> tuple[Termination, ...]:
    if not convention.termination:
        raise EcheancierError(f"{convention.reference} n’a pas de clause de résiliation par préavis.")
    known = {rule.id: rule for rule in convention.termination}
    if wanted is None:
        return tuple(known.values())
    if wanted not in known:
        raise EcheancierError(f"« {wanted} » n’est pas une clause de résiliation ici ; au choix {', '.join(known)}.")
    return (known[wanted],)
