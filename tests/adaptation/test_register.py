"""The public register says what the program does: the same file, figure for figure."""

import html
import re
import tomllib

import pytest

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
        for code, table in {"": signal["points"], **signal.get("points_by_code", {})}.items():
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
        expected += [text] * (1 + len(signal.get("points_by_code", {})))
    assert repeated == expected


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
    limits_said = {"pending": limits["pending_offers"], "journey": limits["offers_in_a_journey"]}
    assert said("algorithms_limits_text", **limits_said) in page
    persons = {"failures": hand_off["failures_each"], "steps": hand_off["failed_steps"]}
    assert said("algorithms_hand_off_text", rejections=hand_off["rejections"], **persons) in page


def test_the_json_holds_the_whole_file(client):
    published = client.get("/algorithmes.json").json()
    assert published["version"] == FILE["version"]
    policy = published["policy"]
    for part in ("limits", "error_help", "hand_off", "probability", "adaptations"):
        assert policy[part] == FILE[part]
    for name, signal in FILE["signals"].items():
        assert policy["signals"][name] == {"points_by_code": {}, **signal}
    assert policy["hints"] == [{"apply": [], "bars": [], **rule} for rule in FILE["hints"]]
    assert set(published) >= {"purpose", "data", "bounds", "contest", "law"}


@pytest.mark.parametrize("level", ["standard", "plain", "easy"])
def test_the_page_is_whole_at_every_level(client, level):
    client.post("/affichage", {"action": "save", "reading_level": level, "help_offers": "on", "voice_autoplay": "on"})
    assert client.get("/algorithmes").status_code == 200
