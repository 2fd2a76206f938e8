"""Lists: filters, orders, and cursors that walk every row exactly once; and that indexes serve them."""

import base64
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
from sqlalchemy import event

from models import Part, Project, db
from utils.parts.listing import SORTABLE, ListQuery, find
from utils.search import cursors

BEGAN = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def shelf(app):
    """23 parts whose sorted members repeat and are missing here and there."""
    project = Project(name="Robot", prefix="26")
    db.session.add(project)
    for n in range(23):
        db.session.add(
            Part(
                name=f"Part {n % 5}",
                part_id=f"26-P-{n % 4:04d}" if n % 3 else None,
                category=("review", "cnc", "hand", "completed")[n % 4],
                status=("Pending", "Approved", "Already Started", "Completed")[n % 4],
                type=(None, "cnc", "hand", "cnc")[n % 4],
                subsystem=(None, "Arm", "Drive")[n % 3],
                assigned="Ana" if n % 6 == 5 else None,
                material=("Aluminium", None)[n % 2],
                priority=("high", "normal", "low")[n % 3],
                due_date=date(2026, 3, 1 + n % 4) if n % 2 else None,
                amount=1 + n % 3,
                completed_amount=1 + n % 3 if n % 4 == 3 else 0,
                completed_at=BEGAN + timedelta(days=n % 5) if n % 4 == 3 else None,
                claimed_date=BEGAN + timedelta(hours=n % 2) if n % 6 == 5 else None,
                created_at=BEGAN + timedelta(minutes=n % 7),
                updated_at=BEGAN + timedelta(minutes=n % 7, milliseconds=n % 2),
                project=project if n % 2 else None,
            )
        )
    db.session.commit()


def pages(client, path, name, **query):
    """The rows of each page, until there is no next."""
    while True:
        answer = client.get(f"{path}?{urlencode(query)}")
        assert answer.status_code == 200, answer.text
        yield answer.get_json()[name]
        query["cursor"] = answer.get_json()["nextCursor"]
        if query["cursor"] is None:
            return


def rank(value):
    """Nulls stand first going up."""
    return (value is not None, value if value is not None else 0)


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("sort_by", SORTABLE)
def test_a_cursor_walks_every_row_exactly_once_in_every_order(client, shelf, sort_by, order):
    walked = list(pages(client, "/api/parts", "parts", sort_by=sort_by, sort_order=order, limit=4))
    assert [len(page) for page in walked] == [4, 4, 4, 4, 4, 3]
    rows = [part for page in walked for part in page]
    assert len({part["id"] for part in rows}) == 23
    expected = sorted(rows, key=lambda p: (rank(p[sort_by]), p["id"]), reverse=order == "desc")
    assert [part["id"] for part in rows] == [part["id"] for part in expected]
    query = urlencode({"sort_by": sort_by, "sort_order": order, "offset": 9, "limit": 5})
    assert client.get(f"/api/parts?{query}").get_json()["parts"] == rows[9:14]


def test_a_cursor_goes_on_where_it_was_though_rows_come_and_go(client, shelf):
    first = client.get("/api/parts?sort_by=id&sort_order=asc&limit=5").get_json()
    client.delete(f"/api/parts/{first['parts'][-1]['id']}")
    client.post("/api/parts/", {"name": "New"})
    rest = [p["id"] for page in pages(client, "/api/parts", "parts", sort_by="id", sort_order="asc",
                                      limit=5, cursor=first["nextCursor"]) for p in page]  # fmt: skip
    assert rest == list(range(6, 25))


def test_a_list_says_how_many_there_are_and_what_was_asked(client, shelf):
    body = client.get("/api/parts?limit=2&offset=3&category=cnc").get_json()
    assert {name: value for name, value in body.items() if name != "parts"} == {
        "total": 6, "totalIsEstimate": False, "limit": 2, "offset": 3, "nextCursor": body["nextCursor"],
    }  # fmt: skip
    assert body["nextCursor"]
    assert client.get("/api/parts?offset=100").get_json()["parts"] == []
    body = client.get("/api/parts").get_json()
    assert (body["limit"], body["offset"], body["nextCursor"], body["total"]) == (50, 0, None, 23)


def test_the_newest_stand_first_by_default(client):
    ids = [client.post("/api/parts/", {"name": n}).get_json()["id"] for n in "abc"]
    assert [p["id"] for p in client.get("/api/parts").get_json()["parts"]] == ids[::-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("category", "cnc"), ("type", "hand"), ("status", "Already Started"), ("subsystem", "Arm"), ("assigned", "Ana"),
     ("project", "Robot"), ("material", "Aluminium"), ("priority", "low")],
)  # fmt: skip
def test_a_filter_keeps_those_and_only_those(client, shelf, name, value):
    everything = client.get("/api/parts").get_json()["parts"]
    found = client.get(f"/api/parts?{urlencode({name: value})}").get_json()
    assert found["parts"] == [part for part in everything if part[name] == value]
    assert 0 < found["total"] == len(found["parts"]) < 23


def test_filters_search_and_category_work_together(client, shelf):
    both = client.get("/api/parts?category=cnc&subsystem=Arm&search=part").get_json()
    assert {(p["category"], p["subsystem"]) for p in both["parts"]} == {("cnc", "Arm")}
    same = client.get("/api/parts/categories/cnc?subsystem=Arm").get_json()
    assert [p["id"] for p in same["parts"]] == [p["id"] for p in both["parts"]]
    assert client.get("/api/parts?subsystem=Nowhere").get_json()["total"] == 0
    # The address names the category; a query cannot widen it.
    assert client.get("/api/parts/categories/cnc?category=hand").get_json()["total"] == 6


def test_a_hidden_part_is_in_no_list_count_or_facet(client, shelf):
    for part in client.get("/api/parts?subsystem=Arm").get_json()["parts"]:
        client.delete(f"/api/parts/{part['id']}")
    assert client.get("/api/parts?subsystem=Arm").get_json()["total"] == 0
    assert "Arm" not in {f["value"] for f in client.get("/api/parts/facets").get_json()["subsystem"]}


def test_facets_count_each_value_that_a_filter_takes(client, shelf):
    facets = client.get("/api/parts/facets").get_json()
    assert facets["subsystem"] == [{"value": "Arm", "count": 8}, {"value": "Drive", "count": 7}]
    assert facets["project"] == [{"value": "Robot", "count": 11}]
    for name, values in facets.items():
        for each in values:
            query = urlencode({name: each["value"], "limit": 1})
            assert client.get(f"/api/parts?{query}").get_json()["total"] == each["count"]


@pytest.mark.parametrize(
    "place",
    [["name desc", {"a": 1}, 5], ["name desc", [1], 5], ["name desc", True, 5], ["name desc", "x", 2**63],
     ["name desc", "x", "5"], ["name desc", "x", None], ["name asc", "x", 5], ["name desc", "x"], 5, None],
)  # fmt: skip
def test_a_forged_cursor_is_422(client, refused, place):
    cursor = base64.urlsafe_b64encode(orjson.dumps(place)).decode()
    refused(client.get(f"/api/parts?sort_by=name&cursor={cursor}"), 422)


@pytest.mark.parametrize("value", ["2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "soon", 5])
def test_a_forged_time_in_a_cursor_is_422(client, refused, value):
    refused(client.get(f"/api/parts?cursor={cursors.encode('createdAt desc', value, 5)}"), 422)


# Every other list walks the same way.


def test_the_other_lists_walk_by_cursor_too(client, make_part):
    part = make_part().id
    for n in range(7):
        client.post(f"/api/parts/{part}/comments", {"text": f"c{n}"})
        client.post("/api/projects", {"name": f"P{n}", "prefix": ""})
    for path, name, key in (
        (f"/api/parts/{part}/comments", "comments", "id"),
        (f"/api/parts/{part}/activity", "activity", "id"),
        ("/api/activity", "activity", "id"),
        ("/api/projects", "projects", "name"),
    ):
        everything = client.get(path).get_json()
        walked = [row for page in pages(client, path, name, limit=3) for row in page]
        assert walked == everything[name]
        assert len({row[key] for row in walked}) == everything["total"] >= 7
        assert client.get(f"{path}?limit=2&offset=2").get_json()[name] == walked[2:4]


# Indexes: no list reads the whole table, and a deep page costs what the first one does.


@pytest.fixture
def plans(app):
    """The plans of all statements that run, as SQLite explains them."""
    seen: list[str] = []

    def explain(connection, cursor, statement, parameters, context, many):
        if statement.startswith("SELECT"):
            rows = connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            seen.extend(row[3] for row in rows)

    event.listen(db.engine, "before_cursor_execute", explain)
    yield seen
    event.remove(db.engine, "before_cursor_execute", explain)


QUERIES = [
    *({"sort_by": name, "descending": down} for name in SORTABLE for down in (True, False)),
    *({"filters": {name: "x"}} for name in ("category", "type", "status", "subsystem", "assigned", "material",
                                            "priority", "project")),
    {"search": "gusset"}, {"search": "gu"}, {"search": "gusset plate 6"},
    {"search": "gus", "filters": {"category": "cnc"}, "sort_by": "name"},
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_no_list_reads_the_whole_table(plans, query):
    find(ListQuery(**query))
    assert plans
    bare = [plan for plan in plans if plan.startswith("SCAN part") and "VIRTUAL TABLE" not in plan]
    assert bare == []
    if "search" not in query and "filters" not in query:
        assert not any("TEMP B-TREE" in plan for plan in plans)


@pytest.fixture
def steps(app):
    """`steps(work)`: how many hundreds of SQLite's own steps `work` takes, the same on every machine."""

    def count(work):
        db.session.remove()
        taken = [0]

        def one_more():
            taken[0] += 1

        raw: Any = db.session.connection().connection.dbapi_connection
        raw.set_progress_handler(one_more, 100)
        work()
        raw.set_progress_handler(None, 100)
        return taken[0]

    return count


@pytest.mark.parametrize("down", [True, False])
@pytest.mark.parametrize("sort_by", ["createdAt", "status", "dueDate", "name"])
def test_a_deep_page_costs_what_the_first_one_does(steps, sort_by, down):
    db.session.execute(
        db.insert(Part),
        [
            {"name": f"Part {n:05}", "status": "Pending", "due_date": date(2026, 1, 1) if n % 2 else None,
             "created_at": BEGAN + timedelta(seconds=n)}
            for n in range(6000)
        ],
    )  # fmt: skip
    db.session.commit()
    column, direction = SORTABLE[sort_by], "desc" if down else "asc"
    ordered = db.select(Part).order_by(*((column.desc(), Part.id.desc()) if down else (column, Part.id)))
    deep = db.session.scalars(ordered.offset(5000).limit(1)).one()
    cursor = cursors.encode(f"{sort_by} {direction}", getattr(deep, column.key), deep.id)
    shallow = ListQuery(sort_by=sort_by, descending=down, limit=20)
    first = steps(lambda: find(shallow))
    later = steps(lambda: find(ListQuery(sort_by=sort_by, descending=down, limit=20, cursor=cursor)))
    assert later <= first * 1.2 + 20
