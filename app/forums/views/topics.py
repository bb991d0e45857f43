"""A topic, a page of its posts at a time; permalinks; how far somebody has read."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.db import transaction
from app.core.web import access
from app.forums.acts import EDITABLE
from app.forums.operations import positions
from app.forums.pages import chosen_page, first_of, named_pages
from app.forums.queries import posts, topics
from app.forums.queries.posts import Reactions, ShownPost
from app.forums.queries.topics import ShownTopic
from app.forums.rules import PAGE, Reader
from app.forums.unread import next_position
from app.forums.views.blueprint import POST, TOPIC, bp, here, in_community, post_number_in


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """A page of a topic. `first_new`: the number before which the line "New since your last visit" stands, if any."""

    topic: ShownTopic
    posts: list[ShownPost]
    reactions: Reactions
    number: int
    answer: ShownPost | None = None
    first_new: int | None = None

    @property
    def first(self) -> int:
        """The number that it begins with."""
        return first_of(self.number)

    @property
    def pages(self) -> int:
        """How many there are, at least this one."""
        return max(self.topic.pages, self.number)

    @property
    def changeable_since(self) -> datetime:
        """Since when a post must have been written to be changed by its author still (acts.EDIT)."""
        return clock.now() - EDITABLE

    @property
    def is_last(self) -> bool:
        """Whether the newest post stands on it."""
        return self.number >= self.topic.pages

    @property
    def named_pages(self) -> list[int | None]:
        """The pages that it leads to, None where some are left out."""
        return named_pages(self.number, self.pages)


@bp.get(TOPIC)
@access(in_community)
def topic(topic_id: int) -> ResponseReturnValue:
    """A page of a topic: `page` names it, or `at` the number of a post on it; without either the first one."""
    reader, shown = here(), shown_topic(topic_id)
    if shown.must_agree:
        return redirect(url_for(".label", slug=shown.board_slug, topic=topic_id))
    page = page_of(reader, shown, post_number_in(request.args, "page"), post_number_in(request.args, "at"))
    _turn_the_page(reader, page)
    return render_template("forums/topic.html", reader=reader, page=page, topic=shown)


@bp.get(POST)
@access(in_community)
def post(post_id: int) -> ResponseReturnValue:
    """Lead to a post, wherever it stands now."""
    topic_id, number = posts.place(here(), post_id) or abort(404)
    return redirect(url_for(".topic", topic_id=topic_id, at=number, _anchor=f"post-{number}"))


@bp.post(f"{TOPIC}/read")
@access(in_community)
def read(topic_id: int) -> ResponseReturnValue:
    """Note how far the reader has read; the page says so by itself, or a button without JavaScript."""
    reader, shown = here(), shown_topic(topic_id)
    first, seen = post_number_in(request.form, "first"), post_number_in(request.form, "seen")
    if shown.must_agree or not first or not seen:
        abort(400)
    _move(reader, shown, next_position(shown.last_read, first, seen, shown.newest_number))
    if request.form.get("back"):
        return redirect(url_for(".board", slug=shown.board_slug), 303)
    return "", HTTPStatus.NO_CONTENT


def shown_topic(topic_id: int) -> ShownTopic:
    """A topic on a board that the reader knows of; any other looks like one that does not exist."""
    return topics.shown(here(), topic_id) or abort(404)


def page_of(reader: Reader, shown: ShownTopic, page: int | None = None, at: int | None = None) -> TopicPage:
    """A page of a topic that the reader may read."""
    number = chosen_page(page, at, shown.last_number)
    found = posts.page(reader, shown.id, first_of(number))
    accepted = shown.accepted_number
    return TopicPage(
        topic=shown,
        posts=found,
        reactions=posts.reactions(reader, shown.id, first_of(number)),
        number=number,
        answer=next((post for post in found if post.number == accepted and number == 1), None),
        first_new=_first_new(shown, found),
    )


def _first_new(shown: ShownTopic, found: list[ShownPost]) -> int | None:
    """Where the new posts begin; nowhere for whoever opens the topic for the first time."""
    if not shown.last_read:
        return None
    return next((post.number for post in found if post.number > shown.last_read and not post.is_mine), None)


def _turn_the_page(reader: Reader, page: TopicPage) -> None:
    """Whoever turns to the next page has read the one before it. Where a script runs, it has said so already."""
    before = first_of(page.number) - 1
    from_here = urlsplit(request.referrer or "").path == request.path
    if from_here and before - PAGE <= page.topic.last_read < before and "Sec-Purpose" not in request.headers:
        _move(reader, page.topic, before)


def _move(reader: Reader, shown: ShownTopic, number: int) -> None:
    if number > shown.last_read:
        with transaction():
            positions.move_to(reader, shown.id, number)
