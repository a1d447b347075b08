"""docs/receiving.md says what the code does."""

import re
import time
from pathlib import Path

from accessform.journeys.deliveries import BACK_OFF, DOCUMENT_RECEIVED, SUBMISSION_RECEIVED
from accessform.journeys.webhooks import IDEMPOTENCY_HEADER, SIGNATURE_HEADER, sign

TEXT = (Path(__file__).resolve().parents[2] / "docs/receiving.md").read_text(encoding="utf-8")


def test_the_verification_that_it_shows_accepts_our_signature_and_no_other():
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    shown: dict = {}
    exec(code, shown)
    header = sign(b'{"id": "1"}', secret="0123456789abcdef", at=int(time.time()))
    assert shown["is_genuine"](header, b'{"id": "1"}', "0123456789abcdef")
    assert not shown["is_genuine"](header, b'{"id": "2"}', "0123456789abcdef")
    assert not shown["is_genuine"](header, b'{"id": "1"}', "another-secret-here")
    old = sign(b"{}", secret="0123456789abcdef", at=int(time.time()) - 400)
    assert not shown["is_genuine"](old, b"{}", "0123456789abcdef")


def test_it_names_the_headers_the_events_and_the_waits():
    for said in (SIGNATURE_HEADER, IDEMPOTENCY_HEADER, SUBMISSION_RECEIVED, DOCUMENT_RECEIVED):
        assert said in TEXT
    assert [wait.total_seconds() / 60 for wait in BACK_OFF] == [1, 5, 30, 120, 360, 1440, 1440, 1440]
