"""Files are small and well named, and nothing in them belongs to one machine."""

import ast
import re

from tests.architecture.sources import APP, ROOT, modules, place, tracked_files, tree_of

MOST_LINES = 300
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "manager", "handle", "handler", "misc", "common"}
NAMED_BY_A_LIBRARY = {"_handle_close_room"}  # python-socketio calls it
WORDS_OF_A_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

# Written by others, or lists of addresses by nature.
NOT_OURS = ("static/vendor/", "tests/vendor/")
REGISTRIES = ("pypi", "pythonhosted", "npmjs", "crates", "debian")
REGISTRY_HOST = re.compile(rf"\b(?:{'|'.join(REGISTRIES)})\.(?:org|com|io)\b")
PATH_OF_A_MACHINE = re.compile(r"(?<![\w.:/)}>-])/(?:work|root|tmp|Users)/\w")

LINK = re.compile(r"\]\(([^()\s]+)\)")
MARKDOWN_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)

STYLE_ATTRIBUTE = re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE)
EVENT_ATTRIBUTE = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))[^>]*>", re.IGNORECASE)


def test_files_stay_small_enough_to_hold_one_idea():
    lines = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_names_say_what_a_thing_is_for():
    named = {place(path): path.stem for path in APP.rglob("*")}
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                named[f"{place(path)}:{node.lineno}"] = node.name
    ours = {where: name for where, name in named.items() if name not in NAMED_BY_A_LIBRARY}
    words = {where: {word.lower() for word in WORDS_OF_A_NAME.findall(name)} for where, name in ours.items()}
    assert {where: found & EMPTY_WORDS for where, found in words.items() if found & EMPTY_WORDS} == {}


def test_templates_leave_style_and_behaviour_to_files():
    """The content security policy forbids both in a page; the browser would drop them without a word."""
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        wrong += [
            f"{place(path)}: {found.group()[:80]}"
            for pattern in (STYLE_ATTRIBUTE, EVENT_ATTRIBUTE, INLINE_SCRIPT)
            for found in pattern.finditer(text)
        ]
    assert wrong == []


def test_nothing_names_a_registry_or_a_path_of_one_machine():
    wrong = []
    for path in tracked_files():
        name = place(path)
        if name.startswith(NOT_OURS):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a video
        for number, line in enumerate(text.splitlines(), start=1):
            if REGISTRY_HOST.search(line) or PATH_OF_A_MACHINE.search(line):
                wrong.append(f"{name}:{number}: {line.strip()[:100]}")
    assert wrong == []


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in tracked_files():
        if path.suffix != ".md" or place(path).startswith(NOT_OURS):
            continue
        for target in LINK.findall(MARKDOWN_CODE.sub("", path.read_text(encoding="utf-8"))):
            name = target.partition("#")[0]
            if name and not re.match(r"[a-z]+:|/", name) and not (path.parent / name).exists():
                broken.append(f"{place(path)}: {target}")
    assert broken == []


def test_the_patterns_find_what_they_are_for():
    assert STYLE_ATTRIBUTE.search('<p class="a" style="color: red">')
    assert EVENT_ATTRIBUTE.search("<button onclick='go()'>")
    assert not EVENT_ATTRIBUTE.search('<a href="/one?on=1">')
    assert INLINE_SCRIPT.search("<script>go()</script>")
    assert INLINE_SCRIPT.search('<script type="module">go()</script>')
    assert not INLINE_SCRIPT.search('<script type="module" src="/a.js"></script>')
    assert REGISTRY_HOST.search(f"https://files.{REGISTRIES[1]}.org")
    assert PATH_OF_A_MACHINE.search('"/' + 'tmp/x"')
    assert not PATH_OF_A_MACHINE.search("https://example.org/tmp/x")
