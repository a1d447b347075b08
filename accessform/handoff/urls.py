"""Addresses of the hand-off."""

from django.urls import path

from accessform.handoff.views import appointments, booking, callbacks, people

urlpatterns = [
    path("d/<uuid:journey_id>/personne", people.show_person_page, name="person"),
    path("d/<uuid:journey_id>/personne/rappel", callbacks.ask_callback, name="callback"),
    path("d/<uuid:journey_id>/personne/rappel/retirer", callbacks.withdraw_callback, name="withdraw_callback"),
    path("lieux/", people.show_places, name="places"),
    path("lieux/<int:place_id>/", people.show_place, name="place"),
    path("lieux/<int:place_id>/<slug:slug>/", booking.show_slots, name="slots"),
    path("lieux/<int:place_id>/<slug:slug>/<str:stamp>/", booking.book, name="book"),
    path("rendez-vous/", appointments.find, name="find_appointment"),
    path("rendez-vous/<uuid:appointment_id>/", appointments.show, name="appointment"),
    path("rendez-vous/<uuid:appointment_id>/annuler", appointments.cancel, name="cancel_appointment"),
    path("rendez-vous/<uuid:appointment_id>/deplacer", appointments.move, name="move_appointment"),
    path("rendez-vous/<uuid:appointment_id>/rendez-vous.ics", appointments.download_calendar, name="calendar"),
]
