"""From where a convention stands to its agenda: one file per procedure, each yielding items, questions and warnings."""
