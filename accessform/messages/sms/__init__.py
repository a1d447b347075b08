"""Text messages: what carries them is the operator's choice (ACCESSFORM_SMS)."""

from accessform.messages.sms.choosing import sms_is_offered, sms_provider

__all__ = ["sms_is_offered", "sms_provider"]
