"""Links between pages, where these stand under a prefix."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.html import cook
from app.programme.links import under

PAGES = {"role", "apply"}


def test_own_pages_move_and_everything_else_stays():
    html = cook(
        '[role](/role) [part](/apply#how) [first](/) [help](/support) [out](https://abp.example/role) <a href="/role">'
    )
    moved = under("/programmes/far", html, PAGES)
    assert 'href="/programmes/far/role"' in moved
    assert 'href="/programmes/far/apply#how"' in moved
    assert 'href="/programmes/far/"' in moved
    assert 'href="/support"' in moved
    assert 'href="https://abp.example/role"' in moved
    assert "&lt;a href" in moved  # what was only text stays text
    assert moved.count("/programmes/far") == 3


@given(text=st.text(max_size=300))
def test_without_a_prefix_nothing_changes(text):
    html = cook(text)
    assert under("", html, PAGES) == html


@given(slug=st.from_regex(r"[a-z]{2,12}", fullmatch=True))
def test_only_pages_move(slug):
    html = f'<a title="x" href="/{slug}" rel="nofollow">x</a>'
    assert (under("/p", html, PAGES) == html) == (slug not in PAGES)
