"""The words of the mails, in French and in English: one subject and one text per kind of message."""
