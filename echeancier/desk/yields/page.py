"""« Ce que nos courriels produisent »: per kind of mail and time, the share that a recorded fact followed; for managers."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visiting
from echeancier.domain.attention.measure import ENOUGH, FEW, WITHIN, Measured
from echeancier.domain.overview.yields import measured_of, name_of, stage_of
from echeancier.domain.typography import said

router = APIRouter()


@dataclass(frozen=True)
class YieldRow:
    """One kind of mail at one of its times, in words."""

    kind: str
    stage: str
    measured: Measured


@router.get("/courriels")
async def page(visit: Visiting) -> Response:
    """Show what each kind of mail leads to, worst first, over ninety days and over all that is kept."""
    if not visit.who.local:  # whoever runs it alone on this machine is everybody
        require(visit.who, Right.WEIGH)
    look = await visit.desk.shelf.look(await visit.desk.shelf.lists.rows())
    found = measured_of((seen.ctx for seen in look.seen), visit.desk.clock())
    return visit.page(
        "yields", look=look, rows=[_row(one, visit.language) for one in found], within=WITHIN, few=FEW, enough=ENOUGH
    )


def _row(one: Measured, language: str) -> YieldRow:
    stage = stage_of(one.stage)
    return YieldRow(said(name_of(one.kind), language), "" if stage is None else said(stage, language), one)
