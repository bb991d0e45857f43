"""What hosts, leads and the people in stories fill in."""
