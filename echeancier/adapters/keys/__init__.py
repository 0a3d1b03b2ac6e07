"""Keys: the master key, one ring per installation, those of the links."""
