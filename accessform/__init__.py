"""The adaptive layer: it notices difficulty, helps, explains, undoes and hands over to a person."""
