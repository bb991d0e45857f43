"""What is checked once a story has been read: each function looks for one kind of problem and yields where it is."""

import re
from collections.abc import Container, Iterator

from app.scenarios.format.diagnostics import Problem
from app.scenarios.format.graph import NOWHERE, Graph
from app.scenarios.format.macros import FOREIGN_PASSAGES
from app.scenarios.format.model import Kind, Passage, Story
from app.scenarios.format.places import Places
from app.scenarios.format.reading import SPECIAL_PASSAGES, Parsed
from app.scenarios.format.states import explore

_IMAGE = re.compile(r"!\[(?:([^\[\]\n]*+)\](?:\(([^()\n]*+)\))?+)?+")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+")


def start(parsed: Parsed, story: Story, graph: Graph) -> Iterator[Problem]:
    """S104: the story begins at no passage of play."""
    places = parsed.places
    if graph.start is None and parsed.story_data.readable:
        at = (
            places.body(places.numbers["StoryData"]) + parsed.story_data.start_at
            if "StoryData" in places.numbers
            else 0
        )
        yield Problem(
            "S104",
            at,
            f"The story starts at `{story.start[:60]}`, and no such passage can be played: "
            "add it, or correct `start` in StoryData.",
        )


def links(story: Story, graph: Graph, places: Places) -> Iterator[Problem]:
    """S201: links, `skip:` and perspectives that lead to no passage of play."""
    for passage, targets, skip in zip(graph.passages, graph.targets, graph.skips, strict=True):
        if NOWHERE in targets:
            for index, target in enumerate(targets):
                if target == NOWHERE:
                    yield Problem(
                        "S201", places.link(passage.name, index), _why_not(story, passage.choices[index].target)
                    )
        if skip == NOWHERE and passage.skip is not None:
            yield Problem("S201", places.directive(passage.name, "skip"), _why_not(story, passage.skip))
    for passage in story.passages:
        if passage.kind is Kind.PERSPECTIVE and not (passage.seen_by and passage.perspective_of in graph.number):
            yield Problem(
                "S201",
                places.passage(passage.name),
                "A perspective is called `Passage: who`, and "
                f"`{passage.perspective_of[:60]}` is no passage of play: correct the name.",
            )


def _why_not(story: Story, target: str) -> str:
    if not target:
        return "This leads nowhere: name a passage, as in `[[What you do->Passage]]`."
    if target in SPECIAL_PASSAGES or target in FOREIGN_PASSAGES:
        return f"`{target}` is a special passage and not played: choose another."
    if target in story.named:
        return (
            f"`{target[:60]}` is a perspective, which is reached by replay and not by a choice: choose another passage."
        )
    return f"There is no passage called `{target[:60]}`: add it, or correct the name (capitals count)."


def paths(graph: Graph, places: Places) -> Iterator[Problem]:
    """S202 to S204: passages without a way to them, or to an ending. Conditions do not count here."""
    for passage, reached, ends in zip(graph.passages, graph.reached, graph.ends, strict=True):
        if reached and ends and passage.choices:
            continue
        for code, message in _dead_ends(passage, reached=bool(reached), ends=bool(ends)):
            yield Problem(code, places.passage(passage.name), message)


def _dead_ends(passage: Passage, *, reached: bool, ends: bool) -> Iterator[tuple[str, str]]:
    if not reached:
        yield "S202", "No path leads to this passage: link to it, or remove it."
    if not ends:
        yield "S203", "No path leads from this passage to an ending: link onwards to a passage with the tag `ending`."
    if not passage.choices and passage.kind is not Kind.ENDING:
        yield "S204", "This passage is not an ending and has no choice: add a choice, or the tag `ending`."


def states(story: Story, graph: Graph, places: Places, *, max_states: int) -> Iterator[Problem]:
    """S205 to S207: what can and cannot happen, conditions and effects considered."""
    found = explore(story, graph, max_states=max_states)
    for number, values in sorted(found.stuck.items()):
        passage = graph.passages[number]
        state = ", ".join(f"{name} = {value}" for name, value in values.items())
        moment = f"With {state} no choice is open here" if state else "No choice is open here"
        yield Problem("S205", places.passage(passage.name), f"{moment}: give one choice no `when:`.")
    if not found.complete:
        yield Problem(
            "S207",
            places.passage(story.start),
            f"More than {max_states:,} states can be reached, so that not all were tried "
            "(S205 and S206 may be missing): use fewer variables or narrower bounds.",
        )
        return
    for passage, reached in zip(graph.passages, graph.reached, strict=True):
        for index, choice in enumerate(passage.choices):
            if choice.when is not None and reached and id(choice) not in found.opened:
                yield Problem(
                    "S206",
                    places.attribute(passage.name, index, "when"),
                    f"`{choice.when}` is never true when a person gets here: "
                    "correct the condition, or the effects before it.",
                )


def approaches(graph: Graph, places: Places) -> Iterator[Problem]:
    """S401, S402 and S406: what choices say about themselves."""
    for passage, unchecked in zip(graph.passages, graph.unchecked, strict=True):
        if not passage.choices:
            continue
        ids, _, _, given, *_ = zip(*passage.choices, strict=True)
        if None in given and passage.kind is Kind.SCENE:
            for index, approach in enumerate(given):
                if approach is None:
                    yield Problem(
                        "S401",
                        places.choice(passage.name, index),
                        "Say what this choice does: `approach:` direct, distract, delegate, delay, document or none.",
                    )
        if unchecked and "direct" in given:
            yield from _unsafe(passage, places)
        if len(set(ids)) != len(ids):
            yield from _repeated(passage, places)


def _repeated(passage: Passage, places: Places) -> Iterator[Problem]:
    seen = set()
    for index, choice in enumerate(passage.choices):
        if choice.id in seen:
            yield Problem(
                "S406",
                places.attribute(passage.name, index, "id"),
                f"Two choices of this passage have the id `{choice.id}`: give one an `id:` of its own.",
            )
        seen.add(choice.id)


def _unsafe(passage: Passage, places: Places) -> Iterator[Problem]:
    """The direct choices of a passage that a path without a check leads to, unless another choice is always open."""
    if any(choice.approach != "direct" and choice.when is None for choice in passage.choices):
        return
    for index, choice in enumerate(passage.choices):
        if choice.approach == "direct":
            yield Problem(
                "S402",
                places.choice(passage.name, index),
                "A person can get here without having asked whether it is safe, and has no other way: "
                "put a `check` passage before, or add a choice that is not direct and has no `when:`.",
            )


def endings(parsed: Parsed, story: Story, places: Places) -> Iterator[Problem]:
    """S403 and S404: the care that a person finds before and after."""
    if parsed.settings.readable and not story.content_notes:
        yield Problem(
            "S404",
            places.passage("Scenario"),
            'Say what may be hard to read here: `content_notes = ["racism", "…"]` in the Scenario block.',
        )
    for passage in story.passages:
        if passage.kind is not Kind.ENDING:
            continue
        if not passage.debrief:
            yield Problem(
                "S403",
                places.passage(passage.name),
                "This ending has no debrief: end it with `## Debrief` and what to think about.",
            )
        if not passage.signpost and not story.signpost and parsed.settings.readable:
            yield Problem(
                "S403",
                places.passage(passage.name),
                "This ending points to no support: add `signpost:` here, or `signpost = […]` in the Scenario block.",
            )


def images(story: Story, places: Places, media: Container[str] | None) -> Iterator[Problem]:
    """S405: images without text, with an address, or that are not in the media folder."""
    for passage in story.passages:
        if not (_may_show(passage.body) or _may_show(passage.debrief)):
            continue
        for found in places.within(places.numbers[passage.name], _IMAGE):
            text, file = found.groups()
            at = found.start()
            if file is None:
                yield Problem("S405", at, "This image cannot be read: write `![What it shows](file.png)`.")
            elif text.strip() == "":
                yield Problem(
                    "S405",
                    at,
                    "This image has no text: say between the brackets what it shows, for people who do not see it.",
                )
            elif not _FILE.fullmatch(file.strip()):
                yield Problem(
                    "S405",
                    at,
                    "An image comes from scenarios/media/: give the name of a file there, without folder or address.",
                )
            elif media is not None and file.strip() not in media:
                yield Problem(
                    "S405",
                    at,
                    f"There is no file `{file.strip()[:60]}` in scenarios/media/: add it, or correct the name.",
                )


def _may_show(prose: str) -> bool:
    return "!" in prose and "![" in prose  # one character is found many times as fast as two
