"""A shared file as HTML: the agent's page and the person's preview print this and nothing else."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accessform.handoff.sharing.shown import SharedContent


def draw_content(content: SharedContent) -> SafeString:
    """Return the file's steps, questions and answers. It takes no request: who looks changes nothing in it."""
    return render_to_string("handoff/shared_file.html", {"content": content})
