"""The mailbox of the answers: read, sorted, understood."""
