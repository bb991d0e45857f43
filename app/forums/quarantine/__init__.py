"""How forums take a post away that identifies somebody: everywhere, at once, and with what it was kept for the seal."""
