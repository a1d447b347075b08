"""Addresses of the room."""

from django.urls import path

from accessform.adaptation import views

app_name = "adaptation"
urlpatterns = [
    path("affichage", views.panel, name="panel"),
    path("affichage/appareil", views.hints, name="hints"),
    path("algorithmes", views.algorithms, name="algorithms"),
    path("algorithmes.json", views.algorithms_json, name="algorithms_json"),
]
