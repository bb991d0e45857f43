"""Accountable anonymity: who wrote under an alias is told to nobody, unless two moderators see that it has to be."""
