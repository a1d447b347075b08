"""The public register says what the program does: the same file, figure for figure."""

import html
import json
import re
import tomllib

import pytest

from accessform.adaptation import register
from accessform.adaptation.error_rates import RATES_FILE
from accessform.adaptation.policy_file import POLICY_FILE
from accessform.plain_language import interface

pytestmark = pytest.mark.django_db

FILE = tomllib.loads(POLICY_FILE.read_text(encoding="utf-8"))


@pytest.fixture
def page(client) -> str:
    return html.unescape(client.get("/algorithmes").content.decode())


def said(key: str, **values: object) -> str:
    return interface.text(f"adaptation.{key}", interface.ReadingLevel.PLAIN, **values)


def cells(page: str, table: str) -> list[list[str]]:
    body = re.search(rf'<table id="{table}">.*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert body
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body[1], re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def test_every_point_of_every_signal_is_published(page):
    expected = {}
    for name, signal in FILE["signals"].items():
        for code, table in {"": signal["points"], **signal.get("points_by_kind", {})}.items():
            for helped, scale in table.items():
                expected[(name, code, helped)] = ", ".join(map(str, scale))
    found = {}
    for name, code, row in re.findall(r'<tr data-signal="(\w+)" data-code="(\w*)">(.*?)</tr>', page, re.DOTALL):
        for helped, figures in re.findall(r'<li data-help="(\w+)">.*?<span>(.*?)</span>', row):
            found[(name, code, helped)] = figures
    assert found == expected


def test_every_count_at_which_a_signal_repeats_is_published(page):
    repeated = [row[2] for row in cells(page, "signals-table")]
    expected = []
    for signal in FILE["signals"].values():
        text = f"{signal['at']}" + (f"\u00a0; {said('algorithms_alone')}" if signal["outcome"] else "")
        if "within_steps" in signal:
            text += f"\u00a0; {said('algorithms_within', steps=signal['within_steps'])}"
        own = signal.get("counter", {})
        if "times_own" in own:
            text += f"\u00a0; {said('algorithms_own', times=own['times_own'], baseline=own['baseline'])}"
        expected += [text] * (1 + len(signal.get("points_by_kind", {})))
    assert repeated == expected


def test_every_figure_with_which_the_browser_counts_is_published(page):
    rows = {row[0] for row in cells(page, "signals-table")}
    told = {
        name: signal["counter"].get("browser", {}) for name, signal in FILE["signals"].items() if "counter" in signal
    }
    for name, browser in told.items():
        seconds = {
            key: f"{figure / 1000:g}".replace(".", ",") for key, figure in browser.items() if key.endswith("_ms")
        }
        figures = {**browser, **seconds}
        text = said(f"signal_{name}") + (f" ({said(f'counting_{name}', **figures)})" if figures else "")
        assert text in rows
        assert all(str(figure) in text for figure in figures.values())


def test_every_help_is_published_with_what_it_weighs(page):
    expected = [
        [said(f"help_{name}"), str(rule["benefit"]), str(rule["cost"])] for name, rule in FILE["adaptations"].items()
    ]
    rows = cells(page, "helps-table")
    assert [row[:3] for row in rows] == expected
    for row, rule in zip(rows, FILE["adaptations"].values(), strict=True):
        assert float(row[3].replace(",", ".")) == pytest.approx(
            rule["cost"] / (rule["benefit"] + rule["cost"]), abs=1e-4
        )


def test_the_probability_table_is_published(page):
    listed = re.search(r'<ul id="probability-list">(.*?)</ul>', page, re.DOTALL)
    assert listed
    pairs = re.findall(r"<li>(\d+)\s:\s([\d.,]+)</li>", listed[1])
    assert [(int(points), float(p.replace(",", "."))) for points, p in pairs] == [
        (row["points"], row["p"]) for row in FILE["probability"]
    ]


def test_every_hint_is_published(page):
    rows = cells(page, "hints-table")
    assert [row[0] for row in rows] == [said(f"hint_name_{rule['name']}") for rule in FILE["hints"]]
    for row, rule in zip(rows, FILE["hints"], strict=True):
        for name in [*rule.get("apply", []), *rule.get("bars", [])]:
            assert said(f"help_{name}") in row[2]


def test_every_limit_is_published(page):
    limits, hand_off = FILE["limits"], FILE["hand_off"]
    assert said("algorithms_version", version=FILE["version"]) in page
    assert said("algorithms_error_help_text", rejections=FILE["error_help"]["rejections"]) in page
    assert (
        said(
            "algorithms_how_text",
            points=limits["offer_points"],
            families=limits["families"],
            halve=limits["halve_every_steps"],
            withdraw=limits["withdraw_points"],
        )
        in page
    )
    muting = FILE["muting"]
    assert said("algorithms_muting_text", percent=muting["over_percent"], journeys=muting["journeys"]) in page
    limits_said = {"pending": limits["pending_offers"], "journey": limits["offers_in_a_journey"]}
    assert said("algorithms_limits_text", **limits_said) in page
    persons = {"failures": hand_off["failures_each"], "steps": hand_off["failed_steps"]}
    assert said("algorithms_hand_off_text", rejections=hand_off["rejections"], **persons) in page


def test_the_json_holds_the_whole_file(client):
    published = client.get("/algorithmes.json").json()
    assert published["version"] == FILE["version"]
    policy = published["policy"]
    for part in ("limits", "muting", "error_help", "hand_off", "probability", "adaptations"):
        assert policy[part] == FILE[part]
    for name, signal in FILE["signals"].items():
        counter = (
            {"counter": {"times_own": None, "baseline": 0, "browser": {}, **signal["counter"]}}
            if "counter" in signal
            else {}
        )
        shape = {"points_by_kind": {}, "within_steps": None, "counter": None}
        assert policy["signals"][name] == {**shape, **signal, **counter}
    assert policy["looks"] == FILE["looks"]
    assert policy["kinds"] == FILE["kinds"]
    assert policy["hints"] == [{"apply": [], "bars": [], **rule} for rule in FILE["hints"]]
    assert set(published) >= {"purpose", "data", "bounds", "contest", "law"}


def test_the_error_rates_are_published_as_they_were_measured(page):
    measured = json.loads(RATES_FILE.read_text(encoding="utf-8"))
    rows = cells(page, "rates-table")
    assert [row[0] for row in rows] == [said(f"rate_{rate['name']}") for rate in measured["rates"]]
    for row, rate in zip(rows, measured["rates"], strict=True):
        times = 1 if rate["name"] == "false_offers" else 100
        told = [float(number.replace(",", ".")) for number in re.findall(r"\d+(?:,\d+)?", row[1])]
        assert told == pytest.approx([times * rate[bound] for bound in ("value", "low", "high")], abs=0.51)
        assert row[2].endswith(said("algorithms_rate_met" if rate["met"] else "algorithms_rate_not_met"))
    groups = cells(page, "fairness-table")
    assert [row[0] for row in groups] == [said(f"rated_{one['axis']}_{one['group']}") for one in measured["fairness"]]
    assert [row[2] for row in groups] == [said(f"verdict_{one['verdict']}") for one in measured["fairness"]]


@pytest.mark.parametrize("level", list(interface.ReadingLevel))
def test_the_page_says_at_every_level_that_nobody_was_measured(client, level):
    client.post("/affichage", {"action": "save", "reading_level": level, "help_offers": "on", "voice_autoplay": "on"})
    shown = html.unescape(client.get("/algorithmes").content.decode())
    assert interface.text("adaptation.algorithms_rates_text", level, **register.read().measured) in shown
    assert "aucune personne" in shown.lower()


def test_the_json_holds_the_error_rates_and_says_that_nobody_was_measured(client):
    published = client.get("/algorithmes.json").json()
    assert published["error_rates"] == json.loads(RATES_FILE.read_text(encoding="utf-8"))
    assert published["error_rates"]["people_measured"] == 0
    assert published["measured"].startswith("Aucune personne n'a été mesurée.")


@pytest.mark.parametrize("level", ["standard", "plain", "easy"])
def test_the_page_is_whole_at_every_level(client, level):
    client.post("/affichage", {"action": "save", "reading_level": level, "help_offers": "on", "voice_autoplay": "on"})
    assert client.get("/algorithmes").status_code == 200
