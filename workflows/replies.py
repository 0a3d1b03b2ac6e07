"""One reading of the mailbox of the answers; a schedule starts one every five minutes, never two at once."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.replies import ReadRequest, RecordRequest, ReplyActivities
    from echeancier.domain.answers.fact_of_reply import names_a_message
    from echeancier.domain.answers.reply import Batch, Cursor, Filing, Folder, ReadMail
    from workflows.last_result import last_result
    from workflows.messages import RepliesEnd, RepliesStart
    from workflows.policies import LOCATE_TIMEOUT, MAILBOX_RETRY, MAILBOX_TIMEOUT, REPLY_RETRY, REPLY_TIMEOUT


@workflow.defn(name="Replies")
class RepliesWorkflow:
    """Reads the mailbox once.

    Begins where the last reading ended (the schedule hands its result on) and ends with how far it came. A mail that
    could not be dealt with stays in the mailbox and is read again; reading a mail twice records once.
    """

    def __init__(self) -> None:
        """Count nothing yet."""
        self._recorded = self._done = self._to_read = self._left = 0
        self._unfiled: Filing | None = None

    @workflow.run
    async def run(self, start: RepliesStart) -> RepliesEnd:
        """Read, record and file until nothing is left, or enough was read for one time."""
        before = last_result(RepliesEnd)
        if before is not None and before.unfiled is not None:
            await self._file(before.unfiled)
        position = cursor = start.cursor if before is None else before.cursor
        for _ in range(start.batches):
            batch = await self._read(position, start.at_once)
            if batch.uid_validity != cursor.uid_validity:
                cursor = Cursor(uid_validity=batch.uid_validity)
            left = await self._deal_with(batch)
            if batch.readings:
                position = Cursor(uid_validity=batch.uid_validity, uid=batch.readings[-1].uid)
            if not left and not self._left:
                cursor = position
            self._left += len(left)
            if not batch.more:
                break
        await self._forget()
        return RepliesEnd(
            cursor=cursor,
            recorded=self._recorded,
            done=self._done,
            to_read=self._to_read,
            left=self._left,
            unfiled=self._unfiled,
        )

    async def _read(self, after: Cursor, most: int) -> Batch:
        return await workflow.execute_activity_method(
            ReplyActivities.read,
            ReadRequest(after=after, most=most),
            start_to_close_timeout=MAILBOX_TIMEOUT,
            retry_policy=MAILBOX_RETRY,
        )

    async def _deal_with(self, batch: Batch) -> list[int]:
        """Record and file a batch; return the mails that could not be dealt with."""
        references = await self._locate(batch)
        filed: dict[Folder, list[int]] = {"done": [], "to-read": []}
        left: list[int] = []
        for reading in batch.readings:  # in order: of two answers of one guest the last one counts
            try:
                verdict = await workflow.execute_activity_method(
                    ReplyActivities.record,
                    RecordRequest(reading=reading, references=references.get(reading.uid, ())),
                    start_to_close_timeout=REPLY_TIMEOUT,
                    retry_policy=REPLY_RETRY,
                )
            except ActivityError as error:
                workflow.logger.error("a mail could not be dealt with", exc_info=error)
                left.append(reading.uid)
                continue
            self._recorded += verdict.recorded
            filed[verdict.folder].append(reading.uid)
        self._done += len(filed["done"])
        self._to_read += len(filed["to-read"])
        if any(filed.values()):
            await self._file(
                Filing(
                    uid_validity=batch.uid_validity,
                    done=tuple(filed["done"]),
                    to_read=tuple(filed["to-read"]),
                )
            )
        return left

    async def _locate(self, batch: Batch) -> dict[int, tuple[str, ...]]:
        """Whose mail it is, looked for once for the whole batch."""
        named: list[ReadMail] = [reading for reading in batch.readings if names_a_message(reading.parsed)]
        if not named:
            return {}
        found = await workflow.execute_activity_method(
            ReplyActivities.locate,
            [reading.parsed for reading in named],
            start_to_close_timeout=LOCATE_TIMEOUT,
            retry_policy=REPLY_RETRY,
        )
        return {reading.uid: references for reading, references in zip(named, found, strict=True)}

    async def _file(self, filing: Filing) -> None:
        """Move mails; what cannot be moved now is left to the next reading, for it is dealt with already."""
        try:
            await workflow.execute_activity_method(
                ReplyActivities.file,
                filing,
                start_to_close_timeout=MAILBOX_TIMEOUT,
                retry_policy=MAILBOX_RETRY,
            )
        except ActivityError as error:
            workflow.logger.error("mails could not be filed", exc_info=error)
            former = self._unfiled
            if former is not None and former.uid_validity == filing.uid_validity:
                filing = filing.model_copy(
                    update={
                        "done": (*former.done, *filing.done),
                        "to_read": (*former.to_read, *filing.to_read),
                    }
                )
            self._unfiled = filing

    async def _forget(self) -> None:
        """Readings are many and hold addresses: the engine keeps them for some days only."""
        try:
            await workflow.execute_activity_method(
                ReplyActivities.forget, start_to_close_timeout=REPLY_TIMEOUT, retry_policy=REPLY_RETRY
            )
        except ActivityError as error:
            workflow.logger.warning("old readings could not be deleted", exc_info=error)
