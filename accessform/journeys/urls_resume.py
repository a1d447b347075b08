"""Addresses for coming back and for leaving."""

from django.urls import path

from accessform.journeys.views import keep, leave, reminders, resume

urlpatterns = [
    path("reprendre", resume.resume, name="resume"),
    path("reprendre/lien-envoye", resume.link_sent, name="resume_link_sent"),
    path("reprendre/<str:token>", resume.resume_link, name="resume_link"),
    path("d/<uuid:journey_id>/reprendre", keep.keep_journey, name="keep_journey"),
    path("d/<uuid:journey_id>/rappels", reminders.remind, name="draft_reminders"),
    path("d/<uuid:journey_id>/mes-donnees", keep.journey_data, name="journey_data"),
    path("d/<uuid:journey_id>/quitter", leave.leave_journey, name="leave_journey"),
    path("au-revoir/<slug:outcome>", leave.farewell, name="farewell"),
]
