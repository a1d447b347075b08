"""The product's addresses, and the benchmark's controls beside them."""

from accessform.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
