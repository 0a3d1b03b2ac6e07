"""A rehearsal: a convention lives its whole life on a real engine, in virtual time, its mail captured."""
