"""A small app that stands in the shell: one public page, one for members, a form with every kind of field."""

from functools import wraps

from flask import Flask, abort, flash, render_template_string, request
from flask_login import LoginManager, UserMixin, login_user, logout_user
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import (
    BooleanField,
    DecimalField,
    EmailField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TelField,
    URLField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.config import ROOT
from app.core import assets, headers, shell, web
from app.core.inputs import DateInputField, LongTextField

PAGE = (
    '{% extends "_layout.html" %}{% block title %}PLAIN{% endblock %}{% block content %}<h1>A page</h1>{% endblock %}'
)

FORM_PAGE = """
{% extends "_layout.html" %}
{% from "_macros/forms.html" import post_button, post_form %}
{% from "_macros/shell.html" import back_link %}
{% set quick_exit = true %}
{% block title %}Every field{% endblock %}
{% block back %}{{ back_link("/", "All pages") }}{% endblock %}
{% block content %}
<h1>Every field</h1>
{% call post_form("/form", form) %}
{{ field(form.name) }}{{ field(form.email) }}{{ field(form.password) }}{{ field(form.number) }}{{ field(form.hours) }}
{{ field(form.address) }}{{ field(form.story) }}
{{ field(form.how, items={"phone": {"hint": "We ring once", "conditional": {"html": field(form.phone)}}}) }}
{{ field(form.needs) }}{{ field(form.agreed) }}{{ field(form.region) }}{{ field(form.day) }}{{ field(form.slides) }}
{{ field(form.submit, label="Send it") }}
{% endcall %}
{{ post_button("/form", "Give up my place", sending={"slot": 3}, variant="secondary") }}
{% endblock %}
"""


class EveryField(FlaskForm):
    """One field of each kind."""

    step = HiddenField(default="1")
    name = StringField("Full name", [InputRequired("Enter your name")])
    email = EmailField("Email address", [InputRequired("Enter an email address")], description="To sign you in")
    password = PasswordField("Password")
    number = IntegerField("How many people", [Optional()])
    hours = DecimalField("How many hours", [Optional()])
    address = URLField("Web page", [Optional()])
    story = LongTextField("What happened", [InputRequired("Tell us what happened"), Length(max=200)])
    how = RadioField(
        "How should we reach you?",
        [InputRequired("Choose how we reach you")],
        choices=[SelectChoice("post", "By post"), SelectChoice("phone", "By phone")],
    )
    phone = TelField("Telephone number")
    needs = SelectMultipleField(
        "What would help?", choices=[SelectChoice("room", "A quiet room"), SelectChoice("print")]
    )
    agreed = BooleanField("I agree to take part", [InputRequired("Tick the box to take part")])
    region = SelectField("Region", choices=[SelectChoice("", "Choose a region"), SelectChoice("llr", "Leicester")])
    day = DateInputField("Date of the workshop", [InputRequired("Enter the date")])
    slides = MultipleFileField("Slides", [Optional()])
    submit = SubmitField("Send")


class Person(UserMixin):
    """A signed-in member."""

    id = "1"
    suspended = False


def nobody(_reader):
    """The rule of a page that the member has no role for."""
    return "no"


def page(**_of_the_address):
    return render_template_string(PAGE)


def form():
    asked = EveryField()
    asked.validate_on_submit()
    return render_template_string(FORM_PAGE, form=asked), 422 if asked.errors else 200


def say(category):
    flash(request.args.get("words", "<b>Saved</b>"), category)
    return render_template_string(PAGE)


def fail(code):
    abort(code, request.args.get("words"))


def crash():
    raise RuntimeError("the database is on fire at 10.0.0.7")


def enter():
    login_user(Person())
    return "in"


def leave():
    logout_user()
    return "out"


VIEWS = [
    ("/", "home", web.public, page),
    ("/members", "members", web.signed_in, page),
    ("/leads", "leads", nobody, page),
    ("/form", "form", web.public, form),
    ("/say/<category>", "say", web.public, say),
    ("/fail/<int:code>", "fail", web.public, fail),
    ("/crash", "crash", web.public, crash),
    ("/enter", "enter", web.public, enter),
    ("/logout", "leave", web.public, leave),
]


def own(view):
    """A view of its own for each address: a rule is kept on the function."""

    @wraps(view)
    def shown(**of_the_address):
        return view(**of_the_address)

    return shown


def make(branding=None, load_member=lambda _id: Person(), plain=None):
    """The app; `load_member` stands in for the database."""
    app = Flask("tiny", template_folder=str(ROOT / "templates"), static_folder=None)
    app.secret_key = "a secret that is only good for tests"
    LoginManager(app).user_loader(load_member)
    CSRFProtect(app)
    web.init_app(app, {})
    assets.init_app(app)
    shell.init_app(app, branding, plain=plain)
    headers.init_app(app)
    for address, endpoint, rule, view in VIEWS:
        app.add_url_rule(address, endpoint, web.access(rule)(own(view)), methods=["GET", "POST"])
    shell.nav(app, "First page", "home")
    shell.nav(app, "Members", "members")
    shell.nav(app, "Lead", "leads")
    shell.nav(app, "Apply", "form", shell.signed_out)
    shell.footer(app, "Accessibility", "home")
    return app
