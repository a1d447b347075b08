"""The pages of figures: what they count, and that nothing of the held-out half is ever shown."""

from types import SimpleNamespace

import pytest

from accessform.plain_language.drafting import Draft
from accessform.plain_language.evaluation import figures, measures, reading, tuning
from accessform.plain_language.evaluation.corpus import Half, items, official_texts
from accessform.plain_language.evaluation.corruptions import cases, kinds
from accessform.plain_language.evaluation.measures import Tally
from accessform.plain_language.verification import Verdict, Verification
from accessform.plain_language.wording import ReadingLevel

pytestmark = pytest.mark.slow

CACHED = (measures.drafts_of, measures.drafts_of_official_texts, measures.judged, measures.faithful, measures.findings)


@pytest.fixture
def without_tools(monkeypatch: pytest.MonkeyPatch):
    """Give verify, draft, score and lint stand-ins that need no parser: every second text is refused."""

    def verify(standard: str, variant: str) -> Verification:
        return Verification(Verdict.REFUSED if len(variant) % 2 else Verdict.ACCEPTED)

    def draft(text: str, level: ReadingLevel) -> Draft:
        return Draft(text=f"{text} ({level.value})", verdict=Verdict.ACCEPTED, edits=(), left=())

    monkeypatch.setattr(measures, "verify", verify)
    monkeypatch.setattr(measures, "draft", draft)
    monkeypatch.setattr(measures, "score", lambda text: SimpleNamespace(level=len(text) / 100, flesch=50.0))
    monkeypatch.setattr(measures, "lint", lambda text, *, role, level: [])
    for cached in CACHED:
        cached.cache_clear()
    yield
    for cached in CACHED:
        cached.cache_clear()


@pytest.mark.usefixtures("without_tools")
def test_nothing_of_the_held_out_half_is_printed_but_sums():
    printed = figures.page() + tuning.misses() + tuning.tuning_drafts()
    for item in items(Half.HELD_OUT):
        assert f"{item.id} " not in printed
        assert item.standard not in printed
        assert item.plain not in printed or any(item.plain == other.plain for other in items(Half.TUNING))


@pytest.mark.usefixtures("without_tools")
def test_the_table_of_verify_has_every_kind_and_every_case():
    for half in Half:
        table = measures.by_kind(half)
        assert list(table) == kinds()
        assert sum(tally.total for tally in table.values()) == len(cases(half))


def test_what_verify_cannot_tell_is_not_counted_as_caught():
    tally = Tally.of([Verdict.REFUSED, Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE, Verdict.ACCEPTED])
    assert (tally.total, tally.refused_share) == (4, 0.25)


def test_nothing_judged_has_no_share():
    assert Tally.of([]).refused_share is None


@pytest.mark.usefixtures("without_tools")
def test_the_drafts_shown_are_the_same_each_time_and_accepted():
    shown = reading.shown()
    assert len(shown) == reading.SHOWN
    assert shown == reading.shown()
    assert all(one.verdict is Verdict.ACCEPTED for one in shown)


@pytest.mark.usefixtures("without_tools")
def test_a_reading_holds_for_the_very_text_that_was_read(monkeypatch: pytest.MonkeyPatch):
    one = reading.shown()[0]
    kept = reading.DraftRead(
        id=one.item.id, level=one.level, text="0" * 12, meaning=reading.Meaning.KEPT, french=reading.French.GOOD
    )
    monkeypatch.setattr(reading, "readings", lambda: {(kept.id, kept.level): kept})
    assert reading.reading_of(one) is None
    assert "the draft has changed since it was read" in reading.page()


def test_the_readings_kept_are_of_items_that_exist():
    known = {item.id for half in Half for item in items(half)} | {text.id for text in official_texts()}
    assert {item_id for item_id, _ in reading.readings()} <= known
