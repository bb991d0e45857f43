"""What the programmes of these tests say and when they meet."""

from datetime import timedelta

from app.programme import operations
from app.programme.operations import DateDraft
from app.programme.page_files import read_page

PAGES = {
    "welcome": ("Be ready", "The first page of {{ programme.name }}.", "Why it matters: **you** can help."),
    "programme": ("The programme", "What it is", "There are {{ targets.places }} places. See [the role](/role)."),
    "role": ("The role", "What you do", "Step in early, when it is safe."),
    "dates": ("Dates and places", "When", "Save the dates."),
    "eligibility": ("Who can apply", "Free and open", "Health and care."),
    "apply": ("How to apply", "Talk to your manager first", "Then write to {{ programme.contact_email }}."),
    "privacy": ("Privacy", "What we know", "Little."),
}


def a_page(programme, slug, title, summary, body, **about):
    lines = "\n".join(f"{name} = {value}" for name, value in about.items())
    file = f'+++\nslug = "{slug}"\ntitle = "{title}"\nsummary = "{summary}"\n{lines}\n+++\n{body}\n'
    return operations.add_page(programme, read_page(file))


def a_date(cohort, kind, title, starts_at, hours=2, venue="The hall"):
    draft = DateDraft(
        kind=kind, title=title, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), venue=venue
    )
    return operations.add_date(cohort, draft, by=None)
