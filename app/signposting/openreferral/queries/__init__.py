"""What is read of the directory for other systems: public entries, and nobody's name."""
