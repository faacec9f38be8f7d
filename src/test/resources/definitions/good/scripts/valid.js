source.active
