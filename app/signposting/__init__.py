"""Where to find support: so far the services that a debrief, or a page in a bad hour, points to."""
