"""The backup that docs/operations.md tells works on a database that is being written."""

import re
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

from accessform.operations.launch import ROOT


def test_the_documented_copy_of_sqlite_holds_what_is_committed_and_not_yet_checkpointed(tmp_path: Path) -> None:
    found = re.search(r"^ +(python3 -c .*var/db\.sqlite3.*)$", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)
    assert found
    (tmp_path / "var").mkdir()
    (tmp_path / "backup").mkdir()
    writing = sqlite3.connect(tmp_path / "var/db.sqlite3", isolation_level=None)
    writing.execute("PRAGMA journal_mode=WAL")
    writing.execute("CREATE TABLE kept (id INTEGER)")
    writing.execute("INSERT INTO kept VALUES (1)")
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("INSERT INTO kept VALUES (2)")
    subprocess.run([sys.executable, *shlex.split(found[1])[1:]], cwd=tmp_path, check=True)
    writing.close()
    copied = sqlite3.connect(tmp_path / "backup/db.sqlite3")
    assert copied.execute("SELECT id FROM kept").fetchall() == [(1,)]
    copied.close()
