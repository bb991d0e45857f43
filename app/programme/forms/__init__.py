"""What visitors and programme leads fill in."""
