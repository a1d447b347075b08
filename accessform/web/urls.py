"""Addresses that belong to no room."""

from django.urls import path

from accessform.web import health, views

urlpatterns = [
    path("plan-du-site", views.site_map, name="site_map"),
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
]
