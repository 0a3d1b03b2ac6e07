"""A workflow that forgot to pass its import through; the sandbox test must refuse it."""

import icalendar
from temporalio import workflow


@workflow.defn
class CarelessWorkflow:
    """Imports a calendar library into the sandbox, which no workflow of ours may do."""

    @workflow.run
    async def run(self) -> str:
        """Names the library, so that the import is used."""
        return str(icalendar.__name__)
