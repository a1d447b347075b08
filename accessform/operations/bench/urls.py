"""The product's addresses, and the benchmark's controls beside them."""

from django.urls import path

from accessform.operations.bench import bound, handwritten
from accessform.operations.bench.wizard import Wizard
from accessform.urls import handler400, handler403, handler404, handler500
from accessform.urls import urlpatterns as product

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bench/main/<uuid:journey_id>/", handwritten.you),
    path("bench/assistant/", Wizard.as_view()),
    path("bench/borne/<uuid:journey_id>/", bound.prerendered),
    *product,
]
