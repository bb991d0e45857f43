"""The description that we serve holds: asked with whatever it allows, and with what it does not allow."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from tests.signposting.openreferral import directory

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


QUICK = settings(
    max_examples=8,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def operations(app, people):
    with app.app_context():
        directory.fill(people, how_many=6)
    described = schemathesis.openapi.from_wsgi("/openreferral/v3/openapi.json", app)
    return [found.ok() for found in described.get_all_operations()]


def ask(operation, mode):
    @QUICK
    @given(case=operation.as_strategy(generation_mode=mode))
    def each(case):
        if mode is GenerationMode.NEGATIVE and any(not str(value).strip() for value in (case.query or {}).values()):
            return  # a parameter that is there and empty counts as not given
        case.call_and_validate(checks=CHECKS)

    each()


def test_what_the_description_allows_is_answered_as_described(operations):
    assert len(operations) == 9
    for operation in operations:
        ask(operation, GenerationMode.POSITIVE)


def test_what_it_does_not_allow_is_refused_as_described(operations):
    for operation in operations:
        if operation.query:
            ask(operation, GenerationMode.NEGATIVE)
