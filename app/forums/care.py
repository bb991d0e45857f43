"""Care: words of somebody who may not be well. Pure.

Nothing is blocked and nobody is told: the page that follows shows its author where there is somebody to talk to. So a
false alarm costs little, a word missed costs more, and the list is wide. Nothing of it is kept.
"""

import re
from collections.abc import Sequence
from enum import StrEnum


class Worry(StrEnum):
    """What the words sound like."""

    LIFE = "life"  # that somebody may not want to live
    HARM = "harm"  # that somebody is being hurt, or fears to be
    LOW = "low"  # that it is all too much


# The slugs of the directory (app/signposting), the nearest first. Source: facts/signposting.
SERVICES: dict[Worry, Sequence[str]] = {
    Worry.LIFE: ("emergency-999", "samaritans", "nhs-111-mental-health", "shout"),
    Worry.HARM: ("emergency-999", "safeguarding-lead", "samaritans", "freedom-to-speak-up-guardian"),
    Worry.LOW: ("samaritans", "shout", "nhs-111-mental-health", "occupational-health", "practitioner-health"),
}

_NOT, _OWN = r"(?:don't|do not|didn't)", r"(?:my|his|her|their)"
_PHRASES = {
    Worry.LIFE: (
        r"suicid\w*",
        r"kill(?:ing)? (?:my|him|her|them)sel(?:f|ves)",
        rf"end(?:ing)? (?:it all|{_OWN} (?:own )?li(?:fe|ves))",
        r"want(?:ed|s)? to die",
        r"better off (?:dead|without me)",
        rf"{_NOT} want to (?:live|be here|wake up)",
        r"no (?:reason|point) (?:to|in) (?:live|living|going on|go on)",
        r"self[ -]?harm\w*",
        r"(?:hurt|cut|harm)(?:ting|ing)? myself",
        r"overdos(?:e|ed|ing)",
        r"can(?:'t|not) go on",
    ),
    Worry.HARM: (
        r"(?:afraid|scared) (?:of|to go) home",
        r"domestic (?:abuse|violence)",
        r"(?:he|she|they) (?:hits?|beats?|rapes?|raped) me",
        r"sexual(?:ly)? assault(?:ed)?",
        r"(?:i was|been) (?:raped|assaulted|attacked|groped)",
        r"stalk(?:s|ed|ing) me",
        r"threat(?:ens|ened|ening) (?:me|to (?:hurt|kill))",
        r"(?:in fear of|fear for) my life",
        r"(?:in danger|not safe) at home",
    ),
    Worry.LOW: (
        r"can(?:'t|not) (?:cope|take (?:it|this) any ?more|do this any ?more|stop crying)",
        r"break(?:ing)? down",
        r"(?:my|a|nervous) breakdown",
        r"at (?:my )?(?:breaking point|the end of my tether)",
        r"(?:hope|worth)less\w*",
        r"(?:so|completely|utterly) alone",
        r"nobody (?:cares|would (?:notice|miss me))",
        r"panic attacks?",
        r"cr(?:y|ied|ying) (?:every|in the (?:car|toilet|loo|sluice))",
        r"burn(?:ed|t)?[ -]?out",
        r"(?:dread|sick (?:with|at)) (?:going in(?:to)?|every shift|fear|the thought)",
        r"feel(?:ing)? (?:so )?(?:numb|broken|desperate|trapped)",
        r"(?:not|n't) (?:been )?sle(?:eping|pt) (?:for|in)",
    ),
}
_READ = {worry: re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)") for worry, phrases in _PHRASES.items()}
_spaces = re.compile(r"\s+")


def worry(*texts: str) -> Worry | None:
    """The most serious thing that somebody's words sound like; None when they sound like none."""
    words = _spaces.sub(" ", " ".join(texts)).lower().replace("’", "'")
    return next((each for each, pattern in _READ.items() if pattern.search(words)), None)
