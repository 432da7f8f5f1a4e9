"""Pages of individual help."""
