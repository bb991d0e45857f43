"""What the Online Safety Act asks for: community rules, complaints by anybody, and kept risk assessments."""
