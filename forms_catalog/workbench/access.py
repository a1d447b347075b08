"""Who may use the workbench: staff, and members of the group « designers », signed in with a second factor."""

from typing import Any

from accessform.trust.staff.sessions import staff_required

DESIGNERS = "designers"


def is_designer(user: Any) -> bool:
    """Tell whether `user` may use the workbench."""
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(user.is_staff or user.groups.filter(name=DESIGNERS).exists())


designer_required = staff_required(is_designer)
