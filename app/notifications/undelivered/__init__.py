"""Messages that were given up: leads see that there are some, and why, and can have them sent again."""
