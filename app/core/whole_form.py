"""What concerns a form as a whole: its hidden fields, how it is sent, and the summary of its errors."""

from collections.abc import Iterator

from flask_wtf.csrf import generate_csrf
from jinja2 import Undefined, UndefinedError
from markupsafe import Markup
from wtforms import Field, FieldList, FileField, Form, FormField, HiddenField, MultipleFileField, SubmitField
from wtforms.form import BaseForm

from app.core.fields import Params, component, hidden, wording
from app.core.inputs import PARTS, DateInputField


def hidden_fields(form: Form | None = None) -> Markup:
    """The form's hidden fields with its CSRF token; the token alone for a form that is only a button.

    Raises UndefinedError for a form that the page was not given: without its token nothing could be sent.
    """
    if isinstance(form, Undefined):
        raise UndefinedError("post_form() was given a form that the view did not pass")
    if form is None:
        return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())
    return Markup("").join(hidden(asked) for asked in form if isinstance(asked, HiddenField))


def takes_files(form: Form | None) -> bool:
    """Whether the form must be posted as multipart."""
    return isinstance(form, BaseForm) and any(isinstance(asked, FileField | MultipleFileField) for asked in form)


def error_summary(*forms: Form | None) -> Markup:
    """All errors of the forms, each a link to its field; it takes the focus. Empty when there is none."""
    errors = [error for form in forms if isinstance(form, BaseForm) for error in _errors(form)]
    if not errors:
        return Markup("")
    return component("error-summary", {"titleText": "There is a problem", "errorList": errors})


def form_failed(*forms: Form | None) -> bool:
    """Whether any of the forms was sent and refused."""
    return any(form.errors for form in forms if isinstance(form, BaseForm))


def _errors(form: Form) -> Iterator[Params]:
    asked_fields = list(_flat(form))
    first = next((asked for asked in asked_fields if not isinstance(asked, HiddenField | SubmitField)), None)
    for message in form.form_errors:
        yield wording(message) | ({"href": f"#{_anchor(first)}"} if first else {})
    for asked in asked_fields:
        link = {} if isinstance(asked, HiddenField) else {"href": f"#{_anchor(asked)}"}
        yield from (wording(message) | link for message in asked.errors[:1])


def _flat(form: Form) -> Iterator[Field]:
    """Every field of a form, those of the forms and lists inside it too."""
    for asked in form:
        if isinstance(asked, FormField):
            yield from _flat(asked.form)
        elif isinstance(asked, FieldList):
            yield from _flat(asked)
        else:
            yield asked


def _anchor(asked: Field) -> str:
    """The id of the first input that an error is about (the first radio has the id of the field)."""
    if isinstance(asked, DateInputField):
        return f"{asked.id}-{(asked.wrong_parts or PARTS)[0]}"
    return str(asked.id)
