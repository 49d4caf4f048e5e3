"""Fixtures for pytest: one server for all tests, and a world for each."""

import pytest

from fake_nextcloud import FakeNextcloud


@pytest.fixture(scope="session")
def nextcloud():
    fake = FakeNextcloud()
    yield fake
    fake.stop()


@pytest.fixture
def world(nextcloud, request):
    world = nextcloud.world(request.node.name)
    world.seed({"users": [{"id": "alice", "displayName": "Alice Adams", "password": "alice"}]})
    yield world
    world.end()
