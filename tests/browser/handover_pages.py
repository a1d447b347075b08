"""Pages on the way to a person: places, appointments, and a file that is shown."""

from collections.abc import Mapping

from tests.browser.page_types import PageType, open_everything, refuse_address, refuse_code, refuse_contact, send

HANDOVER_PAGES: Mapping[str, PageType] = {
    "a person": PageType("{draft}/personne", gestures=open_everything),
    "call back": PageType("{draft}/personne/rappel"),
    "call back, refused": PageType("{draft}/personne/rappel", gestures=refuse_contact, shows="#erreurs"),
    "places": PageType("/lieux/"),
    "sources of places": PageType("/lieux/sources/"),
    "place": PageType("{place}"),
    "slots": PageType("{slots}"),
    "contact": PageType("{slot}", shows="#creneau"),
    "contact, refused": PageType("{slot}", gestures=refuse_contact, shows="#erreurs"),
    "slot, gone": PageType("{gone}", shows="#proches"),
    "appointment": PageType("{appointment}"),
    "appointment, move": PageType("{appointment}deplacer"),
    "appointment, cancel": PageType("{appointment}annuler"),
    "appointment, cancelled": PageType("{cancelled}"),
    "appointment, reminders": PageType("{appointment}rappels"),
    "appointment, reminders refused": PageType("{appointment}rappels", gestures=refuse_address, shows="#erreurs"),
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
    "who saw a file, opened without consent": PageType("{sent}/partage/qui", shows="#sans-accord"),
    "who saw a file, a copy": PageType("{copy}", shows="#dossier"),
    "appointment, kept": PageType("{held}"),
    "appointment, earlier offered": PageType("{waiting}", shows="#plus-tot-propose"),
    "wait for earlier": PageType("{waiting}plus-tot", shows="fieldset"),
    "earlier offered": PageType("{earlier}", shows="#plus-tot"),
    "earlier, unknown": PageType("/plus-tot/inconnu/"),
    "contact for a visit": PageType("{visit}", shows="#address"),
    "contact for a visit, refused": PageType("{visit}", gestures=refuse_contact, shows="#erreurs"),
    "find an appointment": PageType("/rendez-vous/"),
    "find an appointment, refused": PageType("/rendez-vous/", gestures=refuse_code, shows=".summary"),
}
