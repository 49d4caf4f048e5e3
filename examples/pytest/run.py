"""Runs the tests with pytest, or with unittest where there is none."""

import importlib.util
import subprocess
import sys

if importlib.util.find_spec("pytest"):
    command = ["-m", "pytest", "test_accounts.py"]
else:
    print("There is no pytest: the same tests run with unittest.")
    command = ["-m", "unittest", "-v", "test_accounts_unittest"]
sys.exit(subprocess.run([sys.executable, *command]).returncode)
