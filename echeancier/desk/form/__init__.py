"""Starting a convention, from a form that follows the paper or from a file.

Fields, catalogue of clauses, drafts, preview.
"""
