"""What a person said becomes a canonical value, or a short question back; never a guess. Pure."""
