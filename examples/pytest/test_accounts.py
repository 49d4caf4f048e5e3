from fake_nextcloud import Client


def test_reads_an_account(world):
    status, data = Client(world.url, "alice", "alice").get("/cloud/users/alice")
    assert status == 200
    assert data["displayname"] == "Alice Adams"
    assert [request["operation"] for request in world.requests()] == ["provisioning_api-users-get-user"]


def test_is_refused_once_the_account_is_disabled(world):
    assert world.occ("user:disable", "alice")["exitCode"] == 0
    status, _ = Client(world.url, "alice", "alice").get("/cloud/users/alice")
    assert status == 401


def test_has_a_world_of_its_own(world):
    status, data = Client(world.url, "alice", "alice").get("/cloud/user")
    assert (status, data["enabled"]) == (200, True)


def test_sees_the_server_in_maintenance(world):
    world.call("PUT", "/faults", {"maintenance": True})
    status, _ = Client(world.url, "alice", "alice").get("/cloud/user")
    assert status == 503
