"""Addresses of what can be kept on paper."""

from django.urls import path

from accessform.journeys.corrections import views as corrections
from accessform.journeys.views import pieces, print_sheet, receipt

urlpatterns = [
    path("d/<uuid:journey_id>/recu", receipt.show_receipt, name="receipt"),
    path("d/<uuid:journey_id>/recu.pdf", receipt.download_receipt, name="receipt_pdf"),
    path("d/<uuid:journey_id>/imprimer", print_sheet.show_sheet, name="print_sheet"),
    path("d/<uuid:journey_id>/pieces", pieces.send_pieces, name="pieces"),
    path("d/<uuid:journey_id>/corriger", corrections.choose, name="correct"),
    path("d/<uuid:journey_id>/corriger/verifier", corrections.check, name="correct_check"),
    path("d/<uuid:journey_id>/corriger/reponse/<slug:question_id>", corrections.answer, name="correct_answer"),
]
