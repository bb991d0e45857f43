"""Each role's first page, made of what the features below offer."""
