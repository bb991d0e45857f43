"""The browser of tests that need no browser: posts forms as a person would, with a real CSRF token."""

import re

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "a long walk by the canal"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class HonestClient(FlaskClient):
    """A test client that refuses to be used where it would lie.

    Inside `app.app_context()` a request shares the test's database session and signed-in member.
    """

    def open(self, *args: object, **kwargs: object) -> TestResponse:  # type: ignore[override]
        """Ask for a page."""
        assert not has_app_context(), "leave `with app.app_context()` before asking for a page"
        return super().open(*args, **kwargs)  # type: ignore[arg-type]

    def submit(self, address: str, form: dict[str, object] | None = None, *, page: str | None = None) -> TestResponse:
        """Post a form with the CSRF token of the page it stands on (by default the page at the same address)."""
        shown = self.get(page or address)
        found = TOKEN.search(shown.text)
        assert found, f"{page or address} ({shown.status}) shows no form with a CSRF token"
        return self.post(address, data={"csrf_token": found[1], **(form or {})})

    def sign_in(self, email: str, password: str | None = None) -> TestResponse:
        """Sign in through the form; fails the test when that does not work."""
        answer = self.submit("/login", {"email": email, "password": password or PASSWORD})
        assert answer.status_code in {302, 303}, f"{email} could not sign in: {answer.status}"
        return answer
