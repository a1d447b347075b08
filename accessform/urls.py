"""Every address of accessform; the only place that knows all rooms."""

from django.urls import include, path

handler400 = "accessform.web.views.bad_request"
handler403 = "accessform.web.views.permission_denied"
handler404 = "accessform.web.views.page_not_found"
handler500 = "accessform.web.views.server_error"

urlpatterns = [
    path("", include("accessform.handoff.urls")),
    path("", include("accessform.adaptation.urls")),
    path("", include("accessform.speech.urls")),
    path("", include("accessform.messages.urls")),
    path("", include("accessform.journeys.paper_urls")),
    path("", include("accessform.journeys.urls_resume")),
    path("", include("accessform.journeys.urls")),
    path("", include("forms_catalog.urls")),
    path("guichet/", include("accessform.desk.urls")),
    path("equipe/", include("accessform.trust.staff.urls")),
    path("", include("accessform.trust.urls")),
    path("", include("accessform.web.urls")),
]
