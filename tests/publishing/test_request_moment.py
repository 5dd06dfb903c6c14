"""Tests of the moment that goes with a request."""

from django.test import RequestFactory

from publishing.request_moment import moment_of


def test_a_request_has_one_moment(set_clock):
    request = RequestFactory().get("/")
    set_clock("2025-05-20T23:59")
    first = moment_of(request)
    set_clock("2025-05-21T00:00")
    assert moment_of(request) == first
