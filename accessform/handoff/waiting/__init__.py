"""The list of those who would come earlier: who fits a time that was freed, and what becomes of the offer."""
