"""« Ce que nos courriels produisent »: what each kind of mail leads to."""
