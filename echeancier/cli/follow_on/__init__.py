"""``echeancier follow-on``: the convention that follows."""
