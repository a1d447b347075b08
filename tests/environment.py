"""The environment that tests run in, set before Django reads its settings."""

import os
import tempfile

os.environ.setdefault("ACCESSFORM_VAR", tempfile.mkdtemp(prefix="accessform-tests-"))
os.environ["ACCESSFORM_MODE"] = "demo"
os.environ["ACCESSFORM_SECRET_KEY"] = "tests only: this key protects nothing"
os.environ["ACCESSFORM_DATA_KEYS"] = "dGVzdHMtb25seS1rZXktcHJvdGVjdHMtbm90aGluZyE="
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
