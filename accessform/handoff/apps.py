"""Django app of the room `handoff`."""

from django.apps import AppConfig


class HandoffConfig(AppConfig):
    """Register the room with Django."""

    name = "accessform.handoff"

    def ready(self) -> None:
        """Register what this room presents, erases, exports, purges and puts under a newer key."""
        from accessform.adaptation import presenting
        from accessform.handoff import access, calling_off, checks, reminders  # noqa: F401
        from accessform.handoff.announcing import time_freed
        from accessform.handoff.providers.rdv_service_public import forgetting, plans, public_links
        from accessform.handoff.services import erasing, finding
        from accessform.handoff.sharing import erasing as sharing
        from accessform.handoff.sharing import urgent
        from accessform.handoff.waiting import closing, offering, telling, tokens
        from accessform.messages import wanted
        from accessform.trust import erasure, export, retention, rotation
        from accessform.web import periodic

        presenting.register(access.presented_at)
        wanted.register(reminders.SUBJECT, calling_off.is_still_wanted)
        erasure.register("handoff", erasing.erase_hand_off)
        export.register("handoff", erasing.export_hand_off)
        erasure.register("sharing", sharing.erase_sharing)
        export.register("sharing", sharing.export_sharing)
        erasure.register("urgent openings", urgent.erase_urgent)
        export.register("urgent_openings", urgent.export_urgent)
        retention.register("urgent_openings", urgent.purge_urgent)
        retention.register("handovers", sharing.purge_handovers)
        retention.register("mandates", sharing.purge_mandates)
        retention.register("appointments", erasing.purge_appointments)
        retention.register("callbacks", erasing.purge_callbacks)
        retention.register("contacts", erasing.purge_contacts)
        retention.register("plans", erasing.purge_plans)
        retention.register("provider_traces", forgetting.purge_traces)
        retention.register("agent_connections", forgetting.purge_connections)
        rotation.register("appointment codes", finding.rehash_codes)
        rotation.register("earlier offers", tokens.rehash_tokens)
        time_freed.connect(offering.on_time_freed, dispatch_uid="earlier offers")
        wanted.register(closing.SUBJECT, telling.is_still_wanted)
        periodic.register("earlier offers", seconds=60, do=offering.make_offers)
        periodic.register("rdv_plans", seconds=30, do=plans.poll_due)
        periodic.register("rdv_public_links", seconds=6 * 3600, do=public_links.refresh_public_links)
