"""``echeancier notice``: when to post, or what a posted letter produces."""
