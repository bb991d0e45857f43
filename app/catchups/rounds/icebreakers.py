"""Questions to begin with. They ask nobody for a story of harm: a first coffee is not the place."""

ICEBREAKERS = (
    "What does a good day at your work look like?",
    "What is something about your job that people never guess?",
    "Who taught you something at work that you still use?",
    "What made you want to become an active bystander?",
    "What does your team do well that others could borrow?",
    "Where do you go to catch your breath on a long shift?",
    "What small thing did a colleague do lately that made a difference?",
    "Which words help you when you do not know what to say?",
    "What would you show somebody who visits your workplace for an hour?",
    "What have you changed your mind about since you began this work?",
    "What is the kindest thing you have seen somebody do at work?",
    "What do you look forward to this month?",
    "If you could swap jobs for a day, whose would you take?",
    "What does your workplace sound like at three in the morning, or at noon?",
    "What helps a new person feel at home where you work?",
    "What is one thing that you would never leave out of your bag?",
)


def icebreaker(seed: int, number: int) -> str:
    """The question of a group: from one round to the next another one, and in one round not the same for all."""
    return ICEBREAKERS[(seed + number) % len(ICEBREAKERS)]
