"""Every kind of fact the door knows is recorded on the desk, put right there, and cancelled there."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx
import pytest

from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.recording import KINDS, parse_fact
from echeancier.domain.terms.money import Payment
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister, example
from tests.desk.html import Page, read

NOW = datetime(2022, 3, 1, 9, tzinfo=UTC)
Step = tuple[str, dict[str, str]]


def step(kind: str, on: str = "", **fields: str) -> Step:
    return kind, {**({"on": on} if on else {}), **fields}


BIRTH = (
    step("act-adopted", "2021-04-12", number="2021.04.14.8"),
    step("act-published", "2021-04-16"),
    step("act-transmitted", "2021-04-16"),
    step("signature-circulated", "2021-04-19"),
    step("signature-refused", "2021-04-22", party="operator", reason="une annexe manque"),
    step("signature-circulated", "2021-04-26", new_text="true"),
    step("signed", "2021-05-03", party="commune"),
    step("signed", "2021-05-04", party="operator"),
    step("contract-publicised", "2021-05-10"),
)
LIVES: dict[str, tuple[Step, ...]] = {
    "sqf-p": (
        *BIRTH,
        step("appeal-lodged", "2021-05-12", appellant="riverain"),
        step("appeal-answered", "2021-06-01", appellant="riverain"),
        step("done", "2022-01-20", item="quarterly-data/2021-10"),
        step("acknowledged", "2022-02-25", item="quarterly-data/2022-01", role="referent-operator", answer="seen"),
        step("meeting-arranged", item="referent-meeting/2022-03", starts_at="2022-03-15T10:00", place="Relais Emploi"),
        step("invitation-answered", "2022-03-01", item="referent-meeting/2022-03", role="referent-operator", answer="accepted"),
        step("meeting-cancelled", "2022-03-01", item="referent-meeting/2022-03", reason="salle prise"),
        step("meeting-held", "2022-02-15", item="referent-meeting/2022-01"),
        step("meeting-minutes", "2022-02-20", item="referent-meeting/2022-01"),
        step("followed-by", "2022-02-20", reference="SQF-P-2024"),
        step("question-answered", "2022-03-01", question="operator-number", text="2021-117"),
        step("mail-undelivered", "2022-02-02", message="m1", outcome="failed", status="5.1.1"),
        step("away", "2022-02-20", role="coordinator", until="2022-03-20"),
        step("role-changed", "2022-02-20", role="data-operator", address="donnees@operateur.example"),
        step("litigation-opened", "2022-02-01"),
        step("hold-reviewed", "2022-02-10"),
        step("litigation-closed", "2022-02-20"),
        step("party-changed", "2022-02-20", party="operator", new_name="FT", postal="FT | 38090 VILLEFONTAINE"),
        step("territory-changed", "2022-02-20", party="commune", joined="Grenay, Bonnefamille"),
        step("amended", "2022-02-01", ends_on="2023-06-30"),
        step("renewal-decided", "2022-02-25", decision="new-convention"),
        step("letter-posted", "2022-02-01", rule="notice", by="operator", form="lrar", reasons="réorganisation"),
        step("letter-presented", "2022-02-03", letter="*"),
        step("letter-delivered", "2022-02-04", letter="*"),
        step("notice-withdrawn", "2022-02-20", letter="*"),
    ),
    "sqf-p returned": (
        *BIRTH,
        step("letter-posted", "2022-02-01", rule="notice", by="operator", form="lrar", reasons="réorganisation"),
        step("letter-returned", "2022-02-20", letter="*", outcome="unclaimed"),
    ),
    "sqf-o": (
        step("act-adopted", "2021-04-12"),
        step("act-published", "2021-04-16"),
        step("act-transmitted", "2021-04-16"),
        step("parent-signed", "2021-04-20"),
        step("parent-ends", "2023-12-31", why="term"),
        step("signed", "2021-04-20", party="commune"),
        step("signed", "2021-04-20", party="operator"),
        step("event", "2021-04-22", event="account-manager-proposed"),
        step("event", "2021-04-25", event="account-manager-agreed"),
        step("accounts-counted", "2021-05-10", number="2"),
        step("breach-step", "2022-01-10", breach="fault", step="inform-reasons"),
        step("breach-closed", "2022-02-10", breach="fault", outcome="withdrawn"),
    ),
    "tcm-d": (
        step("act-adopted", "2019-12-11"),
        step("act-published", "2019-12-16"),
        step("act-transmitted", "2019-12-16"),
        step("parent-signed", "2019-12-20"),
        step("signed", "2019-12-20", party="metropole"),
        step("signed", "2020-01-06", party="operateur"),
        step("event", "2020-01-15", event="data-delivered"),
        step("event", "2020-10-24", event="breach-discovered", at="2020-10-24T20:00:00+02:00"),
        step("event", "2020-11-05", event="person-request"),
        step("incident-assessed", "2020-11-06", incident="f8", risk="high"),
        step("answer-extended", "2020-11-20", item="person-answer/f9", months="2"),
        step("certificate-received", "2021-03-10", item="delivery-deletion/f7", destroyed_on="2021-03-01"),
    ),
    "mtz-a": (
        step("act-adopted", "2021-03-11"),
        step("act-published", "2021-03-16"),
        step("act-transmitted", "2021-03-16"),
        step("parent-signed", "2021-03-22"),
        step("signed", "2021-03-29", party="ville"),
        step("signed", "2021-03-29", party="operateur"),
        step("event", "2021-09-01", event="agent-left"),
        step("resumed", "2021-11-02"),
    ),
    "mtz-p": (
        step("received", "2022-01-17", what="balance-2021"),
        step("piece-attached", "2022-01-18", what="proof", title="Solde 2021, gardé en mairie"),
    ),
    "bri-p": (
        step("act-adopted", "2021-03-08"),
        step("act-published", "2021-03-16"),
        step("act-transmitted", "2021-03-16"),
        step("signed", "2021-03-29", party="communaute"),
        step("signed", "2021-03-29", party="operateur"),
        step("renewed", "2022-02-01"),
        step("revised", "2022-02-01", payment="rent", amount="312.50"),
        step("counted", "2022-02-01", payment="meals", about="2022-01", number="412"),
        step("amount-set", "2022-02-02", payment="unspent", amount="80.00"),
    ),
}  # fmt: skip

ELSEWHERE = frozenset({"letter-validated"})
"""Recorded by whoever reads the letter, with the mark of its very words: `echeancier letter --validate`."""


def life_of(kind: str) -> tuple[str, tuple[Step, ...]]:
    """The first life in which a kind happens, up to it."""
    for name, steps in LIVES.items():
        at = next((n for n, (one, _) in enumerate(steps) if one == kind), None)
        if at is not None:
            return name.split()[0], steps[: at + 1]
    raise AssertionError(kind)


RENT: Final = {
    "id": "rent", "title": "Loyer", "title_en": "Rent", "amount": "300.00", "owed_by": "operateur", "owed_to": "communaute",
    "when": {"every_months": 3, "due": "advance"},
}  # fmt: skip
"""What comes back and may be revised: none of the known conventions has any."""

MEALS: Final = {
    **RENT, "id": "meals", "title": "Repas", "title_en": "Meals", "amount": None, "unit_amount": "3.50", "unit": "repas",
    "when": {"day": 10},
}  # fmt: skip
UNSPENT: Final = {
    **RENT,
    "id": "unspent",
    "title": "Trop versé",
    "title_en": "Unspent",
    "amount": None,
    "when": None,
    "starts": "ended",
}


def _bare(name: str) -> Dossier:
    dossier = example(name)
    if name == "bri-p":
        terms = dossier.convention
        said = [Payment.model_validate({**one, "clauses": terms.term.clauses}) for one in (RENT, MEALS, UNSPENT)]
        dossier.convention = terms.model_copy(update={"payment": (*terms.payment, *said)})
    message = Message(
        id="m1", kind="reminders", role="data-operator", address="statistiques@operateur.example",
        at=datetime(2022, 2, 1, 9, tzinfo=UTC), status="accepted", accepted_at=datetime(2022, 2, 1, 9, tzinfo=UTC), tries=1,
    )  # fmt: skip
    return dossier.model_copy(update={"facts": [], "outbox": [message] if name == "sqf-p" else []})


async def lived(register: FakeRegister, reference: str, steps: Iterable[Step]) -> None:
    for kind, fields in steps:
        dossier = register.dossiers[reference]
        fact = parse_fact({"kind": kind, **typed(dossier, kind, fields)})
        await register.record(reference, fact, "coordinator")


def typed(dossier: Dossier, kind: str, fields: dict[str, str]) -> dict[str, object]:
    """As the door reads them; « * » is the only letter there is."""
    known = KINDS[kind]
    found: dict[str, object] = {k: v for k, v in fields.items() if v}
    if found.get("letter") == "*":
        found["letter"] = letter_of(dossier)
    for field in known.fields:
        if field.name in found and field.sort == "number":
            found[field.name] = int(str(found[field.name]))
        if field.name in found and field.sort == "yes-no":
            found[field.name] = found[field.name] == "true"
    return found


def letter_of(dossier: Dossier) -> str:
    return next(record.id for record in dossier.facts if record.fact.kind == "letter-posted")


async def visitor(register: FakeRegister, tmp_path: Path) -> httpx.AsyncClient:
    app = create_app(register, Settings(_env_file=None, data=tmp_path), clock=lambda: NOW)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE, headers={"origin": BASE})


def test_every_kind_has_its_life() -> None:
    told = {kind for steps in LIVES.values() for kind, _ in steps}
    assert told == set(KINDS) - ELSEWHERE


@pytest.mark.parametrize("kind", sorted(set(KINDS) - ELSEWHERE))
async def test_a_kind_of_fact_is_recorded_put_right_and_cancelled_on_the_desk(kind: str, tmp_path: Path) -> None:
    name, steps = life_of(kind)
    dossier = _bare(name)
    reference = dossier.convention.reference
    register = FakeRegister.of(dossier, at=NOW)
    await lived(register, reference, steps[:-1])
    async with await visitor(register, tmp_path) as client:
        path = f"/conventions/{reference}/enregistrer/{kind}"
        page = read((await client.get(path)).text)
        given = {**steps[-1][1]}
        if given.get("letter") == "*":
            given["letter"] = letter_of(register.dossiers[reference])
        assert set(given) <= {name.partition(".")[0] for name in page.inputs.values()}
        token = page.hidden["token"]
        answer = await client.post(path, data={"token": token, **given})
        assert answer.status_code == 303, Page.read(answer.text).text
        record = register.dossiers[reference].facts[-1]
        assert record.fact.kind == kind

        there = f"/conventions/{reference}/faits/{record.id}"
        read((await client.get(there)).text)
        noted = "meeting" if kind == "meeting-arranged" else "note"
        put_right = await client.post(there, data={"token": token, **_as_typed(record.fact), "note": f"vu ({noted})"})
        assert put_right.status_code == 303, Page.read(put_right.text).text
        assert register.dossiers[reference].facts[-1].version == 2

        gone = await client.post(f"{there}/annuler", data={"token": token})
        assert gone.status_code == 303, Page.read(gone.text).text
        assert register.dossiers[reference].facts[-1].cancelled


def _as_typed(fact: object) -> dict[str, str]:
    """The fields of the form of a fact, as they stand in it."""
    from echeancier.domain.facts.kinds import FACT  # noqa: PLC0415 - for this alone

    data = FACT.dump_python(fact, mode="json")  # type: ignore[arg-type]
    return {
        k: str(v).lower() if isinstance(v, bool) else " | ".join(v) if isinstance(v, list) else str(v)
        for k, v in data.items()
        if v not in (None, "", []) and k != "kind"
    }
