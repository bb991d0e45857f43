"""Forums of a stated size, always the same ones: who writes where, and made-up words. Pure."""

import random
from dataclasses import dataclass

SEARCHED = "lanyard"  # a word that is in one body of fifty
BODIES = 1_000  # different ones; more posts than that share them
SWING = 9  # by how much topics are longer or shorter than each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much there is of everything. One topic has `longest` posts, the others share the rest."""

    slug: str
    members: int
    topics: int
    posts: int
    longest: int


SIZES = {
    "peer": Size(slug="peer", members=500, topics=1_000, posts=20_000, longest=1_000),
    "medium": Size(slug="medium", members=2_000, topics=20_000, posts=500_000, longest=5_000),
}

TAGS = ("handover", "hierarchy", "words-to-use", "small-wins", "nights", "students", "delay", "distract", "home-care")

_OPENINGS = (
    "Yesterday on a long day I noticed that",
    "I keep thinking about the moment when",
    "In our team meeting somebody asked why",
    "A colleague told me afterwards that",
    "It took me three days to see that",
    "What surprised me most was that",
    "On the way home it came to me that",
    "Nobody in the room said it, but",
)
_MIDDLES = (
    "the quietest person had seen the most",
    "a short question helped more than a speech",
    "two people were waiting for a third to speak",
    "the apology was small and meant",
    "everybody laughed and one person did not",
    "the handover went on as if nothing had happened",
    "asking what would help changed the whole conversation",
    "it was safer to go and find somebody than to argue",
    "the new starter thought that it was normal here",
    "a cup of tea at the right time did the work",
)
_CLOSINGS = (
    "Next time I will count to five first.",
    "I would do the same again.",
    "What would you have said?",
    "I am still not sure about it.",
    "Thank you for reading this far.",
    "It cost me nothing, and it mattered to her.",
    "We have agreed to talk about it on Thursday.",
)
_ADVICE = (
    "name what you saw",
    "ask before you act",
    "stay near",
    "write it down on the day",
    "look after yourself too",
)


def lengths(size: Size) -> list[int]:
    """How many posts each topic has; the first is the longest. They add up to all there are."""
    others = size.topics - 1
    each, over = divmod(size.posts - size.longest, others)
    shared = [each + (1 if index < over else 0) for index in range(others)]
    for index in range(0, others - 1, 2):
        moved = min(index % SWING, shared[index] - 1)
        shared[index] -= moved
        shared[index + 1] += moved
    return [size.longest, *shared]


def order(size: Size) -> list[int]:
    """In which topic each post is written, one after the other."""
    places = [topic for topic, count in enumerate(lengths(size)) for _ in range(count)]
    random.Random(7).shuffle(places)  # noqa: S311 - it has to be the same each time
    return places


def title(index: int) -> str:
    """What a topic is called."""
    chosen = random.Random(f"title {index}")  # noqa: S311
    return f"{chosen.choice(_MIDDLES).capitalize()}: {chosen.choice(TAGS).replace('-', ' ')} {index + 1}"


def body(index: int) -> str:
    """What a post says, as Markdown; three hundred characters or so."""
    chosen = random.Random(f"body {index}")  # noqa: S311
    said = [f"{chosen.choice(_OPENINGS)} {chosen.choice(_MIDDLES)}. {chosen.choice(_CLOSINGS)}" for _ in range(2)]
    text = "\n\n".join(said) + f"\n\n**{chosen.choice(_MIDDLES).capitalize()}**, and {chosen.choice(_MIDDLES)}."
    if index % 5 == 0:
        text = f"> {chosen.choice(_OPENINGS)} {chosen.choice(_MIDDLES)}.\n\n{text}"
    if index % 7 == 0:
        text += "\n\n" + "\n".join(f"- {advice}" for advice in chosen.sample(_ADVICE, 3))
    if index % 50 == 0:
        text += f"\n\nIt was all on the back of a {SEARCHED}."
    return text
