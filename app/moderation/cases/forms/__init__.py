"""What members, moderators and visitors fill in about cases."""
