"""The manager of accounts: named, agreed in writing by the other side, gone; and how many accounts there may be."""

from echeancier.domain.agenda.items import Item, State, Warning
from echeancier.domain.agenda.procedure import Found, roles_of
from echeancier.domain.dates.proof import given, note, worked
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts import events as e
from echeancier.domain.facts.accounts import AccountsCounted
from echeancier.domain.facts.events import Happened
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import AccountManager

ACCESS = "manager-access"
"""The series of the accesses to close after a manager of accounts left."""


def account_manager(s: Situation) -> Found:
    """Yield the written agreement awaited, the accesses of a manager who left, and a warning beyond the accounts allowed."""
    rule = s.convention.account_manager
    if rule is None:
        return
    for fact_id, fact in s.of_event(e.MANAGER_PROPOSED):
        yield _agreement(s, rule, fact_id, fact)
    for fact_id, fact in s.of_event(e.MANAGER_LEFT):
        yield _access_of_who_left(s, rule, fact_id, fact)
    yield from _nobody_agreed(s, rule)
    yield from _too_many_accounts(s, rule)


def _partner(s: Situation) -> str:
    """The side that names the manager: the one that does not run the tool."""
    return next((key for key, party in s.convention.parties.items() if not party.traits.runs_the_tool), s.convention.us)


def _operator(s: Situation) -> str:
    parties = s.convention.parties
    return next((key for key, party in parties.items() if party.traits.runs_the_tool), s.convention.others[0])


def _agreement(s: Situation, rule: AccountManager, fact_id: str, fact: Happened) -> Item:
    agreed = next((x.on for _, x in s.of_event(e.MANAGER_AGREED) if x.on >= fact.on), None)
    refused = next((x.on for _, x in s.of_event(e.MANAGER_REFUSED) if x.on >= fact.on), None)
    refused_first = refused is not None and (agreed is None or refused < agreed)
    safe = s.calendar.next_workable(fact.on)
    state = State.CANCELLED if refused_first else State.DONE if agreed else State.OPEN
    if s.is_over and state is State.OPEN:
        state = State.CANCELLED
    return Item(
        series="manager-agreement", occurrence=fact_id, kind="answer", event=fact_id, settled_by="event",
        title=Text(fr=f"Accord écrit attendu : {rule.name}", en="Written agreement awaited: manager of accounts"),
        clause=s.clause(rule.clauses), owed_by=_operator(s), owed_to=_partner(s), opens_on=fact.on, safe_day=safe,
        anchor=fact.on, rule="without_delay",
        proof=(
            given(fact.on, fact_id, "nommé le {} ; "), worked("next_workable", fact.on, safe),
            note(f"la nomination ne vaut qu’après accord écrit de {rule.agreed_by}, sans délai chiffré"),
        ),
        certainty=Certainty.POLICY, state=state, done_on=None if refused_first else agreed,
        responsible=roles_of(s, _operator(s), ()), informed=(s.convention.coordinator,),
    )  # fmt: skip


def _access_of_who_left(s: Situation, rule: AccountManager, fact_id: str, fact: Happened) -> Item:
    done, safe = s.done_on(key_of(ACCESS, fact_id)), s.calendar.next_workable(fact.on)
    return Item(
        series=ACCESS, occurrence=fact_id, kind="access-closure", event=fact_id,
        title=Text(fr=f"Fermer l’accès de l’ancien {rule.name}", en="Close the access of the former manager of accounts"),
        clause=s.clause(rule.clauses), owed_by=_partner(s), owed_to=_operator(s), opens_on=fact.on,
        safe_day=safe, anchor=fact.on, rule="without_delay",
        proof=(
            given(fact.on, fact_id, "parti le {} ; "), worked("next_workable", fact.on, safe),
            note(f"le texte ne donne pas de délai ; le dire aussi à {rule.told_to}"),
        ),
        certainty=Certainty.POLICY, state=State.DONE if done else State.OPEN, done_on=done,
        responsible=(s.convention.coordinator,) if _partner(s) == s.convention.us else roles_of(s, _partner(s), ()),
        informed=(s.convention.coordinator,),
    )  # fmt: skip


def _nobody_agreed(s: Situation, rule: AccountManager) -> Found:
    left, agreed = s.of_event(e.MANAGER_LEFT), s.of_event(e.MANAGER_AGREED)
    if not left or s.is_over:
        return
    gone = max(x.on for _, x in left)
    if any(x.on >= gone for _, x in agreed):
        return
    yield Warning(
        id="no-account-manager",
        text=Text(
            fr=f"Depuis le {figures(gone)}, aucun {rule.name} n’a l’accord écrit de {rule.agreed_by} : personne ne peut gérer "
            f"les accès. En proposer un autre, pris parmi : {rule.staff_of or 'le personnel du partenaire'}.",
            en=f"Since {gone} no manager of accounts has the written agreement required: nobody may manage the accesses. "
            "Propose another one.",
        ),
        clause=s.clause(rule.clauses),
    )


def _too_many_accounts(s: Situation, rule: AccountManager) -> Found:
    counted = s.latest(AccountsCounted)
    if counted is None or rule.accounts is None or counted.number <= rule.accounts or s.is_over:
        return
    yield Warning(
        id="too-many-accounts",
        text=Text(
            fr=f"{counted.number} comptes ouverts au {figures(counted.on)}, {rule.accounts} autorisés en même temps (hors compte "
            "du gestionnaire) : en fermer, ou faire modifier l’annexe.",
            en=f"{counted.number} accounts open on {counted.on}, {rule.accounts} allowed at once (the manager’s own left out): "
            "close some, or have the annex changed.",
        ),
        clause=s.clause(rule.clauses),
    )
