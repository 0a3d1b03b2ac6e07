"""The pure heart: dates in, dates out; no clock, no I/O, no engine."""
