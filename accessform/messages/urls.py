"""Addresses of the messages: short, since they stand in text messages."""

from django.urls import path

from accessform.messages import views

urlpatterns = [path("m/<str:token>", views.show_messages, name="messages")]
