"""`manage.py struggle replay|signals`: what the policy decides on told events, which signals fire on which forms."""

import gc
import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accessform.adaptation.muting import shares
from accessform.adaptation.policy_file import Policy, load_policy
from accessform.adaptation.replay import BadLine, replay


class Command(BaseCommand):
    """Replay events, list signals."""

    help = "Where journeys meet difficulty: replay events through the policy, list the signals that forms make fire."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        again = actions.add_parser("replay", help="Read events on standard input, write what the policy decides.")
        again.add_argument("--jsonl", action="store_true", required=True, help="One JSON object a line, in and out.")
        again.add_argument("--muted", default="", metavar="A3,B5", help="Signals that count for nothing.")

        signals = actions.add_parser("signals", help="Say on which share of each form's journeys each signal fired.")
        signals.add_argument("form", nargs="?", default="", help="One form and version, as slug@3; all when left out.")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        {"replay": self._replay, "signals": self._signals}[action](**options)

    def _replay(self, *, muted: str, **options: Any) -> None:
        """Write each decision as soon as its instant is over; the first line that is no event ends with status 2."""
        policy = _without(muted)
        gc.disable()  # states hold no cycle, and a million of them are slow to search for one
        try:
            for told in replay(sys.stdin.buffer, policy):
                self.stdout.write(json.dumps(told))
                self.stdout.flush()
        except BadLine as error:
            self.stderr.write(str(error))
            sys.exit(2)

    def _signals(self, *, form: str, **options: Any) -> None:
        """Write one line a signal; those that say a defect of the form are marked."""
        for share in shares(form):
            said = "moins de 10" if share.percent is None else f"{share.fired} ({share.percent:.0f} %)"
            mark = "  défaut du formulaire : ce signe ne compte plus" if share.muted else ""
            self.stdout.write(f"{share.form}  {share.signal:<3}  {said} sur {share.journeys} démarches{mark}")


def _without(muted: str) -> Policy:
    """Return the policy without the signals named; raises CommandError on one that it does not have."""
    policy = load_policy()
    names = {name.strip() for name in muted.split(",") if name.strip()}
    unknown = sorted(names - set(policy.rules))
    if unknown:
        raise CommandError(f"unknown signal: {', '.join(unknown)}", returncode=2)
    return policy.muting(names)
