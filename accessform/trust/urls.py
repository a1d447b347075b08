"""Public pages about data and accessibility."""

from django.urls import path

from accessform.trust.views import public

urlpatterns = [
    path("confidentialite", public.privacy, name="privacy"),
    path("accessibilite", public.accessibility, name="accessibility"),
]
