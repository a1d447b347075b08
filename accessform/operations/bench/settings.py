"""The product's settings with the benchmark's own pages beside the product's."""

from accessform.settings import *  # noqa: F403
from accessform.settings import BASE_DIR, INSTALLED_APPS, TEMPLATES

ROOT_URLCONF = "accessform.operations.bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "formtools"]
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], BASE_DIR / "accessform/operations/bench/templates"]}]
