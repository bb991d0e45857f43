from sqlalchemy import text

from app.core.db import db, transaction


def test_a_process_that_answers_is_healthy(anonymous):
    assert anonymous.get("/healthz").json == {"status": "ok"}


def test_ready_at_the_newest_migration_only(app, anonymous):
    assert anonymous.get("/readyz").status_code == 200
    with app.app_context(), transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    answer = anonymous.get("/readyz")
    assert answer.status_code == 503
    assert "flask db upgrade" in answer.json["status"]


def test_not_ready_without_a_database(app, anonymous):
    with app.app_context(), transaction():
        db.session.execute(text("DROP TABLE alembic_version"))
    assert anonymous.get("/readyz").status_code == 503


def test_meters_are_for_whoever_holds_the_token(app, anonymous):
    from_outside = {"REMOTE_ADDR": "203.0.113.9"}
    app.config["METRICS_TOKEN"] = "the-token-of-the-scraper"
    assert anonymous.get("/metrics", environ_base=from_outside).status_code == 404
    wrong = {"Authorization": "Bearer something else"}
    assert anonymous.get("/metrics", environ_base=from_outside, headers=wrong).status_code == 404
    right = {"Authorization": "Bearer the-token-of-the-scraper"}
    answer = anonymous.get("/metrics", environ_base=from_outside, headers=right)
    assert answer.status_code == 200
    assert 'outbox_messages{state="dead"} 0.0' in answer.text
    assert 'http_requests_total{endpoint="health.metrics",method="GET",status="404"} 2.0' in answer.text


def test_an_empty_token_opens_nothing(anonymous):
    empty = {"Authorization": "Bearer "}
    assert anonymous.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}, headers=empty).status_code == 404
