"""What a journey stores."""

from accessform.journeys.models.files import UploadedFile
from accessform.journeys.models.journey import Journey, JourneyStatus, StepAnswers
from accessform.journeys.models.resume import ResumeAccess, ResumeLink, SecondElement
from accessform.journeys.models.submission import Delivery, DeliveryState, Submission

__all__ = [
    "Delivery",
    "DeliveryState",
    "Journey",
    "JourneyStatus",
    "ResumeAccess",
    "ResumeLink",
    "SecondElement",
    "StepAnswers",
    "Submission",
    "UploadedFile",
]
