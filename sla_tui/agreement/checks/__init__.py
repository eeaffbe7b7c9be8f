"""The checks, by what they look at. Each takes an agreement and yields findings; ``check`` runs them all."""
