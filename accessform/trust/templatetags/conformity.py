"""The conformity mention that the law wants on every page (decree 2019-768, art. 5)."""

from django import template

from accessform.trust.operator import operator

register = template.Library()


@register.simple_tag
def conformity_key() -> str:
    """Return the name of the words that state this site's conformity, true to its audit or the lack of one."""
    return f"trust.conformity_{operator().conformity}"
