"""Who plays the people in a rehearsal: pure players that say what somebody does next."""
