"""What is served: forms, their wording and their frozen versions."""
