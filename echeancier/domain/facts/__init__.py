"""What happened: one model per kind of fact, by theme; all of them (`catalogue`); the dossier that keeps what was recorded."""
