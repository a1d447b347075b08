"""Addresses of the desk, under /guichet/."""

from django.urls import include, path

from accessform.desk.views import after_sending, appointments, days, files, proposing, sending, urgent

app_name = "desk"
urlpatterns = [
    path("lieux/", include("accessform.desk.places.urls")),
    path("", days.today, name="today"),
    path("jours/<str:day>/", days.day, name="day"),
    path("rendez-vous/<uuid:appointment_id>/", appointments.appointment, name="appointment"),
    path("rendez-vous/<uuid:appointment_id>/terminer", appointments.close, name="close"),
    path("rendez-vous/<uuid:appointment_id>/dossier", files.open_file, name="open"),
    path("rendez-vous/<uuid:appointment_id>/urgence", urgent.ask, name="urgent_ask"),
    path("urgences/<uuid:opening_id>/", urgent.show, name="urgent"),
    path("proposer/", proposing.choose, name="propose"),
    path("proposer/<int:place_id>/<slug:slug>/", proposing.times, name="propose_times"),
    path("proposer/<uuid:appointment_id>/", proposing.proposed, name="proposed"),
    path("proposer/<uuid:appointment_id>/terminer", proposing.settle, name="settle_proposed"),
    path("code", files.code, name="code"),
    path("dossiers/<uuid:handover_id>/", files.file, name="file"),
    path("dossiers/<uuid:handover_id>/remplir", files.fill, name="fill"),
    path("dossiers/<uuid:handover_id>/rendre", files.give_back, name="give_back"),
    path("dossiers/<uuid:handover_id>/accord", sending.mandate, name="mandate"),
    path("dossiers/<uuid:handover_id>/envoyer", sending.send, name="send"),
    path("envois", after_sending.find, name="find_sent"),
    path("dossiers/<uuid:handover_id>/suite", after_sending.after_sending, name="after_sending"),
    path("dossiers/<uuid:handover_id>/suite/<uuid:request_id>", after_sending.take_back, name="withdraw_request"),
    path("dossiers/<uuid:handover_id>/suite/accord", after_sending.mandate, name="correction_mandate"),
    path("dossiers/<uuid:handover_id>/corriger", after_sending.choose, name="correct"),
    path("dossiers/<uuid:handover_id>/corriger/verifier", after_sending.check, name="correct_check"),
    path(
        "dossiers/<uuid:handover_id>/corriger/reponse/<slug:question_id>", after_sending.answer, name="correct_answer"
    ),
]
