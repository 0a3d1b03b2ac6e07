"""``echeancier letter`` and ``pack``: papers prepared for a person."""
