"""Starting a convention from a form that follows the paper: its fields, its catalogue of clauses, its drafts."""
