"""The partners' pages: what a link of a mail opens. No account, no cookie, no script, nothing shared with the desk."""
