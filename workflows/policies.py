"""How long an activity may take and how often it is tried, each with its reason."""

from datetime import timedelta

from temporalio.common import RetryPolicy

PLAN_TIMEOUT = timedelta(minutes=5)
"""A plan takes milliseconds, but waits for its turn behind others: hundreds of conventions registered on a busy machine. A
worker that died is noticed by its heartbeat, not by this."""

PLAN_HEARTBEAT = timedelta(seconds=20)
"""A worker killed while planning is noticed after that long."""

PLAN_RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_attempts=3)
"""A plan touches nothing but memory, so what fails thrice is a fault of ours and lasts until the next worker: see
`plan_pause`."""


def plan_pause(failures: int) -> timedelta:
    """Return how long to wait after so many failed plans: a minute, then twice as long each time, up to an hour.

    The convention stays alive, hears facts, plans again at once when told to, and spends few events of its history.
    """
    return timedelta(minutes=60 if failures > 6 else 2 ** (failures - 1))


SEND_TIMEOUT = timedelta(minutes=20)
"""Longer than a slow relay may take over a whole exchange: connection, five commands of a minute each, ten minutes after
the final dot (RFC 5321, 4.5.3.2.6). A worker that died is noticed by its heartbeat, not by this."""

SEND_HEARTBEAT = timedelta(seconds=20)
"""A worker killed while sending is noticed after that long; one that is merely slow on a busy machine is not cut."""

BEATS_EVERY = timedelta(seconds=2)
"""How often at most the signs of life of an activity are sent on. By default the engine hears one in four fifths of the
time after which it gives the activity up, so that a machine busy for some seconds looked dead."""

SEND_RETRY = RetryPolicy(
    initial_interval=timedelta(seconds=5), maximum_interval=timedelta(seconds=30), maximum_attempts=3
)
"""Only a crash, or what failed before the content left, is tried again here; what the relay puts off is state, tried
again for days. Two copies whose fate nobody knows are the most: the third attempt then says so and sends nothing."""

SHORTEST_WAIT = timedelta(seconds=1)
"""A plan that asks to be woken in the past must not make the convention turn without rest."""

MAILBOX_TIMEOUT = timedelta(minutes=4)
"""Some mails of many megabytes over a slow line."""

MAILBOX_RETRY = RetryPolicy(initial_interval=timedelta(seconds=5), maximum_attempts=3)
"""A mailbox that does not answer is asked again by the next reading, five minutes later."""

LOCATE_TIMEOUT = timedelta(minutes=4)
"""Every open convention is asked once."""

REPLY_TIMEOUT = timedelta(minutes=1)
"""A query and an update, each of which may wait for a worker that is starting."""

REPLY_RETRY = RetryPolicy(initial_interval=timedelta(seconds=2), maximum_attempts=3)
"""What fails three times is left in the mailbox for the next reading."""

PURGE_STEP_TIMEOUT = timedelta(minutes=10)
"""Thousands of documents are overwritten one by one; the engine forgets some seconds after it was asked."""

PURGE_RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(hours=1))
"""For ever: a purge that was begun ends, whatever was in its way (a disk, a server, a master key that was not there)."""

PURGE_ASK_RETRY = RetryPolicy(initial_interval=timedelta(seconds=30), maximum_attempts=5)
"""What a relay does not take is asked again some hours later, so that an answer meanwhile is heard."""

PURGE_ASK_PAUSE = timedelta(hours=4)
"""How long until a question that could not be sent is tried again."""
COMPOSE_TIMEOUT = timedelta(minutes=20)
"""Every open convention is read, its agenda computed, and a mail written for each person."""

COMPOSE_HEARTBEAT = timedelta(seconds=20)
"""A worker killed meanwhile is noticed after that long."""

COMPOSE_RETRY = RetryPolicy(initial_interval=timedelta(seconds=10), maximum_interval=timedelta(minutes=10))
"""Without a bound: the mail of the day waits for the fault to be mended rather than being lost."""

ROUND_TIMEOUT = timedelta(minutes=2)
"""A relay that hangs, then a monitor that hangs."""

ROUND_RETRY = RetryPolicy(initial_interval=timedelta(seconds=5), maximum_attempts=2)
"""The next round comes soon; a round that cannot be made leaves the monitor without news, which is its point."""

ASK_RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5))
"""Without a bound: what a convention has to say is not forgotten because the engine did not answer."""
