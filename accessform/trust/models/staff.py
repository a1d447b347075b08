"""The second factor of those who work here: what proves it, and what replaces it once when the phone is lost."""

from binascii import unhexlify
from typing import Any

from django.conf import settings
from django.db import models
from django_otp.models import Device
from django_otp.oath import TOTP

from accessform.trust.fields import EncryptedTextField

DIGITS = 6
TOLERANCE = 1
"""How many steps of 30 seconds a phone's clock may be early or late."""


class Authenticator(Device):
    """An application that shows a code of six digits every 30 seconds (RFC 6238); a code is accepted once.

    django-otp's own device keeps its key in clear; this one keeps it as every secret here, encrypted.
    """

    key = EncryptedTextField(help_text="The shared secret, 40 hexadecimal digits.")
    last_step = models.BigIntegerField(default=-1, help_text="Step of the last code accepted: no code serves twice.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user"], name="one_authenticator_an_account")]

    def verify_token(self, token: Any) -> bool:
        """Tell whether `token` is the code of now and was not used yet; two at once: one of them."""
        text = str(token)
        if not (text.isascii() and text.isdigit() and len(text) == DIGITS):
            return False
        totp = TOTP(unhexlify(self.key), digits=DIGITS)
        if not totp.verify(int(text), TOLERANCE, self.last_step + 1):
            return False
        step = totp.t()
        return bool(Authenticator.objects.filter(pk=self.pk, last_step__lt=step).update(last_step=step))


class RecoveryCode(models.Model):
    """A code that replaces the application once. Only what is computed from it is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, help_text="scrypt of the code, salted by the account.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="one_recovery_code_a_digest")]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"
