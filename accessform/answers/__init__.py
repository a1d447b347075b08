"""What a person wrote or said becomes a canonical value, or a refusal that says what to mend; and back. Pure."""
