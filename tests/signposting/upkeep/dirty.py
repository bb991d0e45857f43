"""A feed as real ones are: most of it is wrong somewhere, and some of it cannot be used at all."""

import json

FEED = [
    {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "  Community   counselling ",
        "description": "<p>We <b>listen</b>.</p><script>alert(1)</script><p>Any time.</p>",
        "url": "",
        "email": "",
        "status": "ACTIVE",
        "minimum_age": "from 18 years",
        "maximum_age": None,
        "assured_date": "1/2/2024",
        "phones": [{"number": "0808 800330"}, {"number": "Tel: 0116 295 0750 (9-5)"}, {"number": ""}],
        "schedules": [
            {"freq": "WEEKLY", "byday": "Mon to Fri", "opens_at": "9am", "closes_at": "25:00"},
            {"freq": "HOURLY", "byday": "MO;TU", "opens_at": "9am", "closes_at": "17:00:00"},
        ],
        "contacts": [{"id": "1", "name": "Ann Persona", "phones": [{"number": "07700 900123"}]}],
        "surprise": {"a": 1},
    },
    {"id": "7", "name": "Walking group", "service_at_locations": {"location": {"name": "Park", "latitude": 0}}},
    {"id": "7", "name": "Walking group again"},
    {"id": "8", "name": "   "},
    {"name": "Without an id", "description": 7, "attributes": "none"},
    "not a service",
    None,
    {"id": "9", "name": "Says it is a crisis line", "signposting": {"urgent": True, "reach": "national"}},
]

TEXT = json.dumps(FEED)
