"""How many failures are borne before a pause, scope by scope."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Limit:
    """`failures` within `window`, counted from the first failure, close a scope until the window ends."""

    failures: int
    window: timedelta


HOUR = timedelta(hours=1)

# 5 an hour for one code and 50 a day for one network: docs/privacy/dpia.md weighs them. Fifteen minutes for staff
# follows the ANSSI's advice to slow rather than to shut; OWASP ASVS 2.2.1 allows 100 an hour at most. A hundred
# bookings a day for one network leave room for an office where advisers book for people, and none for a machine
# that takes all. A form of sixty questions answered and confirmed by voice is 120 recordings, with as many again to be
# said twice; 1,200 of about a second each, for an office, are a third of one machine's hour. Six digits said at a
# counter live fifteen minutes at one place: with ten alive there, twenty wrong codes an hour find one in 5,000 hours.
# An agent who links an appointment to a journey types a code of 60 bits that somebody reads out: ten wrong an hour.
LIMITS = {
    "resume_code": Limit(5, HOUR),
    "resume_network": Limit(50, timedelta(hours=24)),
    "resume_mail": Limit(5, HOUR),
    "reminder_wish": Limit(10, HOUR),
    "sign_in_account": Limit(5, timedelta(minutes=15)),
    "sign_in_network": Limit(50, HOUR),
    "second_factor": Limit(5, timedelta(minutes=15)),
    "appointment_code": Limit(5, HOUR),
    "appointment_network": Limit(50, timedelta(hours=24)),
    "booking_network": Limit(100, timedelta(hours=24)),
    "handover_desk": Limit(5, timedelta(minutes=15)),
    "handover_place": Limit(20, HOUR),
    "attach_code": Limit(10, HOUR),
    "sound_session": Limit(300, HOUR),
    "sound_network": Limit(1200, HOUR),
}
