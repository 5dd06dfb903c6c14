"""Tests of the moment that goes with a request."""

from django.http import QueryDict
from django.test import RequestFactory

from core.moment import Moment
from publishing.request_moment import RequestAsOf, moment_of
from tests.moments import tokyo


def test_a_request_as_of_a_moment_hands_on_this_very_moment():
    moment = Moment(tokyo("2025-05-20T23:59"))
    assert moment_of(RequestAsOf("/", QueryDict(), moment)) is moment


def test_a_request_of_a_visitor_is_answered_as_of_now(set_clock):
    set_clock("2025-05-21T00:00")
    assert moment_of(RequestFactory().get("/")).at == tokyo("2025-05-21T00:00")
