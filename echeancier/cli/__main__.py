"""``python -m echeancier.cli`` is the same program as ``echeancier``."""

from echeancier.cli.main import main

main()
