"""``python -m cli`` is the same program as ``echeancier``."""

from cli.main import main

main()
