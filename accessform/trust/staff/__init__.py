"""The door of those who work here: name and password, then a code; shared by the workbench and the desk."""
