"""Addresses that belong to no room."""

from django.urls import path

from accessform.web import views

urlpatterns = [
    path("plan-du-site", views.site_map, name="site_map"),
]
