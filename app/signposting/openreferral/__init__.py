"""Our directory for other systems, and theirs for ours: Open Referral UK (HSDS-UK 3.0)."""
