"""The state that the types of pages need, made once through the pages by each of the people."""

from playwright.sync_api import Page

from tests.browser import desk_made, journeys_made, places_made, sharing_made, staff
from tests.browser.agendas_made import make_agenda
from tests.browser.presentations import Look, choose
from tests.browser.site import Site
from tests.browser.staff_pages import PASSWORD


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
    desk_made.make_agent(site, "secours")
    desk_made.make_urgent(site, "secours", made["sent"])
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
    made["urgent"] = desk_made.make_urgent(site, "guichet", sent)
    site.manage("urgent_openings", "--allow", "guichet")
    staff.sign_in(page, "guichet", desk_made.PASSWORD, "/guichet/proposer/")
    page.locator("main a[href$='/aide-telephone/']").click()
    made["times"] = page.url
    free = page.locator("main .slots button")  # neither the first nor the last: others are met there
    free.nth(free.count() // 2).click()
    made["proposed"] = page.url
    return made


def sit_elsewhere(site: Site, page: Page) -> dict[str, str]:
    """Sign in as an agent whose place takes its appointments at RDV Service Public."""
    made = {"rdv_place": desk_made.make_colleague(site)}
    staff.sign_in(page, "relais", desk_made.PASSWORD, "/guichet/")
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
    "colleague": sit_elsewhere,
    "administrator": places_made.make_administrator,
}
