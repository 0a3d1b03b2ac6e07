"""Each of the ten conventions, and the financial annex, lives its whole life on the engine."""

from pathlib import Path

import pytest

from echeancier.domain.agenda.items import State
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.terms.convention import Convention
from tests.rehearsals.lives import Lived, after, lived

ENDS = {
    "sqf-p": "2023-12-31", "sqf-o": "2023-12-31", "mtz-p": "2023-12-31", "mtz-a": "2023-12-31", "mtz-f": "2021-12-31",
    "mtz-o": "2023-12-31", "bri-p": "2017-01-17", "bri-o": "2017-01-17", "tcm-p": "2020-12-31", "tcm-d": "2020-12-31",
}  # fmt: skip
"""Last day in force of each convention whose end its paper or its facts give."""


def nothing_invented(seen: Lived) -> None:
    """No day comes from the players: what the paper leaves blank and the file does not answer is still asked."""
    facts = [record.fact for record in seen.life.dossier.facts]
    assert [x for x in facts if isinstance(x, QuestionAnswered) and x.day is not None] == []
    blank = {i.key for i in seen.agenda.items if i.state is State.WAITING and i.safe_day is None}
    dated = [told.about for message in seen.outbox for told in message.told if told.day is not None]
    assert blank & set(dated) == set()


def dated_in_its_own_time(seen: Lived) -> None:
    """Every mail carries an instant of the life that was played, none of the engine's own clock."""
    began, ended = seen.life.began, seen.life.ended
    assert len(seen.mail_dates) >= len([m for m in seen.outbox if m.status == "accepted"]) > 0
    assert [at for at in seen.mail_dates if not began <= at <= ended] == []


def owed_after_the_end(terms: Convention) -> set[str]:
    """What an end or an event started, and the questions and corrections about it: the rest is silent after the end."""
    return {
        *(d.id for d in terms.end_duty),
        *(d.id for d in terms.event_duty),
        "contract-publicity",
        "question",
        "letter",  # the certificate of a destruction is prepared once it is done
        "certificate",
        "closed",  # the last message says what was done and what survives
    }


@pytest.mark.parametrize("name", ENDS)
async def test_a_convention_that_everybody_serves_lives_to_its_end_and_its_file_closes(
    name: str, tmp_path: Path
) -> None:
    seen = await lived(name, tmp_path, answering=True)
    assert seen.life.refused == ()
    assert (seen.life.closed, str(seen.agenda.ends_on)) == (True, ENDS[name])
    assert seen.agenda.ends_on is not None
    assert seen.life.ended.date() > seen.agenda.ends_on
    assert [i.key for i in seen.agenda.items if i.state in (State.LATE, State.MISSED)] == []
    assert after(seen.outbox, seen.agenda.ends_on) - owed_after_the_end(seen.life.dossier.convention) == set()
    nothing_invented(seen)
    dated_in_its_own_time(seen)


@pytest.mark.parametrize("answering", [True, False], ids=["all-goes-well", "nobody-answers"])
async def test_an_orphan_stays_open_asks_for_its_parent_again_and_dates_nothing_that_needs_the_end(
    answering: bool, tmp_path: Path
) -> None:
    seen = await lived("ida-o", tmp_path, answering=answering)
    assert (seen.life.closed, seen.life.refused, seen.agenda.ends_on) == (False, (), None)
    assert "parent-end" in seen.open_questions()
    put = [(m.address, m.at.date()) for m in seen.told("question/parent-end")]
    assert len(put) == len(set(put))
    assert len({day for _, day in put}) >= 10  # the end hangs on it: each month
    assert len({address for address, _ in put}) == 2  # from the second month on, to the manager too
    needing = [seen.agenda.item(key) for key in ("end", "access-closure")]
    assert [(i.legal_last_day, i.safe_day, i.state) for i in needing if i] == [(None, None, State.WAITING)] * 2
    assert [i.key for i in seen.agenda.items if i.kind in ("renewal", "notice")] == []
    assert [m.id for key in ("end", "access-closure") for m in seen.told(key)] == []
    nothing_invented(seen)
    dated_in_its_own_time(seen)


async def test_a_yearly_convention_that_nobody_serves_says_what_was_missed_and_closes(tmp_path: Path) -> None:
    seen = await lived("bri-p", tmp_path, answering=False)
    assert (seen.life.closed, seen.life.refused, str(seen.agenda.ends_on)) == (True, (), ENDS["bri-p"])
    meeting = seen.agenda.item("annual-meeting/1")
    assert meeting is not None
    assert (meeting.state, bool(seen.told("annual-meeting/1"))) == (State.MISSED, True)
    assert len(seen.told("question/report-date")) > 1
    nothing_invented(seen)
    dated_in_its_own_time(seen)


async def test_a_file_is_kept_open_by_the_data_that_nobody_destroyed(tmp_path: Path) -> None:
    seen = await lived("tcm-d", tmp_path, answering=False)
    assert (seen.life.closed, seen.life.refused) == (False, ())
    destruction = seen.agenda.item("final-destruction")
    assert destruction is not None
    assert destruction.legal_last_day is not None
    assert (destruction.state, str(destruction.legal_last_day)) == (State.LATE, "2021-02-28")
    assert max(m.at.date() for m in seen.told("final-destruction")) > destruction.legal_last_day
    nothing_invented(seen)
    dated_in_its_own_time(seen)
