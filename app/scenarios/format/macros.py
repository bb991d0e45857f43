"""Macros, scripts and special passages of other story formats: refused, never run."""

import re
from collections.abc import Iterator

from app.scenarios.format.diagnostics import Problem

FOREIGN_PASSAGES = frozenset({
    "UserScript", "UserStylesheet", "StoryInit", "StoryIncludes", "StorySettings", "StoryInterface", "StoryMenu",
    "StoryCaption", "StoryBanner", "StorySubtitle", "StoryAuthor", "StoryDisplayTitle", "StoryShare", "StoryMetadata",
    "MenuOptions", "MenuStory", "MenuShare", "PassageReady", "PassageDone", "PassageHeader", "PassageFooter",
})  # fmt: skip
"""Names that Twine or one of its story formats gives a meaning that this format has not."""

FOREIGN_TAGS = frozenset({"script", "stylesheet", "widget"})

# Harlowe reads a macro's name without regard to case, `-` and `_`. Left out are those that open a bracket in everyday
# English as well: a, after, count, error, history, max, min, more, number, p, passage, range, source, text, words.
_HARLOWE = frozenset(
    """
    set put move unpack print display if unless elseif else for loop either cond nth array datamap dm dataset ds
    datanames datavalues dataentries folded altered allpass somepass nonepass subarray shuffled sorted rotated rotatedto
    reversed interlaced permutations repeated macro output outputdata partial bind 2bind
    link linkreplace linkreveal linkrevealgoto linkappend linkrepeat linkrerun linkgoto linkundo linkshow linkfullscreen
    linkstorylet linkrevealgoto cyclinglink seqlink sequencelink click clickreplace clickrerun clickappend clickprepend
    clickgoto clickundo mouseover mouseoverreplace mouseoverappend mouseoverprepend mouseovergoto mouseoverundo mouseout
    mouseoutreplace mouseoutappend mouseoutprepend mouseoutgoto mouseoutundo
    goto undo restart reload redirect gotourl openurl pageurl
    hook hidden hide show rerun replace append prepend enchant enchantin change live stop event
    alert dialog prompt confirm input forceinput inputbox forceinputbox checkbox checkboxfullscreen dropdown meter
    storylet openstorylets exclusivity urgency passages visited visits turns
    random round floor ceil rgb rgba hsl hsla lch gradient palette string num uppercase lowercase upperfirst lowerfirst
    textcolour textcolor colour color textstyle textsize textindent textrotate textrotatex textrotatey textrotatez align
    box floatbox border b4r bordersize bordercolour bordercolor cornerradius background bg css font hoverstyle linkstyle
    charstyle linestyle opacity transition t8n transitiontime t8ntime transitiondelay t8ndelay transitionskip t8nskip
    transitionarrive t8narrive transitiondepart t8ndepart animate columns collapse nobr verbatim verbatimprint v6m
    ignore mockturns mockvisits debug testtrue testfalse assert assertexists seed metadata savegame loadgame savedgames
    currentdate currenttime weekday monthday scroll
    iconundo iconredo iconfullscreen iconrestart iconcounter
    """.split()  # noqa: SIM905 - a list of 200 words reads best as text
)

_MACRO = re.compile(r"\(([$_]?[A-Za-z0-9][\w-]*+):", re.ASCII)

_REFUSED = "of another story format is not run here: remove it, and use `when:` and `effect:` of a choice."

SETTER_REFUSED = f"A link that sets something {_REFUSED}"


def foreign_code(text: str) -> Iterator[Problem]:
    """Find what another story format would run, wherever in a file it stands (S501); links are read in passages.py."""
    for at in _each("<", text):
        if text[at + 1 : at + 2] in {"<", "%"}:
            yield Problem("S501", at, f"`{text[at : at + 2]}` {_REFUSED}")
    for at in _each("(", text):
        macro = _MACRO.match(text, at)
        if macro and (macro[1][0] in "$_" or macro[1].replace("-", "").replace("_", "").lower() in _HARLOWE):
            yield Problem("S501", at, f"`({macro[1][:60]}:` {_REFUSED}")


def _each(character: str, text: str) -> Iterator[int]:
    """Where a character stands; several times as fast as a regular expression where it is rare, as these are."""
    at = text.find(character)
    while at >= 0:
        yield at
        at = text.find(character, at + 1)
