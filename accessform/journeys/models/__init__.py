"""What a journey stores."""

from accessform.journeys.models.corrections import (
    CorrectedAnswer,
    Correction,
    CorrectionDraft,
    CorrectionRequest,
    Corrector,
    RequestEnd,
    RequestKind,
)
from accessform.journeys.models.files import UploadedFile
from accessform.journeys.models.journey import Journey, JourneyStatus, StepAnswers
from accessform.journeys.models.resume import ResumeAccess, ResumeLink, SecondElement
from accessform.journeys.models.submission import Delivery, DeliveryState, Submission

__all__ = [
    "CorrectedAnswer",
    "Correction",
    "CorrectionDraft",
    "CorrectionRequest",
    "Corrector",
    "Delivery",
    "DeliveryState",
    "Journey",
    "JourneyStatus",
    "RequestEnd",
    "RequestKind",
    "ResumeAccess",
    "ResumeLink",
    "SecondElement",
    "StepAnswers",
    "Submission",
    "UploadedFile",
]
