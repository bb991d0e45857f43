"""Full-text matches, on FTS5 or on a tsvector: the ids of services and how well they fit (the smaller, the better)."""

from collections.abc import Sequence

from sqlalchemy import CTE, Float, Integer, column, text

from app.core.db import is_sqlite

SHORTEST_BEGINNING = 4  # letters; what begins like a shorter word is mostly something else

# The name counts most, then needs with their synonyms.
SQLITE = "SELECT rowid AS id, bm25(fts_service, 10.0, 4.0, 1.0) AS rank FROM fts_service WHERE fts_service MATCH :asked"
POSTGRESQL = """
    SELECT service_id AS id, -ts_rank('{0.05, 0.1, 0.4, 1.0}', fts_document, asked) AS rank
    FROM service_index, to_tsquery('english', :asked) AS asked WHERE fts_document @@ asked
"""


def matches(meant: Sequence[Sequence[str]], *, every: bool) -> CTE:
    """Services that have one of the meanings of every word, or of any: columns `id` and `rank`.

    Words are letters and digits only (signposting.words), so nothing in them is an operator.
    """
    if is_sqlite():
        groups, joint, statement = [_group(words, '"{}"', "*", " OR ") for words in meant], " AND ", SQLITE
    else:
        groups, joint, statement = [_group(words, "'{}'", ":*", " | ") for words in meant], " & ", POSTGRESQL
    if not every:
        joint = " OR " if is_sqlite() else " | "
    asked = joint.join(groups)
    found = text(statement).bindparams(asked=asked).columns(column("id", Integer), column("rank", Float))
    # Worked out once and first: left to itself, SQLite may ask the full-text index anew for each of 50,000 services.
    return found.cte("matched").prefix_with("MATERIALIZED")


def _group(words: Sequence[str], quoted: str, beginning: str, joint: str) -> str:
    each = (quoted.format(word) + (beginning if len(word) >= SHORTEST_BEGINNING else "") for word in words)
    return f"({joint.join(each)})"
