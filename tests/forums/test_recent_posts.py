"""What moderators try watched words on: posts that they read, of their programme."""

import pytest

from app.forums.queries import recent
from app.forums.rules import Audience, Label, PostState
from tests.forums.said import a_board, a_post, a_topic


@pytest.mark.both_databases
def test_held_posts_count_deleted_ones_and_those_one_cannot_read_do_not(app, people):
    with app.app_context():
        topic = a_topic(a_board(people), people.owner, "Tea at night")
        a_post(topic, people.owner, "The first")
        a_post(topic, people.peer, "Held back", state=PostState.HELD)
        a_post(topic, people.peer, "Taken away", state=PostState.DELETED)
        secret = a_topic(a_board(people, "secret", label=Label.CHATHAM_HOUSE, audience=Audience.EVERYONE), people.owner)
        a_post(secret, people.owner, "Said in confidence")
        moderator, lead = people.moderator.member, people.other_lead.member
        found = recent.newest(moderator, people.programme_id, 10)
        assert [sample.text for sample in found] == ["Held back", "Tea at night\n\nThe first"]
        assert found[0].where == "Tea at night, post 2"
        assert [sample.text for sample in recent.newest(moderator, people.programme_id, 1)] == ["Held back"]
        assert recent.newest(lead, people.other_programme_id, 10) == []


def test_the_page_of_words_finds_them(app, client_for, people):
    with app.app_context():
        post = a_post(a_topic(a_board(people), people.owner), people.owner, "What an idiot I was")
    page = client_for(people.moderator.email).submit(
        "/moderation/words", {"pattern": "idiot", "effect": "flag", "try_out": "1"}
    )
    assert "in 1 of the last 1 posts" in page.text
    assert f'href="/forums/posts/{post}"' in page.text
