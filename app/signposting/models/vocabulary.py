"""Terms that services are found by. Our own are the needs (app/signposting/needs.py); imports bring others."""

from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model
from app.signposting.models.columns import extra, uuid


class Taxonomy(Model):
    """A list of terms, ours or somebody else's."""

    __tablename__ = "taxonomy"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    name: Mapped[str] = mapped_column(String(200), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    uri: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[str] = mapped_column(String(40), default="")
    extra: Mapped[dict[str, Any]] = extra()


class TaxonomyTerm(Model):
    """One term. `code` is short and stays; `name` is what people read."""

    __tablename__ = "taxonomy_term"
    __table_args__ = (UniqueConstraint("taxonomy_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    taxonomy_id: Mapped[int] = mapped_column(ForeignKey("taxonomy.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("taxonomy_term.id"), index=True)
    code: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    uri: Mapped[str] = mapped_column(String(500), default="")
    position: Mapped[int] = mapped_column(default=0)
    extra: Mapped[dict[str, Any]] = extra()

    taxonomy: Mapped[Taxonomy] = relationship()
    synonyms: Mapped[list["TermSynonym"]] = relationship(cascade="all, delete-orphan", order_by="TermSynonym.words")


class TermSynonym(Model):
    """Other words for a term, which the search takes for it; the team adds what people really say."""

    __tablename__ = "term_synonym"

    term_id: Mapped[int] = mapped_column(ForeignKey("taxonomy_term.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[str] = mapped_column(String(80), primary_key=True)


class ServiceTerm(Model):
    """That a service is found by a term (Open Referral: attribute)."""

    __tablename__ = "service_term"
    __table_args__ = (UniqueConstraint("service_id", "term_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    service_id: Mapped[int] = mapped_column(ForeignKey("support_service.id", ondelete="CASCADE"))
    term_id: Mapped[int] = mapped_column(ForeignKey("taxonomy_term.id", ondelete="CASCADE"), index=True)
    link_type: Mapped[str] = mapped_column(String(80), default="")
    extra: Mapped[dict[str, Any]] = extra()

    term: Mapped[TaxonomyTerm] = relationship()
