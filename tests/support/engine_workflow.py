"""The smallest workflow that can show whether an engine kept it: it stays open until told a word."""

from temporalio import workflow

TASK_QUEUE = "engine-tests"


@workflow.defn
class Waiting:
    def __init__(self) -> None:
        self.word: str | None = None

    @workflow.run
    async def run(self) -> str:
        await workflow.wait_condition(lambda: self.word is not None)
        return self.word or ""

    @workflow.signal
    def tell(self, word: str) -> None:
        self.word = word
