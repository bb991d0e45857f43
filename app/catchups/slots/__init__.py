"""Slots: catch-ups and larger events at a time, with places, a waiting list, offers of freed places and attendance."""
