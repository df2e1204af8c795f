"""One topic per module, no models, no knowledge of the house. Everything above may use it."""
