"""The control: the first step of « changement d'adresse » as one would write it by hand for this form alone.

A Django Form, a template with the same HTML, the same middleware, the same access check and the same writes
(the answers encrypted, the adaptive state), but one form, one reading level, and nothing that adapts.
"""

import uuid
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from accessform.adaptation.models import AdaptiveState
from accessform.journeys.access import get_journey_or_404
from accessform.journeys.models import StepAnswers

STEP = "vous"


def words(
    label: str, number: str, *, hint: str = "", example: str = "", why: str = "", word: str = ""
) -> dict[str, Any]:
    """Return what the template says around a field."""
    return {"label": label, "number": number, "hint": hint, "example": example, "why": why, "word": word}


def line(kind: str, token: str, described: str, *, short: bool = False, required: bool = True) -> forms.TextInput:
    """Return a text box with the attributes that the product's page has."""
    attributes = {"inputmode": "text" if kind == "text" else kind, "autocomplete": token, "aria-describedby": described}
    attributes |= {"data-width": "short"} if short else {}
    widget = forms.TextInput(attributes | ({"required": True} if required else {}))
    widget.input_type = kind
    return widget


class YouForm(forms.Form):
    """Who declares the change of address."""

    use_required_attribute = False
    SAID: ClassVar[dict[str, dict[str, Any]]] = {
        "civilite": words("Votre civilité", "1.1"),
        "nom_naissance": words(
            "Votre nom de naissance",
            "1.2",
            hint="C'est le nom que vous avez reçu à la naissance.",
            example="Benali",
            word="nom de naissance",
        ),
        "prenoms": words("Vos prénoms", "1.3", example="Karim"),
        "date_naissance": words(
            "Votre date de naissance",
            "1.4",
            example="4 mai 1978",
            why="Elle évite de vous confondre avec une personne qui porte le même nom.",
        ),
        "courriel": words(
            "Votre adresse e-mail",
            "1.5",
            hint="Le service peut vous écrire à cette adresse.",
            example="karim.benali@example.fr",
        ),
        "telephone": words(
            "Votre numéro de téléphone",
            "1.6",
            hint="Il sert seulement si nous avons une question.",
            example="06 39 98 12 34",
        ),
    }

    civilite = forms.ChoiceField(choices=[("mme", "Madame"), ("m", "Monsieur")], widget=forms.RadioSelect)
    nom_naissance = forms.CharField(
        max_length=100, widget=line("text", "family-name", "nom_naissance-hint nom_naissance-example")
    )
    prenoms = forms.CharField(max_length=100, widget=line("text", "given-name", "prenoms-example"))
    date_naissance = forms.DateField(
        input_formats=["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"],
        widget=line("text", "bday", "date_naissance-example", short=True),
    )
    courriel = forms.EmailField(
        required=False, widget=line("email", "email", "courriel-hint courriel-example", required=False)
    )
    telephone = forms.CharField(
        required=False,
        validators=[RegexValidator(r"^\+?[\d .]{10,20}$")],
        widget=line("tel", "tel", "telephone-hint telephone-example", short=True, required=False),
    )

    def said(self) -> list[tuple[forms.BoundField, dict[str, Any]]]:
        """Return each field with what is said around it."""
        return [(field, self.SAID[field.name]) for field in self]


@cache_control(private=True, no_store=True)
def you(request: HttpRequest, journey_id: uuid.UUID) -> HttpResponse:
    """Show the step, or save it and lead back to it."""
    journey = get_journey_or_404(request, journey_id)
    saved = StepAnswers.objects.filter(journey=journey, step_id=STEP).first()
    state = AdaptiveState.objects.filter(pk=journey.pk).first()
    if request.method != "POST":
        form = YouForm(
            auto_id="%s", initial={name: lines[0] for name, lines in saved.typed.items() if lines} if saved else None
        )
        return _page(request, form, saved)
    form = YouForm(request.POST, auto_id="%s")
    if not form.is_valid():
        return _page(request, form, saved, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    typed = {name: request.POST.getlist(name) for name in form.fields}
    StepAnswers.objects.update_or_create(
        journey=journey,
        step_id=STEP,
        defaults={
            "typed": typed,
            "answers": {name: str(value) for name, value in form.cleaned_data.items()},
            "complete": True,
            "last_key": uuid.uuid4(),
        },
    )
    AdaptiveState.objects.filter(pk=journey.pk).update(state=state.state if state else {}, updated_at=timezone.now())
    return redirect(request.path, permanent=False)


def _page(request: HttpRequest, form: YouForm, saved: StepAnswers | None, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {
        "form": form,
        "key": uuid.uuid4(),
        "revision": saved.revision if saved else 0,
        "asked": list(form.fields),
    }
    return render(request, "bench/handwritten.html", context, status=status)
