"""What is kept on disk: documents, drafts, feeds, archive; sealed, and erased when it must be."""
