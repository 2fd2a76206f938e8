"""Long answers travel packed."""

import gzip


def test_a_long_list_is_packed_for_whom_it_helps_and_a_part_keeps_its_etag(client, make_part):
    part = make_part(notes="x" * 3000).id
    plain = client.get("/api/parts/")
    packed = client.get("/api/parts/", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    alone = client.get(f"/api/parts/{part}", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in alone.headers
