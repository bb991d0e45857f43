"""The upkeep of boards by leads and moderators: making, changing, ordering and closing them."""
