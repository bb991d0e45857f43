"""Who may do what with rounds. Leads are scoped by their programme (queries.standing), groups by who is in them."""

from app.catchups.slots.rules import Reader


def can_take_part(reader: Reader) -> bool:
    """Anyone trusted, as with slots: staff and participants who belong to a cohort, alumni too; not while suspended."""
    return reader.is_trusted
