"""Addresses of the hand-off."""

from django.urls import path

from accessform.handoff.sharing import asking, following
from accessform.handoff.views import (
    appointments,
    booking,
    callbacks,
    consenting,
    holds,
    people,
    rdv_desk,
    rdv_events,
    reminders,
    sources,
    waiting,
)

urlpatterns = [
    path("d/<uuid:journey_id>/personne", people.show_person_page, name="person"),
    path("d/<uuid:journey_id>/personne/rappel", callbacks.ask_callback, name="callback"),
    path("d/<uuid:journey_id>/personne/rappel/retirer", callbacks.withdraw_callback, name="withdraw_callback"),
    path("d/<uuid:journey_id>/partage/", asking.ask, name="sharing"),
    path("d/<uuid:journey_id>/partage/preparer", asking.prepare, name="sharing_prepare"),
    path("d/<uuid:journey_id>/partage/choisir", asking.choose, name="sharing_choose"),
    path("d/<uuid:journey_id>/partage/apercu", asking.preview, name="sharing_preview"),
    path("d/<uuid:journey_id>/partage/code", following.show_code, name="sharing_code"),
    path("d/<uuid:journey_id>/partage/qui", following.show_log, name="sharing_log"),
    path("d/<uuid:journey_id>/partage/qui/<int:access_id>", following.show_snapshot, name="sharing_snapshot"),
    path("d/<uuid:journey_id>/partage/arreter", following.stop, name="stop_sharing"),
    path("d/<uuid:journey_id>/partage/accord/retirer", following.stop_mandate, name="stop_mandate"),
    path("lieux/", people.show_places, name="places"),
    path("lieux/sources/", sources.show_sources, name="sources"),
    path("lieux/<int:place_id>/", people.show_place, name="place"),
    path("lieux/<int:place_id>/demander", consenting.ask_place, name="ask_place"),
    path(
        "lieux/<int:place_id>/demander/<uuid:consent_id>/retirer", consenting.withdraw_consent, name="withdraw_consent"
    ),
    path("guichet/rdv-service-public/", rdv_desk.show_desk, name="rdv_desk"),
    path("guichet/rdv-service-public/connexion", rdv_desk.connect, name="rdv_connect"),
    path("guichet/rdv-service-public/deconnexion", rdv_desk.disconnect, name="rdv_disconnect"),
    path("guichet/rdv-service-public/retour", rdv_desk.come_back, name="rdv_callback"),
    path("guichet/rdv-service-public/aller", rdv_desk.show_way, name="rdv_going"),
    path("guichet/rdv-service-public/<uuid:consent_id>/ouvrir", rdv_desk.open_plan, name="rdv_open_plan"),
    path("rdv-service-public/evenements", rdv_events.receive_event, name="rdv_events"),
    path("lieux/<int:place_id>/<slug:slug>/", booking.show_slots, name="slots"),
    path("lieux/<int:place_id>/<slug:slug>/<str:stamp>/", booking.book, name="book"),
    path("rendez-vous/", appointments.find, name="find_appointment"),
    path("plus-tot/<str:token>/", waiting.answer, name="earlier_offer"),
    path("rendez-vous/<uuid:appointment_id>/plus-tot", waiting.ask, name="wait_for_earlier"),
    path("rendez-vous/<uuid:appointment_id>/plus-tot/arreter", waiting.stop, name="stop_waiting"),
    path("rendez-vous/<uuid:appointment_id>/", appointments.show, name="appointment"),
    path("rendez-vous/<uuid:appointment_id>/garde", holds.answer_hold, name="answer_hold"),
    path("rendez-vous/<uuid:appointment_id>/annuler", appointments.cancel, name="cancel_appointment"),
    path("rendez-vous/<uuid:appointment_id>/deplacer", appointments.move, name="move_appointment"),
    path("rendez-vous/<uuid:appointment_id>/rappels", reminders.remind, name="appointment_reminders"),
    path("rendez-vous/<uuid:appointment_id>/rendez-vous.ics", appointments.download_calendar, name="calendar"),
]
