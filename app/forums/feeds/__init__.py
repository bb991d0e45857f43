"""Feeds: new posts at a secret address, for a feed reader; never of boards whose words must not leave the product."""
