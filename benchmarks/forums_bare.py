"""The least that a page of posts can cost: three SQLAlchemy Core queries and one plain template in one Flask view.

No session, no sign-in, no rights, no unread posts, no reactions, no shell: what is compared with it is the product
around a page. It reads the same tables of the same database, whose address is in BARE_DATABASE_URL. A reply is one
transaction: insert the post, raise the counters of its topic and its board.
"""

import os

import sqlalchemy as sa
from flask import Flask, redirect, render_template_string, request

from app.accounts.models import Member
from app.core import clock
from app.core.html import COOK_VERSION
from app.forums.models import Board, Post, Topic

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ topic.title }}</title><link rel="stylesheet" href="/static/app.css"></head>
<body>
<h1>{{ topic.title }}</h1>
<p>{{ board.name }}, {{ board.topics }} topics</p>
{% for post in posts %}<article id="post-{{ post.number }}"><h2>{{ post.name }}</h2><p>{{ post.created_at }}</p>
<div>{{ post.html|safe }}</div></article>
{% endfor %}
</body>
</html>"""
PER_PAGE = 20

topic, board, post, member = (model.__table__ for model in (Topic, Board, Post, Member))


def create_app() -> Flask:
    """The app, on the database of BARE_DATABASE_URL."""
    app = Flask(__name__)
    engine = sa.create_engine(os.environ["BARE_DATABASE_URL"])

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.get("/topics/<int:topic_id>")
    def show(topic_id: int) -> str:
        first = (request.args.get("page", 1, type=int) - 1) * PER_PAGE + 1
        with engine.connect() as connection:
            of_topic = connection.execute(
                sa.select(topic.c.title, topic.c.board_id, topic.c.posts).where(topic.c.id == topic_id)
            ).one()
            of_board = connection.execute(
                sa.select(board.c.name, board.c.topics).where(board.c.id == of_topic.board_id)
            ).one()
            posts = connection.execute(
                sa.select(post.c.number, post.c.created_at, post.c.html, member.c.name)
                .join(member, member.c.id == post.c.author_id)
                .where(post.c.topic_id == topic_id, post.c.number.between(first, first + PER_PAGE - 1))
                .order_by(post.c.number)
            ).all()
        return render_template_string(PAGE, topic=of_topic, board=of_board, posts=posts)

    @app.post("/topics/<int:topic_id>/reply")
    def reply(topic_id: int) -> object:
        body, now = request.form["body"], clock.now()
        with engine.begin() as connection:
            raised = sa.update(topic).where(topic.c.id == topic_id)
            number, board_id, programme_id = connection.execute(
                raised.values(
                    last_number=topic.c.last_number + 1,
                    newest_number=topic.c.last_number + 1,
                    posts=topic.c.posts + 1,
                    newest_at=now,
                ).returning(topic.c.last_number, topic.c.board_id, topic.c.programme_id)
            ).one()
            values = {
                "programme_id": programme_id, "topic_id": topic_id, "number": number, "author_id": 1, "version": 1,
                "state": "published", "created_at": now, "cook_version": COOK_VERSION,
                "body": body, "html": f"<p>{body}</p>", "plain": body,
            }  # fmt: skip
            connection.execute(sa.insert(post).values(values))
            connection.execute(sa.update(board).where(board.c.id == board_id).values(posts=board.c.posts + 1))
        return redirect(f"/topics/{topic_id}", 303)

    return app
