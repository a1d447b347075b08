"""Django app of the room `journeys`."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.journeys"

    def ready(self) -> None:
        """Register what this room checks, presents, erases, exports and purges."""
        from accessform.adaptation import installed, presenting
        from accessform.adaptation.state import Adaptation
        from accessform.journeys import access, checks, erasing, preview, reminders, resume  # noqa: F401
        from accessform.journeys.corrections import notices
        from accessform.journeys.corrections.drafting import purge_drafts as purge_correction_drafts
        from accessform.journeys.deliveries import deliver_due
        from accessform.journeys.views.presented import presented_at
        from accessform.messages import wanted
        from accessform.speech.voice import is_voice_available
        from accessform.trust import erasure, export, retention, rotation
        from accessform.web import periodic
        from forms_catalog.workbench.previewing import register_step_preview

        presenting.register(presented_at)
        presenting.register_journeys(access.listed_journeys)
        installed.register(Adaptation.VOICE, is_voice_available)
        register_step_preview(preview.draw_questions)
        rotation.register("resume codes", resume.rehash_codes)
        erasure.register("journeys", erasing.erase_rows_and_files)
        export.register("journeys", erasing.export_rows)
        retention.register("drafts", erasing.purge_drafts)
        retention.register("submissions", erasing.purge_submissions)
        retention.register("correction_drafts", purge_correction_drafts)
        retention.register("links", erasing.purge_links)
        retention.register("lost_files", erasing.purge_lost_files)
        wanted.register(reminders.DRAFT, reminders.is_draft_reminder_wanted)
        wanted.register(reminders.DEADLINE, reminders.is_deadline_reminder_wanted)
        wanted.register(notices.ASKED, notices.is_still_wanted)
        periodic.register("reminders", seconds=600, do=reminders.queue_due_reminders)
        periodic.register("deliveries", seconds=60, do=deliver_due)
