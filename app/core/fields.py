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
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DecimalField,
    EmailField,
    Field,
    FileField,
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
    return component("password-input", _single(asked, extra))


@field.register(TextAreaField)
def long_text(asked: TextAreaField, **extra: object) -> Markup:
    """Several lines, with a character count where the field has a longest length."""
    # A browser swallows the first line break after <textarea>, so one is put there to be swallowed.
    params = {"value": "\n" + _posted(asked)} | _single(asked, extra)
    if params.get("maxwords"):
        return component("character-count", params)
    if asked.flags.maxlength:
        return component("character-count", {"maxlength": asked.flags.maxlength} | params)
    return component("textarea", params)


@field.register(RadioField)
def radios(asked: RadioField, **extra: object) -> Markup:
    """One of several choices, all of them in sight."""
    return component("radios", _choices(asked, extra))


@field.register(SelectMultipleField)
def checkboxes(asked: SelectMultipleField, **extra: object) -> Markup:
    """Any of several choices."""
    return component("checkboxes", _choices(asked, extra))


@field.register(BooleanField)
def checkbox(asked: BooleanField, **extra: object) -> Markup:
    """One box to tick. Its label stands beside it; a hint may explain."""
    shown = _shown(asked, extra)
    box = {"value": "y", "checked": bool(asked.data), "label": shown.pop("label"), "hint": shown.pop("hint", None)}
    return component("checkboxes", _merged({"idPrefix": asked.id, "items": [box]}, shown))


@field.register(SelectField)
def select(asked: SelectField, **extra: object) -> Markup:
    """One of many choices; prefer radios for a few."""
    params = _single(asked, extra)
    params["items"] = list(_options(asked, params, text="text", chosen="selected"))
    return component("select", params)


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
    return component("date-input", _merged({"items": boxes}, _grouped(asked, extra)))


@field.register(FileField)
@field.register(MultipleFileField)
def upload(asked: FileField, **extra: object) -> Markup:
    """A file to send."""
    return component("file-upload", _single(asked, {"multiple": isinstance(asked, MultipleFileField)} | extra))


@field.register(HiddenField)
def hidden(asked: HiddenField, **_extra: object) -> Markup:
    """Not shown. It has no id, so that several forms of a page may each hold a token."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(asked.name, _posted(asked))


@field.register(SubmitField)
def submit(asked: SubmitField, **extra: object) -> Markup:
    """The button; a second click within a second is ignored."""
    label = extra.pop("label", asked.label.text)
    return component(
        "button", {"text": str(label), "name": asked.name, "value": "1", "preventDoubleClick": True} | extra
    )


def _shown(asked: Field, extra: Params) -> Params:
    """What every component has: label, hint, first error, and what the field's render_kw asks for."""
    extra = dict(extra)
    heading = extra.pop("heading", False)
    label = wording(extra.pop("label", asked.label.text))
    if asked.flags.optional and "text" in label and "(optional)" not in label["text"]:
        label["text"] += " (optional)"
    params: Params = {
        "name": asked.name,
        "label": label | {"size": extra.pop("size", "l" if heading else "s"), "isPageHeading": heading},
    }
    hint = extra.pop("hint", asked.description)
    if hint:
        params["hint"] = wording(hint)
    if asked.errors:
        params["errorMessage"] = wording(asked.errors[0])
    for name, setting in (asked.render_kw or {}).items():
        if name in COMPONENT_OPTIONS:
            params[name] = setting
        else:
            params.setdefault("attributes", {})[name] = setting
    return _merged(params, extra)


def _line(asked: Field, extra: Params, **usual: object) -> Markup:
    """An input of one line; what the page says goes before what is usual for the kind."""
    return component("input", {"value": _posted(asked)} | usual | _single(asked, extra))


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


def wording(words: object) -> Params:
    """Words as a component takes them: escaped, unless they are Markup."""
    return {"html": words} if hasattr(words, "__html__") else {"text": str(words)}


def _merged(base: Params, more: Params) -> Params:
    merged = dict(base)
    for name, setting in more.items():
        both = isinstance(setting, dict) and isinstance(merged.get(name), dict)
        merged[name] = _merged(merged[name], setting) if both else setting
    return merged


def component(name: str, params: Params) -> Markup:
    """One of the NHS components by its name in the design system, with its own options."""
    first, *rest = name.split("-")
    module = current_app.jinja_env.get_template(f"nhsuk/components/{name}/macro.jinja").module
    macro = getattr(module, first + "".join(word.capitalize() for word in rest))
    return cast("Markup", macro(params))
