"""Keeping the directory true: editing with history, checking, importing in batches that can be undone, suggestions."""
