"""Printing a story as Twee 3 in its one canonical form, so that reading it again gives the same story."""

import json

from app.scenarios.format.declarations import default_label
from app.scenarios.format.headers import print_header
from app.scenarios.format.links import slug
from app.scenarios.format.model import Choice, Passage, Story, Variable


def print_story(story: Story) -> str:
    """The source of a story. `parse(print_story(story)).story == story` for every story that `parse` gave."""
    special = [
        f"{print_header('StoryTitle', ())}\n{story.title}",
        f"{print_header('StoryData', ())}\n{_story_data(story)}",
        f"{print_header('Scenario', ())}\n{_settings(story)}",
    ]
    sections = special + [_passage(passage) for passage in story.passages]
    return "\n\n".join(section.rstrip("\n") for section in sections) + "\n"


def _story_data(story: Story) -> str:
    fields = {"ifid": story.ifid, "format": story.format, "format-version": story.format_version, "start": story.start}
    return json.dumps(fields | json.loads(story.kept_for_twine), ensure_ascii=False, indent=2)


def _settings(story: Story) -> str:
    lines = []
    if story.setting:
        lines.append(f"setting = {_toml(story.setting)}")
    if story.you_are:
        lines.append(f"you_are = {_toml(story.you_are)}")
    if story.minutes is not None:
        lines.append(f"minutes = {story.minutes}")
    lines += [
        f"{key} = [{', '.join(map(_toml, texts))}]"
        for key, texts in (("content_notes", story.content_notes), ("signpost", story.signpost))
        if texts
    ]
    for variable in story.variables:
        lines += _variable(variable)
    return "\n".join(lines)


def _variable(variable: Variable) -> list[str]:
    label = [f"label = {_toml(variable.label)}"] if variable.label != default_label(variable.name) else []
    return [
        f"[{'outcomes' if variable.shown else 'vars'}.{variable.name}]",
        *label,
        f"min = {variable.minimum}",
        f"max = {variable.maximum}",
        f"start = {variable.start}",
    ]


def _passage(passage: Passage) -> str:
    blocks = []
    directives = [f"skip: {passage.skip}"] if passage.skip is not None else []
    if passage.signpost:
        directives.append(f"signpost: {', '.join(passage.signpost)}")
    if directives:
        blocks.append("\n".join(directives))
    if passage.body:
        blocks.append(passage.body)
    blocks += [_choice(choice) for choice in passage.choices]
    if passage.debrief:
        blocks.append(f"## Debrief\n\n{passage.debrief}")
    return f"{print_header(passage.name, (passage.kind.value, *passage.tags), passage.metadata)}\n" + "\n\n".join(
        blocks
    )


def _choice(choice: Choice) -> str:
    plain = choice.text == choice.target and not any(sign in choice.text for sign in ("->", "<-", "|"))
    lines = [f"- [[{choice.text}]]" if plain else f"- [[{choice.text}->{choice.target}]]"]
    attributes = (
        ("id", choice.id if choice.id != slug(choice.text) else ""),
        ("approach", choice.approach),
        ("when", choice.when),
        ("effect", ", ".join(map(str, choice.effects))),
        ("why", choice.why),
    )
    lines += [f"  {key}: {value}" for key, value in attributes if value]
    return "\n".join(lines)


def _toml(text: str) -> str:
    """A TOML string. Its escapes are those of JSON, but for DEL, which clean texts do not hold."""
    return json.dumps(text, ensure_ascii=False)
