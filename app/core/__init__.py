"""What every feature stands on: database, clock, sanitised text, access, audit, outbox, jobs and live events."""
