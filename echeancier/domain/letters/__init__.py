"""The letters we have to write: what each says, from the convention and its facts. Its look is a template's affair."""
