"""The same with unittest, for who has no pytest."""

import unittest

import test_accounts
from fake_nextcloud import FakeNextcloud


class Accounts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.nextcloud = FakeNextcloud()
        cls.addClassCleanup(cls.nextcloud.stop)

    def setUp(self):
        self.world = self.nextcloud.world(self.id().split(".")[-1])
        self.world.seed({"users": [{"id": "alice", "displayName": "Alice Adams", "password": "alice"}]})
        self.addCleanup(self.world.end)


def _as_method(test):
    return lambda self: test(self.world)


for _name, _test in vars(test_accounts).items():
    if _name.startswith("test_"):
        setattr(Accounts, _name, _as_method(_test))

if __name__ == "__main__":
    unittest.main()
