"""What letters share: how French names institutions, delays and clauses; whom to write to; the items and steps they are about."""

import re
from collections.abc import Callable, Iterator

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.items import TO_DO, Item
from echeancier.domain.attention.reminder_stages import due_stage
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.letter_fields import LetterRefusedError
from echeancier.domain.letters.letter import Cited, Subject
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import Breach, BreachProcedureStep
from echeancier.domain.terms.convention import Clause, Convention
from echeancier.domain.terms.duties import EventDuty
from echeancier.domain.terms.owing import EITHER, OTHER
from echeancier.domain.typography import NBSP

_COMMON = ("Commune ", "Ville ", "Communauté ", "Métropole ", "Région ")
# What we note of a clause for ourselves (« ; son départ n’est pas dit », « , sans délai ») is not told to the other side.
_OUR_NOTES = re.compile(
    r"(?:\s;|,) (?:sans (?:délai|numéro|forme|date|avis|année)|aucune? |ni forme|non par|son départ|ce qui fait"
    r"|dernier jour non|dont les|rien d)[^»]*$"
)
_NUMBERS = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
)


def named(name: str) -> str:
    """Return an institution as a sentence names it: « la commune de … », « Pôle emploi »."""
    return f"la {name[0].lower()}{name[1:]}" if name.startswith(_COMMON) else name


def of(name: str) -> str:
    """Return « de la commune de … », « de Pôle emploi », « d’Échirolles »."""
    words = named(name)
    return f"d’{words}" if words[0] in "AEÉÈIOUHY" else f"de {words}"


def of_the(function: str) -> str:
    """Return « du responsable », « de l’administrateur », for a function in the masculine, as conventions write them."""
    return f"de l’{function}" if function[:1].lower() in "aeiouéèh" else f"du {function}"


def capital(text: str) -> str:
    """Return the text with a capital at its head."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """Return a title as the middle of a sentence takes it; a name or an acronym at its head keeps its capital."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() or first in ("Pôle", "France", "Opus") else text[:1].lower() + text[1:]


def counted(months: int) -> str:
    """Return « d’un mois », « de trois mois »."""
    if months == 1:
        return f"d’un{NBSP}mois"
    return f"de {number_of(months)}{NBSP}mois"


def number_of(count: int) -> str:
    """Return « trois », in letters up to twelve."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def within(delay: Delay) -> str:
    """Return « dans un délai de deux mois », « dans un délai de 10 jours ouvrés »; empty for a delay of zero."""
    if delay.is_nothing:
        return ""
    return f"dans un délai {of_length(delay)}"


def of_length(delay: Delay) -> str:
    """Return « d’un mois », « de trois mois », « de 15 jours »."""
    if delay == Delay(months=delay.months):
        return counted(delay.months or 0)
    return f"d’{delay_in_words(delay)}" if delay.named == "huitaine" else f"de {delay_in_words(delay)}"


def cited(clauses: tuple[Clause, ...]) -> tuple[Cited, ...]:
    """Return clauses as a letter cites them: by article, each once, without our own notes about them."""
    found: dict[str, list[str]] = {}
    for clause in dict.fromkeys(clauses):
        article = capital(re.sub(r"\bart\. ", f"article{NBSP}", clause.article))
        found.setdefault(article, []).append(lower(substance(clause)))
    return tuple(Cited(article=article, says="\u00a0; ".join(says)) for article, says in found.items())


def substance(clause: Clause) -> str:
    """Return what a clause says, without what we noted about it for ourselves."""
    return _OUR_NOTES.sub("", clause.says)


def clauses_of(s: Situation, ids: tuple[str, ...]) -> tuple[Clause, ...]:
    """Return the clauses of these ids, in that order."""
    return tuple(s.clause((one,)) for one in dict.fromkeys(ids))


def convention_named(s: Situation) -> str:
    """Return the convention as a sentence names it, with the day it was signed once all have signed."""
    title = titled(s.convention)
    return f"la {title} signée le {in_words(s.last_signature, weekday=False)}" if s.last_signature else f"la {title}"


def titled(convention: Convention) -> str:
    """Return « convention de coopération … » where the title says it, « convention « title » » otherwise."""
    title = convention.title.replace("«", "“").replace("»", "”")
    return lower(title) if title.startswith("Convention ") else f"convention «{NBSP}{title}{NBSP}»"


def recipient_lines(s: Situation, to: str) -> tuple[str, ...]:
    """Return the address of a role or of a party.

    Raises:
        LetterRefusedError: it is not known, is ours, or has no postal address.
    """
    party = party_of(s, to)
    if party == s.convention.us:
        raise LetterRefusedError(f"« {to} » est de notre côté : une lettre s’adresse à l’autre partie.")
    role = s.convention.roles.get(to)
    lines = (role.postal if role else ()) or s.convention.parties[party].postal
    if not lines:
        asked = f"[roles.{to}] ou [parties.{party}]" if role else f"[parties.{party}]"
        raise LetterRefusedError(
            f"Il manque l’adresse postale du destinataire : ajouter au fichier de la convention, sous {asked}, "
            'postal = ["Institution", "Service", "Voie ou BP", "00000 VILLE"].'
        )
    return lines


def party_of(s: Situation, to: str) -> str:
    """Return the party of a role, or the party itself.

    Raises:
        LetterRefusedError: neither a role nor a party.
    """
    if to in s.convention.roles:
        return s.convention.roles[to].party
    if to in s.convention.parties:
        return to
    others = [key for key, role in s.convention.roles.items() if role.party != s.convention.us]
    raise LetterRefusedError(f"« {to} » n’est ni un rôle ni une partie ; au choix {', '.join(others)}.")


def usual_addressee(s: Situation, party: str) -> str:
    """Return who is written to at a party: the function its termination clause names for our letters, else the party."""
    named_roles = (t.letter_to for t in s.convention.termination if s.convention.us in t.who and t.letter_to)
    return next((role for role in named_roles if s.convention.roles[role].party == party), party)


def addressed_to(s: Situation, side: str) -> str:
    """Return the party a letter to a side goes to: itself; of all of them, the first that is not us."""
    return next(party for party in s.convention.named_by(side) if party != s.convention.us)


def also_to_write_to(s: Situation, to: str) -> tuple[str, ...]:
    """Return a remark for the other parties that must receive the same letter; none when there are only two."""
    told = {s.convention.us, party_of(s, to)}
    others = [key for key in s.convention.parties if key not in told]
    return (f"À adresser aussi, par une lettre à part, à : {', '.join(others)} (--to).",) if others else ()


_SHOWN = 8


def item_of(s: Situation, key: str) -> Item:
    """Return the item of that key.

    Raises:
        LetterRefusedError: there is none, or no key is given.
    """
    if not key:
        raise LetterRefusedError("De quelle échéance s’agit-il ? Donner sa clé avec --about (plan --format json).")
    found = agenda_of(s).item(key)
    if found is None:
        raise LetterRefusedError(f"« {key} » n’est pas une clé de l’agenda (plan --format json les donne).")
    return found


def item_among(s: Situation, key: str, fits: Callable[[Item], bool], what: str) -> Item:
    """Return the item of that key, or the only one that fits when no key is given.

    Args:
        s: the situation.
        key: of the item; empty to look for the only one.
        fits: whether an item is one this letter can be about.
        what: what is looked for, in French, for the refusal.

    Raises:
        LetterRefusedError: none fits, several do, or the one named does not.
    """
    fitting = [item for item in agenda_of(s).items if fits(item)]
    keys = ", ".join(item.key for item in fitting[:_SHOWN])
    if key:
        named = next((item for item in fitting if item.key == key), None)
        if named is None:
            choice = f" ; au choix : {keys}" if fitting else ""
            raise LetterRefusedError(f"« {key} » n’est pas {what}{choice}.")
        return named
    if not fitting:
        raise LetterRefusedError(f"L’agenda ne contient pas {what} : enregistrer d’abord ce qui est arrivé.")
    if len(fitting) > 1:
        raise LetterRefusedError(f"Plusieurs possibilités ; choisir avec --about : {keys}.")
    return fitting[0]


def is_open(s: Situation, item: Item) -> bool:
    """Whether an item is to be done, and spoken of already."""
    return item.state in TO_DO and due_stage(s, item) is not None


def is_theirs(s: Situation, item: Item) -> bool:
    """Whether the other side owes an item, which is no meeting."""
    return item.owed_by in s.convention.parties and item.owed_by != s.convention.us and not item.traits.is_meeting


def event_duties(s: Situation, fits: Callable[[Situation, EventDuty], bool]) -> dict[str, EventDuty]:
    """Return the duties of ours that begin with an event, by id, of those that fit; former terms gave some that may still run."""
    terms = (*(one.convention for one in s.versions.all), s.convention)
    return {
        duty.id: duty
        for one in terms
        for duty in one.event_duty
        if s.convention.is_ours(duty.owed_by) and fits(s, duty)
    }


def breaches_of_ours(s: Situation, does: str) -> Iterator[Subject]:
    """Return the breaches whose clause gives us a step."""
    for breach in s.convention.breach:
        if any(x.does == does and x.who in (s.convention.us, EITHER) for x in breach.steps):
            yield Subject(breach.id, (breach.grounds,))


def accused_of(s: Situation, breach: Breach) -> str:
    """Return the party that a letter about a breach goes to: the one named, else the first that is not us (another by --to)."""
    return s.convention.others[0] if breach.against == (OTHER,) else breach.against[0]


def our_step(s: Situation, breach: Breach, does: str) -> BreachProcedureStep:
    """Return a step of ours of a breach.

    Raises:
        LetterRefusedError: its clause has no such step, or gives it to the other side.
    """
    step = next((x for x in breach.steps if x.does == does), None)
    if step is None:
        raise LetterRefusedError(f"La clause « {breach.id} » ne prévoit pas cette lettre.")
    if step.who not in (s.convention.us, EITHER):
        other = s.convention.parties[step.who].name_on(s.today)
        raise LetterRefusedError(f"Cette lettre revient à {other}, non à nous ; pour y répondre : letter … comments.")
    return step


_FROM = {
    "receipt": " à compter de la réception de la présente lettre", "information": " suivant la présente information",
    "letter": " suivant la présente lettre", "sending": " suivant l’envoi de la présente lettre",
}  # fmt: skip


def time_given(step: BreachProcedureStep | None) -> str:
    """Return the time that a step of a breach gives, as in « d’un mois à compter de la réception de la présente lettre »."""
    if step is None or step.delay is None:
        return ""
    return f"{of_length(step.delay)}{_FROM.get(step.starts or '', '')}"
