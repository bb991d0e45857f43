"""A scenario that is clean even under strict, and a way to spoil one thing of it."""

CLEAN = """:: StoryTitle
Handover

:: StoryData
{"ifid": "5B0C7A52-6E1C-4C0B-9B1B-2F0A6C2D9E10", "format": "Upstander", "format-version": "1.0.0", "start": "Bay four"}

:: Scenario
setting = "Ward handover, 7:40am"
you_are = "A nurse, four months in post"
minutes = 8
content_notes = ["belittling"]
signpost = ["occupational-health"]
[outcomes.safety]
label = "Your own safety"
min = 0
max = 3
start = 2
[vars.told]
min = 0
max = 1
start = 0

:: Bay four [scene] {"position":"100,100"}
The registrar laughs, and your colleague goes quiet.

- [[Say that it stops here->Paused]]
  id: stop
  approach: direct
  when: safety >= 2
  effect: safety -1, told = 1
  why: Names it without arguing.
- [[Ask your colleague for the drug chart->Paused]]
  approach: distract

:: Bay four: your colleague [perspective]
I heard the laugh before I understood the words.

:: Paused [ending]
The room is quiet, then your colleague goes on.

## Debrief
What did you notice first?
"""


def spoiled(old: str, new: str) -> str:
    """The clean scenario with one thing changed."""
    assert CLEAN.count(old) == 1, f"{old!r} has to stand once in the clean scenario"
    return CLEAN.replace(old, new)


def with_passages(*passages: str, start: str = "A", variables: str = "") -> str:
    """A scenario with these passages and nothing else that could be found fault with."""
    return (
        ":: StoryTitle\nT\n\n:: StoryData\n"
        f'{{"ifid": "5B0C7A52-6E1C-4C0B-9B1B-2F0A6C2D9E10", "format": "Upstander", "start": "{start}"}}\n\n'
        ':: Scenario\nsetting = "s"\nyou_are = "y"\nminutes = 1\ncontent_notes = ["n"]\nsignpost = ["samaritans"]\n'
        + variables
        + "\n"
        + "\n".join(passages)
    )
