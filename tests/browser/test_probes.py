"""The probes see what they are there to see: each is shown a page with the defect, and one without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import focus, probes

pytestmark = [pytest.mark.browser]

HEAD = "<!doctype html><html lang=fr><meta name=viewport content='width=device-width'><title>Essai</title>"
BIG = "style='display:inline-block;min-width:44px;min-height:44px'"


def named(html: str) -> str:
    return f"{HEAD}<style>*{{box-sizing:border-box}}</style><body><main><h1>Essai</h1>{html}</main>"


@pytest.mark.parametrize(
    ("probe", "wrong", "right"),
    [
        (lambda page: probes.axe(page).violations, "<img src='data:,'>", "<img src='data:,' alt='Plan'>"),
        (probes.small_targets, "<button>Oui</button>", f"<button {BIG}>Oui</button>"),
        (probes.small_targets, "<p><a href='#'>Retour</a></p>", "<p>Allez <a href='#'>au plan</a> du site</p>"),
        (probes.overflow, "<p style='width:2000px'>Large</p>", "<p style='max-width:100%'>Large</p>"),
        (
            probes.clipped_under_text_spacing,
            "<p style='height:20px;width:200px;overflow:hidden'>Un texte assez long pour déborder de sa boîte</p>",
            "<p style='width:200px;overflow:hidden'>Un texte assez long pour déborder de sa boîte</p>",
        ),
        (probes.misnamed, "<button aria-label='Envoyer'>Valider</button>", "<button>Valider</button>"),
        (probes.misnamed, "<input>", "<label>Nom <input></label>"),
        (
            probes.misnamed,
            "<button><span class=visually-hidden>Aide : </span>Ouvrir</button>",
            "<button>Ouvrir<span class=visually-hidden> l'aide</span></button>",
        ),
        (probes.moving, "<p style='transition:color 1s'>Doucement</p>", "<p>Doucement</p>"),
    ],
)
def test_it_sees_the_defect_and_only_that(
    page: Page, probe: Callable[[Page], list[str]], wrong: str, right: str
) -> None:
    page.set_content(named(wrong))
    assert len(probe(page)) >= 1
    page.set_content(named(right))
    assert probe(page) == []


def test_it_sees_a_focus_that_does_not_show(page: Page) -> None:
    page.set_content(named(f"<button {BIG}>Un</button><button style='outline:none'>Deux</button>"))
    assert [(stop.what, stop.visible) for stop in focus.tab_stops(page)] == [
        ("BUTTON Un", True),
        ("BUTTON Deux", False),
    ]


def test_it_sees_a_focus_that_something_covers(page: Page) -> None:
    cover = "<div style='position:fixed;inset:0 0 auto 0;height:300px;background:#fff'></div>"
    page.set_content(named(f"<button>Dessous</button>{cover}"))
    assert [stop.obscured for stop in focus.tab_stops(page)] == [True]


def test_it_sees_a_trap(page: Page) -> None:
    page.set_content(named("<button>Un</button><button>Deux</button>"))
    page.evaluate(
        "([one, two]) => two.addEventListener('focus', () => one.focus())", page.locator("button").element_handles()
    )
    with pytest.raises(AssertionError, match="never left"):
        focus.tab_stops(page, most=6)


def test_it_sees_a_control_that_is_not_seen(page: Page) -> None:
    page.set_content(named("<input aria-label=Nom style='border:1px solid #ddd;background:#fff'>"))
    assert len(focus.invisible_controls(page)) == 1
    page.set_content(named("<input aria-label=Nom style='border:2px solid #555;background:#fff'>"))
    assert focus.invisible_controls(page) == []
