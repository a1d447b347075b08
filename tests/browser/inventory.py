"""Every type of page that the product can show, and the state that shows it.

The state is made once, through the pages, by one citizen and one designer; each page type is then an address of
theirs, with a few gestures for pages that only answer a form. How pages are presented is chosen afresh before a visit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import desk_made, journeys_made, places_made, sharing_made, staff
from tests.browser.agendas_made import make_agenda
from tests.browser.presentations import Look, choose
from tests.browser.site import Site

Gestures = Callable[[Page], None]


@dataclass(frozen=True)
class PageType:
    """One type of page: whose it is, where it is, what is pressed there, and an element that only this page has.

    "single" is a citizen who chose one question at a time.
    """

    address: str
    who: str = "citizen"
    gestures: Gestures | None = None
    shows: str = "h1"


def send(page: Page) -> None:
    """Send the page's main form as it stands, past the browser's own checks."""
    page.evaluate("document.querySelectorAll('form').forEach(form => { form.noValidate = true })")
    page.locator("main .button.primary, main form .button").first.click()


def _refuse_contact(page: Page) -> None:
    page.locator("#phone").fill("12")
    send(page)


def _refuse_address(page: Page) -> None:
    page.locator("#email").fill("camille")
    send(page)


def _refuse_code(page: Page) -> None:
    page.locator("#code").fill("12")
    send(page)


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")


def _answer_in_another_tab(page: Page) -> None:
    page.evaluate("document.querySelector('#step-form [name=revision]').value = '0'")
    page.locator("#step-form [name=courriel]").fill("dominique@example.fr")
    journeys_made.press(page, "next")


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


def _after_sending(page: Page) -> None:
    _open_file(page)
    page.locator("main a[href$='/suite']").click()


def _fill_together(page: Page) -> None:
    _open_file(page)
    page.locator("#ensemble ~ form .button.primary").click()


PASSWORD = "une longue phrase de passe"

PAGES: Mapping[str, PageType] = {
    "home": PageType("/"),
    "home, nothing found": PageType("/?q=xylophone"),
    "introduction": PageType("/demarches/demande-apa/", gestures=open_everything),
    "for whom": PageType("{draft}/pour-qui/"),
    "for another person": PageType("{other}/pour-qui/"),
    "choices": PageType("{draft}/bienvenue/"),
    "contacts": PageType("{draft}/coordonnees/"),
    "numbers": PageType("{draft}/nombres-et-dates/"),
    "official numbers, help open": PageType("{draft}/numeros/?aide=numero_securite_sociale", gestures=open_everything),
    "group and documents": PageType("{draft}/entourage-et-documents/"),
    "end, official text shown": PageType("{draft}/fin/?officiel=tout"),
    "numbers refused": PageType("{refused}/nombres-et-dates/?erreurs=1", shows="#problems"),
    "contacts refused": PageType("{refused}/coordonnees/?erreurs=1", shows="#problems"),
    "error said plainly, with an offer": PageType("{offered}/nombres-et-dates/?erreurs=1", shows="#offer"),
    "a person offered": PageType("{handed}/nombres-et-dates/?erreurs=1", shows="#une-personne"),
    "a change and its notice": PageType("{helped}/nombres-et-dates/", shows="#help-place .notice"),
    "it is hard": PageType("{hard}/nombres-et-dates/", shows="#hard"),
    "one question at a time": PageType("{single}/coordonnees/?q=adresse", who="single"),
    "changed in another tab": PageType("{draft}/coordonnees/", gestures=_answer_in_another_tab, shows="#stale"),
    "check": PageType("{complete}/verifier", shows=".answer"),
    "check, something missing": PageType("{draft}/verifier", gestures=send, shows="#problems"),
    "receipt": PageType("{sent}/recu", gestures=open_everything),
    "documents to send": PageType("{sent}/pieces"),
    "documents to send, refused": PageType("{sent}/pieces", gestures=send, shows="#error-summary"),
    "receipt, something asked": PageType("{asked}/recu", shows="[id^=demande-]"),
    "correct": PageType("{asked}/corriger", shows="#answers"),
    "correct, nothing ticked": PageType("{sent}/corriger", gestures=send, shows="#problems"),
    "correct, one answer": PageType("{asked}/corriger/reponse/prenom", shows="#step-form"),
    "correct, check": PageType("{asked}/corriger/verifier", shows="#changes"),
    "receipt, corrected": PageType("{corrected}/recu", gestures=open_everything, shows="#corrections"),
    "sheet": PageType("{draft}/imprimer"),
    "why": PageType("{helped}/pourquoi", gestures=open_everything),
    "why, nothing yet": PageType("{draft}/pourquoi"),
    "a person": PageType("{draft}/personne", gestures=open_everything),
    "call back": PageType("{draft}/personne/rappel"),
    "call back, refused": PageType("{draft}/personne/rappel", gestures=_refuse_contact, shows="#erreurs"),
    "places": PageType("/lieux/"),
    "sources of places": PageType("/lieux/sources/"),
    "place": PageType("{place}"),
    "slots": PageType("{slots}"),
    "contact": PageType("{slot}", shows="#creneau"),
    "contact, refused": PageType("{slot}", gestures=_refuse_contact, shows="#erreurs"),
    "slot, gone": PageType("{gone}", shows="#proches"),
    "appointment": PageType("{appointment}"),
    "appointment, move": PageType("{appointment}deplacer"),
    "appointment, cancel": PageType("{appointment}annuler"),
    "appointment, cancelled": PageType("{cancelled}"),
    "appointment, reminders": PageType("{appointment}rappels"),
    "appointment, reminders refused": PageType("{appointment}rappels", gestures=_refuse_address, shows="#erreurs"),
    "draft, reminders": PageType("{kept}/rappels"),
    "draft, reminders agreed": PageType("{reminded}/rappels", shows=".card.done"),
    "messages": PageType("{messages}"),
    "messages, stopped": PageType("{stopped}", shows="#messages.done"),
    "messages, link unknown": PageType("/m/inconnu"),
    "show a file": PageType("{shown}/partage/?changer=1", shows="#choix"),
    "show a file, shown": PageType("{shown}/partage/", shows=".card.done"),
    "show a file, where": PageType("{draft}/partage/preparer?par=code", shows="[name=lieu]"),
    "show a file, where, refused": PageType("{draft}/partage/preparer?par=code", gestures=send, shows="#erreurs"),
    "show a file, choose": PageType("{shown}/partage/choisir", shows="[name=q]"),
    "show a file, choose, refused": PageType("{shown}/partage/choisir", gestures=send, shows="#erreurs"),
    "show a file, preview": PageType("{shown}/partage/apercu?quoi=tout", shows="#accord"),
    "show a file, code": PageType(
        "{draft}/partage/apercu?par=code&lieu={desk_place}&quoi=tout", gestures=send, shows="#code-aloud"
    ),
    "who saw a file": PageType("{shown}/partage/qui", gestures=open_everything, shows=".card"),
    "who saw a file, a copy": PageType("{copy}", shows="#dossier"),
    "appointment, kept": PageType("{held}"),
    "appointment, earlier offered": PageType("{waiting}", shows="#plus-tot-propose"),
    "wait for earlier": PageType("{waiting}plus-tot", shows="fieldset"),
    "earlier offered": PageType("{earlier}", shows="#plus-tot"),
    "earlier, unknown": PageType("/plus-tot/inconnu/"),
    "contact for a visit": PageType("{visit}", shows="#address"),
    "contact for a visit, refused": PageType("{visit}", gestures=_refuse_contact, shows="#erreurs"),
    "find an appointment": PageType("/rendez-vous/"),
    "find an appointment, refused": PageType("/rendez-vous/", gestures=_refuse_code, shows=".summary"),
    "settings": PageType("/affichage"),
    "resume": PageType("/reprendre"),
    "resume, refused": PageType("/reprendre", gestures=_refuse_code, shows="#error-summary"),
    "resume, link unknown": PageType("/reprendre/lien-inconnu"),
    "keep": PageType("{draft}/reprendre", gestures=open_everything),
    "keep, the code": PageType("{kept}/reprendre", shows="#resume-code"),
    "leave": PageType("{draft}/quitter"),
    "leave, with a way back": PageType("{kept}/quitter"),
    "farewell": PageType("/au-revoir/efface"),
    "privacy": PageType("/confidentialite"),
    "accessibility": PageType("/accessibilite"),
    "algorithms": PageType("/algorithmes"),
    "site map": PageType("/plan-du-site"),
    "not found": PageType("/rien-ici"),
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


PEOPLE = ("citizen", "single", "designer", "newcomer", "agent", "administrator", "stranger")


class Inventory:
    """The installation with its state made: brings a browser page to any page type, presented as wanted."""

    def __init__(self, site: Site, open_context: Callable[..., BrowserContext]) -> None:
        self.site = site
        self.people = {who: open_context() for who in PEOPLE}
        self.pages = {who: context.new_page() for who, context in self.people.items()}
        self.addresses: dict[str, str] = {}
        self._looks: dict[str, Look] = {}
        for who, make in MAKERS.items():
            self._make(who, make, open_context(java_script_enabled=False))

    def _make(self, who: str, make: Callable[[Site, Page], dict[str, str]], maker: BrowserContext) -> None:
        """Make somebody's state in a browser without JavaScript, where every gesture is a page, then hand it over."""
        self.addresses |= make(self.site, maker.new_page())
        self.people[who].add_cookies(maker.cookies())
        maker.close()

    def present(self, who: str, look: Look) -> None:
        """Have a person choose how pages look, unless they look so already."""
        if self._looks.get(who) != look:
            choose(self.people[who], self.site.address, look, one_question=who == "single")
            self._looks[who] = look

    def visit(self, name: str, look: Look | None = None, page: Page | None = None) -> Page:
        """Bring the right person's page (or another `page` of theirs) to a page type."""
        kind = PAGES[name]
        self.present(kind.who, look or Look())
        page = page or self.pages[kind.who]
        page.goto(kind.address.format(**self.addresses))
        if kind.gestures:
            kind.gestures(page)
        expect(page.locator(kind.shows).first).to_be_visible()
        return page


def make_state(site: Site, page: Page) -> dict[str, str]:
    """Make every journey and appointment that the page types need; return their addresses."""
    # the level is chosen, so that one question at a time is what is offered
    choose(page.context, site.address, Look(reading_level="standard"))
    made = {"sent": journeys_made.fill(page)}
    journeys_made.send_answers(page)
    made["asked"] = journeys_made.fill(page)
    journeys_made.send_answers(page)
    journeys_made.ask_to_correct(site, page, made["asked"])
    journeys_made.correct(page, made["asked"])
    made["corrected"] = journeys_made.fill(page)
    journeys_made.send_answers(page)
    journeys_made.correct(page, made["corrected"])
    journeys_made.send_correction(page)
    made["complete"] = journeys_made.fill(page)
    made["draft"] = journeys_made.fill(page, until="entourage-et-documents")
    journeys_made.press(page, "add:proches")
    made["other"] = journeys_made.start(page, who="other")
    made["kept"] = journeys_made.start(page)
    journeys_made.keep(page, made["kept"])
    made["reminded"] = journeys_made.start(page)
    journeys_made.remind(page, made["reminded"])
    made["messages"], made["stopped"] = site.manage("shell", "-v", "0", "-c", QUEUE_MESSAGES).split()
    made["refused"] = journeys_made.fill(page, until="nombres-et-dates")
    journeys_made.refuse(page)
    page.goto(f"{made['refused']}/coordonnees/")
    page.locator("[name=courriel]").fill("camille")
    page.locator("[name=code_postal]").fill("")
    page.locator("[name=departement]").select_option("")
    journeys_made.press(page, "next")
    for name, times in (("offered", 2), ("handed", 3), ("helped", 2), ("hard", 0)):
        made[name] = journeys_made.fill(page, until="nombres-et-dates")
        journeys_made.refuse(page, times)
    journeys_made.press(page, "hard")
    page.goto(f"{made['helped']}/nombres-et-dates/?erreurs=1")
    page.locator("#offer .button.primary").click()
    made |= make_appointments(page)
    return made | sharing_made.make_shown(site, page) | make_agenda(site, page, made["place"])


def make_appointments(page: Page) -> dict[str, str]:
    """Book twice and cancel once; return the addresses met, with one slot that is free and one that is gone."""
    cancelled = journeys_made.book(page)["appointment"]
    page.goto(f"{cancelled}annuler")
    page.locator("main form button").click()
    met = journeys_made.book(page)
    page.goto(met["slots"])
    free = page.locator("main .slots a").last.get_attribute("href") or ""
    return {**met, "cancelled": cancelled, "gone": met["slot"], "slot": free}


def make_single(site: Site, page: Page) -> dict[str, str]:
    """Make the journey of who chose one question at a time."""
    return {"single": journeys_made.fill(page, until="coordonnees")}


def sign_in(site: Site, page: Page) -> dict[str, str]:
    """Give the installation a designer, and sign in as them."""
    site.manage("shell", "-c", MAKE_DESIGNER)
    staff.sign_in(page, "conception", PASSWORD, "/catalogue/")
    return {}


def begin_here(site: Site, page: Page) -> dict[str, str]:
    """Sign in for the first time, up to the recovery codes; makes the account that others only begin to sign in to."""
    site.manage("shell", "-c", MAKE_ACCOUNTS)
    staff.enrol(page, "arrivee", PASSWORD)
    return {}


QUEUE_MESSAGES = """
import datetime as dt
from django.utils import timezone
from accessform.messages.services import Channel, queue_message
from accessform.messages.stops import stop_messages
from accessform.plain_language.wording import ReadingLevel
for subject in ("seen:1", "stopped:2"):
    message = queue_message(
        key=subject, kind="draft", channel=Channel.EMAIL, address="camille@example.fr", level=ReadingLevel.PLAIN,
        words={"day": "31 décembre", "link": "x"}, subject=subject, send_at=timezone.now() + dt.timedelta(days=9),
    )
    print(f"/m/{message.recipient.token}")
stop_messages(message.recipient)
"""

MAKE_DESIGNER = """
from django.contrib.auth import get_user_model
User = get_user_model()
if not User.objects.filter(username="conception").exists():
    User.objects.create_user("conception", password="une longue phrase de passe", is_staff=True)
"""


def sit_at_desk(site: Site, page: Page) -> dict[str, str]:
    """Give the installation an agent with two appointments now, one whose file is shown; sign in as them."""
    shown = journeys_made.fill(page, until="nombres-et-dates")
    sent = journeys_made.fill(page)
    journeys_made.send_answers(page)
    page.context.clear_cookies()
    desk_made.make_agent(site, "guichet")
    made = {
        "desk_visit": desk_made.make_visit(site, "guichet", shown.removeprefix("/d/")),
        "visit_sent": desk_made.make_visit(site, "guichet", sent.removeprefix("/d/")),
        "unshown": desk_made.make_visit(site, "guichet", motif="aide-telephone"),
    }
    staff.sign_in(page, "guichet", desk_made.PASSWORD, "/guichet/")
    return made


MAKE_ACCOUNTS = """
from django.contrib.auth import get_user_model
from accessform.trust.staff.second_factor import begin_enrolment
User = get_user_model()
for name in ("accueil", "nouvelle", "arrivee"):
    user = User.objects.filter(username=name).first() or User.objects.create_user(
        name, password="une longue phrase de passe", is_staff=True)
    if name == "accueil":
        device = begin_enrolment(user)
        device.confirmed = True
        device.save()
"""

MAKERS = {
    "citizen": make_state,
    "single": make_single,
    "designer": sign_in,
    "newcomer": begin_here,
    "agent": sit_at_desk,
    "administrator": places_made.make_administrator,
}
