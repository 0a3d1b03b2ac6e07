"""A workflow that puts a secret wherever the engine lets words be put: what of it is sealed is looked at from outside."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

SECRET = "Ondine Test-Person"
SOON = timedelta(seconds=20)
ONCE = RetryPolicy(maximum_attempts=1)


@activity.defn
async def echo(words: str) -> str:
    activity.heartbeat(words)
    await asyncio.sleep(0)
    return words


@activity.defn
async def fail(words: str) -> None:
    raise ApplicationError(f"refused for {words}", words, type="Probe")


@workflow.defn
class Child:
    @workflow.run
    async def run(self, words: str) -> str:
        return words


@workflow.defn
class Probe:
    """Does one of everything, then waits for a signal."""

    def __init__(self) -> None:
        self.heard = ""
        self.asked = 0

    @workflow.run
    async def run(self, words: str, other: str) -> str:
        if not workflow.info().continued_run_id:
            await self._everything(words, other)
            workflow.continue_as_new(args=[words, other])
        return words

    async def _everything(self, words: str, other: str) -> None:
        workflow.set_current_details(words)
        workflow.upsert_memo({"words": words})
        await workflow.sleep(0.01, summary=words)
        await workflow.execute_activity(echo, words, start_to_close_timeout=SOON, summary=words)
        await workflow.execute_local_activity(echo, words, start_to_close_timeout=SOON, summary=words)
        with suppress(ActivityError):
            await workflow.execute_activity(fail, words, start_to_close_timeout=SOON, retry_policy=ONCE)
        await workflow.execute_child_workflow(
            Child.run, words, id=f"{other}-CHILD", static_summary=words, static_details=words
        )
        await workflow.get_external_workflow_handle(other).signal("tell", words)
        await workflow.wait_condition(lambda: bool(self.heard) and self.asked > 0)
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.signal
    def tell(self, words: str) -> None:
        self.heard = words

    @workflow.update
    def ask(self, words: str) -> str:
        self.asked += 1
        return words

    @ask.validator
    def _check(self, words: str) -> None:
        if words.endswith("!"):
            raise ApplicationError(words)

    @workflow.query
    def said(self, words: str) -> str:
        return words


@workflow.defn
class Listener:
    """Waits for what another workflow tells it, then fails with it."""

    def __init__(self) -> None:
        self.heard = ""

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: bool(self.heard))
        raise ApplicationError(f"heard {self.heard}", self.heard)

    @workflow.signal
    def tell(self, words: str) -> None:
        self.heard = words
