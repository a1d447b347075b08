"""An optional language model as a second author, at writing time only: form wording goes out, never a person's answer.

It drafts under the same gates as the rules; whatever goes wrong, the rules' draft is what comes back.
"""

from accessform.plain_language.language_model.drafting import draft_with_model
from accessform.plain_language.language_model.settings import BadSettings, ModelSettings

__all__ = ["BadSettings", "ModelSettings", "draft_with_model"]
