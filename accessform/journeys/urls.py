"""Addresses of a journey. The pages that another room adds come before the step's own, which takes any name."""

from django.urls import path

from accessform.journeys.by_voice import aloud
from accessform.journeys.views import check, explanation, start, step

app_name = "journeys"

urlpatterns = [
    path("demarches/<slug:slug>/commencer", start.start, name="start"),
    path("d/<uuid:journey_id>/", start.journey_home, name="home"),
    path("d/<uuid:journey_id>/pourquoi", explanation.explanation, name="why"),
    path("d/<uuid:journey_id>/pourquoi.json", explanation.explanation_json, name="why_json"),
    path("d/<uuid:journey_id>/verifier", check.check, name="check"),
    path("d/<uuid:journey_id>/<slug:step_id>/dire", aloud.aloud, name="aloud"),
    path("d/<uuid:journey_id>/<slug:step_id>/", step.step, name="step"),
]
