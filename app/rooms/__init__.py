"""Live discussion: who is in a room now, what they say in order, and nothing lost when a connection or a process is.

A message is a row with its place in the room's order before anybody hears of it; sockets only carry the news.
"""
