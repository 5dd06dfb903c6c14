"""Tests of the copies on disk: when they serve, when they are written, when they go."""

import os
from hashlib import sha256

import pytest
from django.db import connection

from publishing.page_cache import copies
from publishing.revision import content_revision
from tests.moments import IN_THE_TERM, moment
from tests.publishing.caching import (
    CONTACT,
    NOW,
    another_process,
    change_telephone,
    html,
    no_queries,
)

pytestmark = pytest.mark.django_db


def test_a_new_process_finds_the_copy_on_disk(settings, cache, page_at):
    first = page_at("/contact/")
    new = another_process(settings)
    again = new.last(CONTACT, NOW)  # it has not seen the database
    assert again.bodies == first.bodies
    new.set_revision(content_revision())
    with connection.execute_wrapper(no_queries):
        assert new.render(CONTACT, moment(IN_THE_TERM)).bodies == first.bodies


def test_the_copy_of_another_build_serves_only_for_want_of_a_fresh_page(settings, cache, page_at):
    first = page_at("/contact/")
    new = another_process(settings, build_id="other code")
    new.set_revision(content_revision())
    assert new.fresh(CONTACT, NOW) is None
    assert new.last(CONTACT, NOW).bodies == first.bodies
    rendered = new.render(CONTACT, moment(IN_THE_TERM))
    assert rendered.revision.startswith("other code")


def cut_off(copy: bytes) -> bytes:
    return copy[:-1]


def of_another_release(copy: bytes) -> bytes:
    """Whole, but with a field that this code does not know."""
    rest = copy.partition(b"\n")[2].replace(b'{"status"', b'{"colour": 1, "status"')
    return b"\n".join([sha256(rest).hexdigest().encode(), rest])


def without_a_field(copy: bytes) -> bytes:
    rest = copy.partition(b"\n")[2].replace(b'"lengths"', b'"widths"')
    return b"\n".join([sha256(rest).hexdigest().encode(), rest])


@pytest.mark.parametrize(
    "damage",
    [lambda copy: b"", lambda copy: b"garbage", cut_off, of_another_release, without_a_field],
)
def test_a_damaged_copy_is_none(settings, cache, page_at, damage, caplog):
    page_at("/contact/")
    (path,) = settings.PAGE_CACHE_DIR.glob("*.page")
    path.write_bytes(damage(path.read_bytes()))
    cache.evict_outdated(NOW - 1)
    assert not path.exists()
    path.write_bytes(damage(page_at("/contact/").to_bytes()))
    assert another_process(settings).last(CONTACT, NOW) is None
    assert path.name in caplog.text


def test_of_several_copies_the_newest_serves(settings, cache, page_at):
    page_at("/contact/")
    change_telephone()
    cache.set_revision(content_revision())
    page_at("/contact/")
    for age, page in enumerate(sorted(settings.PAGE_CACHE_DIR.iterdir(), key=os.path.getmtime)):
        os.utime(page, (age, age))
    assert "03-0000-0000" in html(another_process(settings).last(CONTACT, NOW))
    cache.evict_outdated(NOW)
    (only,) = copies(settings.PAGE_CACHE_DIR, CONTACT)
    assert "03-0000-0000" in html(only)


def test_what_was_left_half_written_is_cleared_away(settings, cache, page_at):
    page_at("/contact/")
    half = settings.PAGE_CACHE_DIR / "tmpabc.new"
    half.write_bytes(b"half")
    cache.evict_outdated(half.stat().st_mtime + 30)
    assert half.exists()  # somebody may be writing it
    cache.evict_outdated(half.stat().st_mtime + 61)
    assert not half.exists()


def test_a_disk_that_takes_nothing_costs_the_copy_alone(settings, cache, page_at, caplog):
    settings.PAGE_CACHE_DIR.write_text("a file where the folder should be")
    assert page_at("/contact/").status == 200
    assert cache.fresh(CONTACT, NOW)
    assert "No copy of /contact/ was written" in caplog.text


def test_answers_to_what_visitors_choose_are_not_written_to_the_disk(settings, page_at):
    page_at("/insurance/join/", "on=2025-10-03")
    page_at("/news/999/")
    assert not settings.PAGE_CACHE_DIR.exists()


def test_what_is_very_large_is_on_disk_alone(settings, db):
    cache = another_process(settings, largest_in_memory=1_000)
    cache.set_revision(content_revision())
    cache.render(CONTACT, moment(IN_THE_TERM))
    assert cache.fresh(CONTACT, NOW) is None
    with connection.execute_wrapper(no_queries):
        assert cache.render(CONTACT, moment(IN_THE_TERM)).status == 200
