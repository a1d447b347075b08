"""Pages on which a person fills in, sends, corrects, comes back and leaves, and those that everybody reads."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser import journeys_made
from tests.browser.page_types import PageType, open_everything, refuse_code, send


def _answer_in_another_tab(page: Page) -> None:
    page.evaluate("document.querySelector('#step-form [name=revision]').value = '0'")
    page.locator("#step-form [name=courriel]").fill("dominique@example.fr")
    journeys_made.press(page, "next")


CITIZEN_PAGES: Mapping[str, PageType] = {
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
    "draft, reminders": PageType("{kept}/rappels"),
    "draft, reminders agreed": PageType("{reminded}/rappels", shows=".card.done"),
    "messages": PageType("{messages}"),
    "messages, stopped": PageType("{stopped}", shows="#messages.done"),
    "settings": PageType("/affichage"),
    "resume": PageType("/reprendre"),
    "resume, refused": PageType("/reprendre", gestures=refuse_code, shows="#error-summary"),
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
}
