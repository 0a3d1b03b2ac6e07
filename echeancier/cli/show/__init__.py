"""``echeancier show``, ``list``, ``upcoming``, ``journal``: looking at what runs."""
