"""WTForms fields as NHS components: `{{ field(form.email) }}` picks the component by the kind of field.

Each function gives the component its id, name, label, hint (the field's description), first error and value; whatever
else a page passes goes to the component as it is (https://service-manual.nhs.uk/design-system/components). All text is
escaped unless it is Markup. Optional questions say so.

    {{ field(form.email, hint="We only use this to sign you in") }}
    {{ field(form.region, heading=True) }}              the question is the page's h1
    {{ field(form.how, items={"phone": {"conditional": {"html": field(form.number)}}}) }}
"""

from collections.abc import Iterator
from functools import singledispatch
from typing import Any, cast

from flask import current_app
from flask_wtf.csrf import generate_csrf
from jinja2 import Undefined, UndefinedError
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DecimalField,
    EmailField,
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
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
    TextAreaField,
    TimeField,
    URLField,
)
from wtforms.form import BaseForm

from app.core.inputs import PARTS, DateInputField

Params = dict[str, Any]

COMPONENT_OPTIONS = {"autocomplete", "autocapitalize", "disabled", "inputmode", "pattern", "rows", "spellcheck"}


@singledispatch
def field(asked: Field, **_extra: object) -> Markup:
    """The field as a component; raises TypeError for a kind that has none."""
    raise TypeError(f"No component for {type(asked).__name__}: add one to app/core/fields.py")


@field.register(StringField)
@field.register(TimeField)
def text(asked: StringField, **extra: object) -> Markup:
    """A line of text."""
    return _line(asked, extra)


@field.register(EmailField)
def email(asked: EmailField, **extra: object) -> Markup:
    """An email address: the keyboard of a phone offers @, nothing corrects the spelling."""
    return _line(asked, extra, type="email", autocomplete="email", spellcheck=False)


@field.register(TelField)
def telephone(asked: TelField, **extra: object) -> Markup:
    """A telephone number."""
    return _line(asked, extra, type="tel", autocomplete="tel", width=20)


@field.register(URLField)
def web_address(asked: URLField, **extra: object) -> Markup:
    """A web address."""
    return _line(asked, extra, type="url", spellcheck=False)


@field.register(IntegerField)
def whole_number(asked: IntegerField, **extra: object) -> Markup:
    """A whole number, typed as text: number inputs change under a mouse wheel and hide what was mistyped."""
    return _line(asked, extra, inputmode="numeric", width=5, spellcheck=False)


@field.register(DecimalField)
def decimal_number(asked: DecimalField, **extra: object) -> Markup:
    """A number with decimals."""
    return _line(asked, extra, inputmode="decimal", width=5, spellcheck=False)


@field.register(PasswordField)
def password(asked: PasswordField, **extra: object) -> Markup:
    """A password with a button that shows it; never filled in."""
    return _component("password-input", _single(asked, extra))


@field.register(TextAreaField)
def long_text(asked: TextAreaField, **extra: object) -> Markup:
    """Several lines, with a character count where the field has a longest length."""
    # A browser swallows the first line break after <textarea>, so one is put there to be swallowed.
    params = {"value": "\n" + _posted(asked)} | _single(asked, extra)
    if params.get("maxwords"):
        return _component("character-count", params)
    if asked.flags.maxlength:
        return _component("character-count", {"maxlength": asked.flags.maxlength} | params)
    return _component("textarea", params)


@field.register(RadioField)
def radios(asked: RadioField, **extra: object) -> Markup:
    """One of several choices, all of them in sight."""
    return _component("radios", _choices(asked, extra))


@field.register(SelectMultipleField)
def checkboxes(asked: SelectMultipleField, **extra: object) -> Markup:
    """Any of several choices."""
    return _component("checkboxes", _choices(asked, extra))


@field.register(BooleanField)
def checkbox(asked: BooleanField, **extra: object) -> Markup:
    """One box to tick. Its label stands beside it; a hint may explain."""
    shown = _shown(asked, extra)
    box = {"value": "y", "checked": bool(asked.data), "label": shown.pop("label"), "hint": shown.pop("hint", None)}
    return _component("checkboxes", _merged({"idPrefix": asked.id, "items": [box]}, shown))


@field.register(SelectField)
def select(asked: SelectField, **extra: object) -> Markup:
    """One of many choices; prefer radios for a few."""
    params = _single(asked, extra)
    params["items"] = list(_options(asked, params, text="text", chosen="selected"))
    return _component("select", params)


@field.register(DateInputField)
def date(asked: DateInputField, **extra: object) -> Markup:
    """Day, month and year in three boxes."""
    boxes = [
        {
            "id": f"{asked.id}-{part}",
            "name": f"{asked.name}-{part}",
            "label": part.capitalize(),
            "value": asked.parts[part],
            "width": 4 if part == "year" else 2,
            "inputmode": "text" if part == "month" else "numeric",
            "error": bool(asked.errors) and part in (asked.wrong_parts or PARTS),
        }
        for part in PARTS
    ]
    return _component("date-input", _merged({"items": boxes}, _grouped(asked, extra)))


@field.register(FileField)
@field.register(MultipleFileField)
def upload(asked: FileField, **extra: object) -> Markup:
    """A file to send."""
    return _component("file-upload", _single(asked, {"multiple": isinstance(asked, MultipleFileField)} | extra))


@field.register(HiddenField)
def hidden(asked: HiddenField, **_extra: object) -> Markup:
    """Not shown. It has no id, so that several forms of a page may each hold a token."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(asked.name, _posted(asked))


@field.register(SubmitField)
def submit(asked: SubmitField, **extra: object) -> Markup:
    """The button; a second click within a second is ignored."""
    label = extra.pop("label", asked.label.text)
    return _component(
        "button", {"text": str(label), "name": asked.name, "value": "1", "preventDoubleClick": True} | extra
    )


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
    return _component("error-summary", {"titleText": "There is a problem", "errorList": errors})


def form_failed(*forms: Form | None) -> bool:
    """Whether any of the forms was sent and refused."""
    return any(form.errors for form in forms if isinstance(form, BaseForm))


def _errors(form: Form) -> Iterator[Params]:
    asked_fields = list(_flat(form))
    first = next((asked for asked in asked_fields if not isinstance(asked, HiddenField | SubmitField)), None)
    for message in form.form_errors:
        yield _wording(message) | ({"href": f"#{_anchor(first)}"} if first else {})
    for asked in asked_fields:
        link = {} if isinstance(asked, HiddenField) else {"href": f"#{_anchor(asked)}"}
        yield from (_wording(message) | link for message in asked.errors[:1])


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


def _shown(asked: Field, extra: Params) -> Params:
    """What every component has: label, hint, first error, and what the field's render_kw asks for."""
    extra = dict(extra)
    heading = extra.pop("heading", False)
    label = _wording(extra.pop("label", asked.label.text))
    if asked.flags.optional and "text" in label and "(optional)" not in label["text"]:
        label["text"] += " (optional)"
    params: Params = {
        "name": asked.name,
        "label": label | {"size": extra.pop("size", "l" if heading else "s"), "isPageHeading": heading},
    }
    hint = extra.pop("hint", asked.description)
    if hint:
        params["hint"] = _wording(hint)
    if asked.errors:
        params["errorMessage"] = _wording(asked.errors[0])
    for name, setting in (asked.render_kw or {}).items():
        if name in COMPONENT_OPTIONS:
            params[name] = setting
        else:
            params.setdefault("attributes", {})[name] = setting
    return _merged(params, extra)


def _line(asked: Field, extra: Params, **usual: object) -> Markup:
    """An input of one line; what the page says goes before what is usual for the kind."""
    return _component("input", {"value": _posted(asked)} | usual | _single(asked, extra))


def _single(asked: Field, extra: Params) -> Params:
    """A component of one input."""
    return {"id": asked.id} | _shown(asked, extra)


def _grouped(asked: Field, extra: Params) -> Params:
    """A component of several inputs: the label becomes the legend of a fieldset."""
    shown = _shown(asked, extra)
    return _merged({"id": asked.id, "fieldset": {"legend": shown.pop("label")}}, shown)


def _choices(asked: SelectField, extra: Params) -> Params:
    extra = dict(extra)
    items = {"items": extra.pop("items", {})}
    params = _grouped(asked, extra) | {"idPrefix": asked.id}
    del params["id"]
    params["items"] = list(_options(asked, items, text="label", chosen="checked"))
    return params


def _options(asked: SelectField, params: Params, *, text: str, chosen: str) -> Iterator[Params]:
    """The choices of a field; `items` of a page adds to the choice of that value (hint, conditional)."""
    more = params.get("items") or {}
    for value, label, is_chosen, *_rest in asked.iter_choices():
        yield {"value": str(value), text: label, chosen: is_chosen} | more.get(str(value), {})


def _posted(asked: Field) -> str:
    """What was typed, right or wrong, or the text of the present value."""
    return str(asked._value())  # noqa: SLF001 - what WTForms' own widgets use


def _wording(words: object) -> Params:
    return {"html": words} if hasattr(words, "__html__") else {"text": str(words)}


def _merged(base: Params, more: Params) -> Params:
    merged = dict(base)
    for name, setting in more.items():
        both = isinstance(setting, dict) and isinstance(merged.get(name), dict)
        merged[name] = _merged(merged[name], setting) if both else setting
    return merged


def _component(name: str, params: Params) -> Markup:
    first, *rest = name.split("-")
    module = current_app.jinja_env.get_template(f"nhsuk/components/{name}/macro.jinja").module
    macro = getattr(module, first + "".join(word.capitalize() for word in rest))
    return cast("Markup", macro(params))
