"""What people write and moderators fill in."""
