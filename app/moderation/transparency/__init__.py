"""What moderation did, quarter by quarter, as numbers for everybody; small ones are held back."""
