"""A large scenario for measuring: shaped like the three in scenarios/, a paragraph and a choice after the other.

Those have about four paragraphs to a passage, an id and a reason for nearly each choice, effects for four of five, and
a condition for one of ten; so has this. It is clean under `--strict`, its graph is wide, and it has just under the
200,000 states that the checker follows.
"""

import random
from collections.abc import Iterator

HEAD = """\
:: StoryTitle
A very long shift

:: StoryData
{"ifid": "5B0C7A52-6E1C-4C0B-9B1B-2F0A6C2D9E10", "format": "Upstander", "format-version": "1.0.0", "start": "Moment 0"}

:: Scenario
setting = "Ward handover, 7:40am"
you_are = "A nurse, four months in post"
minutes = 8
content_notes = ["belittling"]
signpost = ["freedom-to-speak-up-guardian", "occupational-health"]
[outcomes.dignity]
label = "Your colleague's dignity and control"
min = 0
max = 4
start = 2
[outcomes.own_safety]
label = "Your own safety"
min = 0
max = 3
start = 2
"""

SENTENCES = (
    "The whiteboard pen squeaks, and somebody laughs before the sentence is finished.",
    "Your colleague folds the sheet a second time and keeps her thumb on the fold.",
    "Nights are going, days are coming, and nobody has had a drink of water since four.",
    "He says it lightly, the way people say things that they have said before.",
    "Bed nine is awake; he has heard every word and looks at the ceiling.",
    "The nurse in charge has her hand on the phone and her eyes on the clock.",
    "You notice that your own shoulders have gone up.",
    "There are nine minutes left, and twelve patients still to be spoken of.",
    "Across the desk, the healthcare assistant has stopped writing.",
    "Two students look at their shoes, and then at you.",
    "It would be easy to let it pass, and it would not pass.",
    "The bell in bay two goes, and for a moment everyone is glad of it.",
)
APPROACHES = ("direct", "distract", "delegate", "delay", "document", "none")
WHAT = {
    "direct": '"Let\'s pause there. I would like to hear the rest from {name}."',
    "distract": "Ask {name} where the chart for bed {n} is",
    "delegate": "Find the nurse in charge and ask her to sit in with {name}",
    "delay": "Say nothing now, and look for {name} at the end of the shift",
    "document": "Write down what was said to {name}, and when",
    "none": "Wait, and see whether {name} goes on",
}
NAMES = ("Anju", "Marcus", "Helen", "Noor", "Tomasz", "Grace", "Owen", "Farah")
WHY = (
    "It names what happened without an argument, and gives the floor back to the person it belongs to.",
    "You turn to the person targeted with a real question, so that the work goes on with her in it.",
    "Somebody better placed can do what you cannot do from here; you said whom you ask, and for what.",
    "What you do afterwards counts. It is often the part that people remember.",
)
CONDITIONS = (
    "own_safety >= 1 or dignity >= 2",
    "dignity <= 3 or own_safety > 1",
    "not (dignity == 0 and own_safety == 0)",
)


def synthetic(passages: int = 10_000, choices_each: int = 3, *, seed: int = 1) -> str:
    """The source of a story of so many passages; choices lead up to twenty passages on, and the last is the ending."""
    return HEAD + "".join(_passages(passages, choices_each, random.Random(seed)))


def _passages(passages: int, choices_each: int, chance: random.Random) -> Iterator[str]:
    last = passages - 1
    for number in range(last):
        kind = "check" if number % 10 == 0 else "words" if number % 10 == 5 else "scene"
        yield f'\n:: Moment {number} [{kind}] {{"position":"{number % 100 * 150},{number // 100 * 150}"}}\n'
        for _ in range(4):
            yield " ".join(chance.sample(SENTENCES, 3)) + "\n\n"
        for index in range(choices_each):
            target = number + 1 if index == 0 else min(number + chance.randint(1, 20), last)
            yield _choice(index, target, chance)
    yield f'\n:: Moment {last} [ending] {{"position":"0,0"}}\nThe room is quiet, then your colleague goes on.\n\n'
    yield "## Debrief\n\nWhat did you notice first?\n\nWhat would you say next time?\n"


def _choice(index: int, target: int, chance: random.Random) -> str:
    approach = chance.choice(APPROACHES[1:] if index == 0 else APPROACHES)
    text = WHAT[approach].format(name=chance.choice(NAMES), n=chance.randint(1, 28))
    lines = [f"- [[{text}->Moment {target}]]", f"  id: {approach}-{index}", f"  approach: {approach}"]
    if index == 1 and chance.random() < 0.3:
        lines.append(f"  when: {chance.choice(CONDITIONS)}")
    if chance.random() < 0.85:
        lines.append(f"  effect: dignity {chance.choice((-1, 1, 2)):+d}, own_safety {chance.choice((-1, 1)):+d}")
    lines.append(f"  why: {chance.choice(WHY)}")
    return "\n".join(lines) + "\n"
