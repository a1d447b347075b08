"""A reference printed and not judged: the same step as a django-formtools session wizard."""

from formtools.wizard.views import SessionWizardView

from accessform.operations.bench.handwritten import YouForm


class Wizard(SessionWizardView):
    """One step, kept in the session."""

    template_name = "bench/wizard.html"
    form_list = [("vous", YouForm)]
