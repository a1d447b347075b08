"""Pure reading of answers: what a person wrote becomes a canonical value, or a refusal that says what to mend."""
