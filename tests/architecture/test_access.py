"""Every address says who may reach it."""

from app.core.web import declared_rule


def test_every_endpoint_declares_who_may_reach_it(app):
    closed = sorted({rule.endpoint for rule in app.url_map.iter_rules() if declared_rule(app, rule.endpoint) is None})
    assert closed == []


def test_the_table_for_libraries_names_only_their_endpoints(app):
    table = app.extensions["library_access"]
    ours = [name for name in table if name in app.view_functions and hasattr(app.view_functions[name], "access")]
    assert ours == []
    assert [name for name in table if name not in app.view_functions] == []
