"""The pages that a run is shown on, with a record or without."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, url_for
from markupsafe import Markup

from app.scenarios import queries
from app.scenarios.engine import Run
from app.scenarios.format.model import Story
from app.scenarios.forms import ReflectionForm, WordsForm
from app.scenarios.picture import draw
from app.scenarios.prose import prose
from app.scenarios.recalling import recall
from app.scenarios.rules import APPROACHES
from app.scenarios.scene import scene_of
from app.signposting.queries import services_by_slug
from app.signposting.seams import seeker

VERBS = ("choose", "skip", "back", "words", "debrief")
NOW, CHOICES = "now", "choices"
"""The ids of a passage's heading and of the one above its choices: the focus goes there, with or without scripts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A run as its pages show it: `verbs` has the address of each button, `carry` what all buttons send along.

    `record` is None for practice without a record.
    """

    story: Story
    run: Run
    words: Mapping[int, str]
    verbs: Mapping[str, str]
    carry: Mapping[str, object]
    record: queries.OwnRun | None = None


def show_scene(stage: Stage, form: WordsForm) -> str:
    """The page of the moment that a run is in."""
    scene = scene_of(stage.story, stage.run, stage.words)
    form.words.data = form.words.data or scene.draft
    return render_template("scenarios/scene.html", stage=stage, scene=scene, form=form)


def show_debrief(stage: Stage, form: ReflectionForm | None = None) -> str:
    """The page that looks back; without a record there is nothing to save on it."""
    scene = scene_of(stage.story, stage.run, stage.words)
    moments = recall(stage.story, stage.run, stage.words)
    services = services_by_slug(scene.passage.signpost or stage.story.signpost, seeker())
    return render_template(
        "scenarios/debrief.html",
        stage=stage,
        scene=scene,
        moments=moments,
        picture=draw(moments),
        approaches=APPROACHES,
        services=services,
        form=form,
    )


def prose_filter(text: str) -> Markup:
    """The Markdown of a passage as HTML."""
    return prose(text, _media_address)


def _media_address(name: str) -> str:
    return url_for("scenarios.media", name=name)
