"""What happened: one model per kind of fact, and the dossier that keeps them all."""
