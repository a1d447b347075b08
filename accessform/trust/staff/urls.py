"""Addresses of the door of those who work here, under /equipe/."""

from django.urls import path

from accessform.trust.staff import account, sign_in

app_name = "staff"
urlpatterns = [
    path("connexion", sign_in.sign_in, name="sign_in"),
    path("code", sign_in.code, name="code"),
    path("second-facteur", sign_in.enrol, name="enrol"),
    path("codes-de-secours", account.recovery, name="recovery"),
    path("compte", account.account, name="account"),
    path("deconnexion", sign_in.sign_out, name="sign_out"),
]
