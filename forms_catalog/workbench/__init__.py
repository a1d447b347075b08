"""The designers' workbench: signed-in pages to register, re-read, compare and publish forms."""
