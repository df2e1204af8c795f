"""Forms of casework. They validate and never save."""
