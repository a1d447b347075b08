"""RDV Service Public, the French State's appointments: for agents by OAuth, for citizens by public links.

Facts from its own documents and source (betagouv/rdv-service-public: docs/interconnexions/oauth.md,
docs/guide_integration.md, docs/api/webhooks, rdv_plans and public_links controllers), read in 2026.
"""
