"""The words of the mails, in French and in English: one template per kind of mail, its subject above its text."""
