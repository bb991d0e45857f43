"""How people hear of things: today by mail, which the worker sends from the outbox."""
