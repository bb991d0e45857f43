"""The least that a played step can cost here: one Flask view, three SQLAlchemy Core queries, one insert, one template.

No session, no sign-in, no rights, no story, no forms: what is compared with it is the product around a step.
The address of the database comes from BARE_DATABASE_URL; SQLite gets the journal that the product uses too.
"""

import os
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template_string, request

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }}</title><link rel="stylesheet" href="/static/app.css"></head>
<body>
<h1>{{ title }}</h1>
<p>{{ name }}, {{ steps|length }} steps so far</p>
{% for paragraph in paragraphs %}<p>{{ paragraph }}</p>{% endfor %}
<form method="post" action="/runs/{{ run_id }}">
{% for choice in choices %}<button name="choice" value="{{ choice }}">{{ choice }}</button>{% endfor %}
</form>
</body>
</html>"""
PARAGRAPHS = ["About as much prose as a passage of a scenario has: three sentences of some length. " * 4] * 4
CHOICES = ["first", "second", "third", "fourth"]

tables = sa.MetaData()
person = sa.Table("bare_person", tables, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
run = sa.Table(
    "bare_run",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("person_id", sa.ForeignKey(person.c.id)),
    sa.Column("title", sa.Text),
)
step = sa.Table(
    "bare_step",
    tables,
    sa.Column("run_id", sa.ForeignKey(run.c.id), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("choice", sa.Text),
)


def make_engine(url: str) -> sa.Engine:
    """An engine on the database that is compared."""
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_pragmas)
    return engine


def fill(url: str, runs: int) -> None:
    """Make the tables, one person and some runs of theirs."""
    engine = make_engine(url)
    tables.create_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.insert(person).values(id=1, name="Olu"))
        rows = [{"id": number, "person_id": 1, "title": "Bed fourteen"} for number in range(1, runs + 1)]
        connection.execute(sa.insert(run), rows)
    engine.dispose()


def create_app() -> Flask:
    """The app, on the database of BARE_DATABASE_URL."""
    app = Flask(__name__)
    engine = make_engine(os.environ["BARE_DATABASE_URL"])

    @app.post("/runs/<int:run_id>")
    def play(run_id: int) -> str:
        with engine.begin() as connection:
            title, person_id = connection.execute(
                sa.select(run.c.title, run.c.person_id).where(run.c.id == run_id)
            ).one()
            name = connection.execute(sa.select(person.c.name).where(person.c.id == person_id)).scalar_one()
            taken = sa.select(step.c.position, step.c.choice).where(step.c.run_id == run_id).order_by(step.c.position)
            steps = connection.execute(taken).all()
            values = {"run_id": run_id, "position": len(steps), "choice": request.form["choice"]}
            connection.execute(sa.insert(step).values(values))
        shown = {"title": title, "name": name, "steps": steps, "run_id": run_id}
        return render_template_string(PAGE, paragraphs=PARAGRAPHS, choices=CHOICES, **shown)

    return app


def _set_pragmas(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
