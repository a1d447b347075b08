"""A file shown to an agent by consent: « Montrer mon dossier ». The desk's door is `services`."""
