"""Documents in parts through nginx, which cuts them out of the whole that it caches."""

import pytest

from tests.deploy.installation import ask
from tests.deploy.processes import wait_for

PATH = "/documents/large.pdf"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8 * 1024  # 2 MB: more than is cached in memory
SIZE = len(PDF)


@pytest.fixture
def document(stack):
    """Make a document public, and wait until both instances have it."""
    for instance in stack.instances:
        file = instance.folder / "var" / "media" / "documents" / "large.pdf"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(PDF)
    stack.database.execute(
        'INSERT INTO products_document (code, title, kind, file, url, "order", public_from)'
        " VALUES ('large', 'パンフレット', 'pamphlet', 'documents/large.pdf', '', 1, '2025-01-01')"
    )
    for instance in stack.instances:
        wait_for(lambda i=instance: ask(i.port, PATH)[0].status == 200)
    stack.nginx.forget()
    yield
    stack.database.execute("DELETE FROM products_document WHERE code = 'large'")


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        (f"bytes={SIZE - 5}-", SIZE - 5, SIZE - 1),
        ("bytes=-7", SIZE - 7, SIZE - 1),
    ],
)
def test_a_part_is_sent_from_the_site_and_from_the_cache(nginx, asked, first, last):
    for _ in range(2):
        response, body = nginx.get(PATH, Range=asked)
        assert (response.status, body) == (206, PDF[first : last + 1])
        assert response.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
        nginx.wait_until_cached(PATH)
    response, body = nginx.get(PATH)
    assert (response.status, body) == (200, PDF)


@pytest.mark.usefixtures("document")
def test_beyond_the_end_there_is_nothing_and_several_parts_are_the_whole(nginx):
    for _ in range(2):
        response, _ = nginx.get(PATH, Range=f"bytes={SIZE}-")
        assert (response.status, response.headers["Content-Range"]) == (416, f"bytes */{SIZE}")
        response, body = nginx.get(PATH, Range="bytes=0-9,20-29")
        assert (response.status, body) == (200, PDF)
        nginx.wait_until_cached(PATH)


@pytest.mark.usefixtures("document")
def test_a_part_of_what_has_changed_is_the_whole(nginx):
    etag = nginx.get(PATH)[0].headers["ETag"]
    assert nginx.get(PATH, Range="bytes=0-9", If_Range=etag)[0].status == 206
    assert nginx.get(PATH, Range="bytes=0-9", If_Range='"another"')[1] == PDF


@pytest.mark.usefixtures("document")
def test_head_tells_the_size_and_that_parts_are_sent(nginx):
    for _ in range(2):
        response, body = nginx.get(PATH, method="HEAD")
        assert (response.status, body) == (200, b"")
        assert response.headers["Content-Length"] == str(SIZE)
        assert response.headers["Accept-Ranges"] == "bytes"
        nginx.wait_until_cached(PATH)


def test_a_page_has_no_parts(nginx):
    whole = nginx.get("/company/")[1]
    for _ in range(2):
        response, body = nginx.get("/company/", Range="bytes=0-9")
        assert (response.status, body) == (200, whole)
        assert response.headers["Accept-Ranges"] is None
        nginx.wait_until_cached("/company/")
