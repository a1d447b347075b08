"""Template context about the presentation."""

from django.http import HttpRequest

from accessform.adaptation.preferences import Presentation


def presentation(request: HttpRequest) -> dict[str, Presentation]:
    """Give templates the presentation of this request, the default one where the middleware did not run."""
    return {"presentation": getattr(request, "presentation", Presentation())}
