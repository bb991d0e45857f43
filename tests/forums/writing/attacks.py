"""Hostile posts: every way in that we could think of, times every spelling; each one would set `window.caught`."""

from itertools import product

DO = "window.caught=1"

SCHEMES = [
    "javascript:", "JaVaScRiPt:", " javascript:",
    "java\tscript:", "javascript&colon;", "javascript&#58;", "&#106;avascript:",
    "java&#x73;cript:", "\x01javascript:", "javascript\x00:", "vbscript:", "data:text/html,", "data:text/html;base64,",
    "feed:javascript:", "view-source:javascript:", "//javascript:", "javascript://%0a", "https:javascript:", "blob:",
]  # fmt: skip
LINKS = [
    "[x]({})",
    "[x](<{}>)",
    "<{}>",
    "![x]({})",
    '[x](/ "{}")',
    "[x]: {}\n\n[x]",
    "[x][y]\n\n[y]: <{}>",
    "[![x]({})]({})",
]
TAGS = [
    "script", "img src=x", "svg", "svg/onload", "iframe srcdoc=x", "body", "details open", "video src=x", "audio src=x",
    "input autofocus", "math href=x", "object data=x", "embed src=x", "form action=x", "a href=x", "style", "marquee",
    "template", "noscript", "x-y tabindex=1",
    "b", "table background=x", "link rel=stylesheet href=x", "meta http-equiv=refresh",
]  # fmt: skip
EVENTS = [
    "onerror",
    "onload",
    "onfocus",
    "ontoggle",
    "onmouseover",
    "onbegin",
    "onanimationstart",
    "OnLoAd",
    "on\nload",
]
QUOTED = ['{}="{}"', "{}='{}'", "{}={}", "/{}={}//", '{} = "{}"', '{}="{}']
MUTATIONS = [
    '<svg></p><style><a id="</style><img src=1 onerror={}>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={}&gt;">',
    '<noscript><p title="</noscript><img src=x onerror={}>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={}>",
    '<!--<img src="--><img src=x onerror={}//">',
    "<![CDATA[<img src=x onerror={}>]]>",
    '<a href="x`"><script>{}</script>"`>x</a>',
    "`<img src=x onerror={}>`", '``` "><img src=x onerror={}>\nx\n```', '```"onload={}\nx\n```',
    '[x](https://a.example/"onmouseover={})', "[x](https://a.example 'x\" onmouseover={} y=\"')",
    'https://a.example/"onmouseover={}',
    "https://a.example/'><img src=x onerror={}>", "www.a.example/<img/src/onerror={}>",
    "@{{17}}<img src=x onerror={}>", '[@{{17}}](https://a.example "@{{17}} onmouseover={}")', '@x"><svg onload={}>',
    '| a | b |\n|---|:-:" onload={} |\n| <img src=x onerror={}> | [x](javascript:{}) |',
    '> <script>{}</script>\n> [an earlier post](/forums/posts/1"onload={}):', "# <img src=x onerror={}>",
    "1. <svg/onload={}>", "- [ ] <script>{}</script>", "&lt;script&gt;{}&lt;/script&gt;", "\\<script>{}\\</script>",
    "<scr<script>ipt>{}</scr</script>ipt>", "<<script>{}//<</script>",
    "<script\x20type=module>{}</script>", "\u202e<script>{}</script>",
]  # fmt: skip


def every():
    """All of them."""
    for link, scheme in product(LINKS, SCHEMES):
        yield link.replace("{}", f"{scheme}{DO}")
    for tag, event, quoted in product(TAGS, EVENTS, QUOTED):
        yield f"<{tag} {quoted.format(event, DO)}>{DO}</{tag.split()[0]}>"
    for each in MUTATIONS:
        yield each.replace("{{", "{").replace("}}", "}").replace("{}", DO)


def posts(longest=15_000):
    """They, in as few posts as hold them; each stands in a paragraph of its own."""
    page = ""
    for attack in every():
        if len(page) + len(attack) > longest:
            yield page
            page = ""
        page += f"{attack}\n\n"
    yield page
