"""Coffee catch-ups: slots that people sign up for, and rounds in which they are paired."""
