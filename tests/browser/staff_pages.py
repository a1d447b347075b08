"""Pages of those who work here: signing in, the desk, places of one's own, the workbench."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser import places_made, staff
from tests.browser.page_types import PageType, open_everything, send

PASSWORD = "une longue phrase de passe"


def _refuse_file(page: Page) -> None:
    page.locator("#source").fill("accessform: 1\nslug: Mauvais nom\ntitle: 12\n")
    page.locator("button[value=check]").click()


def _give_password(page: Page) -> None:
    staff.give_password(page, "accueil", PASSWORD)
    open_everything(page)


def _enrol(page: Page) -> None:
    staff.give_password(page, "nouvelle", PASSWORD)


def _open_file(page: Page) -> None:
    page.get_by_role("button", name="Ouvrir le dossier").click()


def _connect(page: Page) -> None:
    page.get_by_role("button", name="Me connecter", exact=True).click()


def _after_sending(page: Page) -> None:
    _open_file(page)
    page.locator("main a[href$='/suite']").click()


def _fill_together(page: Page) -> None:
    _open_file(page)
    page.locator("#ensemble ~ form .button.primary").click()


STAFF_PAGES: Mapping[str, PageType] = {
    "sign in": PageType("/equipe/connexion", who="stranger"),
    "sign in, a code": PageType("/equipe/connexion", who="stranger", gestures=_give_password, shows="#recovery"),
    "sign in, enrol": PageType("/equipe/connexion", who="stranger", gestures=_enrol, shows="#secret"),
    "recovery codes": PageType("/equipe/codes-de-secours", who="newcomer", shows=".recovery-codes"),
    "account": PageType("/equipe/compte", who="designer"),
    "desk, day": PageType("/guichet/", who="agent", shows=".agenda"),
    "desk, another day": PageType("/guichet/jours/2026-01-05/", who="agent"),
    "desk, appointment": PageType("{desk_visit}", who="agent", gestures=open_everything),
    "desk, no file": PageType("{unshown}", who="agent", gestures=_open_file, shows="[role=alert]"),
    "desk, code": PageType("/guichet/code", who="agent"),
    "desk, file": PageType("{desk_visit}", who="agent", gestures=_open_file, shows="#ensemble"),
    "desk, sent form": PageType("/guichet/envois", who="agent"),
    "desk, after sending": PageType("{visit_sent}", who="agent", gestures=_after_sending, shows="#ask-title"),
    "desk, filling in together": PageType("{desk_visit}", who="agent", gestures=_fill_together, shows=".helping"),
    "desk, propose a time": PageType("/guichet/proposer/", who="agent"),
    "desk, free times": PageType("{times}", who="agent", shows=".slots"),
    "desk, time held": PageType("{proposed}", who="agent", shows="[value=book]"),
    "desk, time held, refused": PageType("{proposed}", who="agent", gestures=send, shows="#problems"),
    "desk, ask to open without consent": PageType("{desk_visit}urgence", who="agent", shows="#reason"),
    "desk, opened without consent": PageType("{urgent}", who="agent", shows="#dossier"),
    "RDV Service Public": PageType("/guichet/rdv-service-public/", who="colleague", shows="#demandes"),
    "RDV Service Public, going there": PageType(
        "/guichet/rdv-service-public/", who="colleague", gestures=_connect, shows="a[rel]"
    ),
    "own places": PageType("/guichet/lieux/", who="administrator"),
    "own place": PageType("{admin}", who="administrator", shows="#aides"),
    "own place, facts": PageType("{admin}fiche", who="administrator"),
    "own place, what helps": PageType("{admin}aides/wheelchair", who="administrator", shows="#state"),
    "own place, add an agent": PageType("{admin}guichets/ajouter", who="administrator"),
    "own place, add an agent, refused": PageType(
        "{admin}guichets/ajouter", who="administrator", gestures=send, shows="#erreurs"
    ),
    "own place, an agent": PageType("{admin_agent}", who="administrator", shows="#account"),
    "own place, motifs": PageType("{admin}motifs", who="administrator"),
    "own place, openings": PageType("{admin}plages/", who="administrator", gestures=open_everything),
    "own place, add openings": PageType("{admin}plages/ajouter", who="administrator", shows="#days"),
    "own place, openings refused": PageType(
        "{admin}plages/ajouter", who="administrator", gestures=send, shows="#erreurs"
    ),
    "own place, openings before saving": PageType(
        "{admin}plages/ajouter", who="administrator", gestures=places_made.ask_for_openings, shows="#recouvre"
    ),
    "own place, an opening": PageType("{admin_opening}", who="administrator", shows="#last"),
    "own place, an opening removed, before saving": PageType(
        "{admin_opening}", who="administrator", gestures=places_made.ask_to_remove, shows="[name=agreed]"
    ),
    "own place, an absence": PageType("{admin}absences/ajouter", who="administrator"),
    "own place, closed days": PageType("{admin}fermetures/ajouter", who="administrator"),
    "own place, whom to tell": PageType("{admin}a-prevenir", who="administrator"),
    "workbench": PageType("/catalogue/", who="designer"),
    "workbench, form": PageType("/catalogue/demonstration/", who="designer", gestures=open_everything),
    "workbench, edit": PageType("/catalogue/nouveau", who="designer"),
    "workbench, refused": PageType("/catalogue/nouveau", who="designer", gestures=_refuse_file, shows=".summary"),
    "workbench, preview": PageType("/catalogue/demonstration/1/apercu", who="designer"),
    "workbench, three levels": PageType("/catalogue/demonstration/1/textes", who="designer"),
    "workbench, compare": PageType("/catalogue/demonstration/1/comparer", who="designer"),
}
