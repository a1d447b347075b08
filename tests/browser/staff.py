"""Signing in to staff pages in a browser: name and password, then the code of the application."""

import time
from base64 import b32decode

from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

STEP = 30
SLOW = 12
"""Seconds that a loaded machine may take between the code and its check: an older code would be refused by then."""
secrets: dict[str, str] = {}
"""The secret that each account enrolled, base 32; one test process, one installation."""
used: dict[str, int] = {}


def give_password(page: Page, name: str, password: str, address: str = "/equipe/connexion") -> None:
    """Fill in the first page of the sign-in."""
    page.goto(address)
    page.get_by_label("Nom du compte").fill(name)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()


def enrol(page: Page, name: str, password: str, address: str = "/equipe/connexion") -> None:
    """Sign in for the first time, up to the recovery codes."""
    give_password(page, name, password, address)
    secrets[name] = page.locator("#secret").inner_text().replace(" ", "")
    give_code(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")


def give_code(page: Page, name: str) -> None:
    """Write the code that the account's application shows."""
    page.locator("#code").fill(next_code(name))
    page.get_by_role("button", name="Continuer", exact=True).click()


def sign_in(page: Page, name: str, password: str, address: str) -> None:
    """Sign in with both factors; enrols an application the first time."""
    if name not in secrets:
        enrol(page, name, password, address)
        page.get_by_role("button", name="Mes codes sont rangés").click()
        return
    give_password(page, name, password, address)
    give_code(page, name)


def next_code(name: str) -> str:
    """Return a code that the account has not used: the last step's, this one's, or the next one's, accepted early."""
    key, now = b32decode(secrets[name]), int(time.time()) // STEP
    step = max(int(time.time() + SLOW) // STEP - 1, used.get(name, 0) + 1)
    if step > now + 1:
        time.sleep((step - 1) * STEP - time.time() + 0.5)
    used[name] = step
    totp = TOTP(key)
    totp.time = step * STEP
    return f"{totp.token():06}"
