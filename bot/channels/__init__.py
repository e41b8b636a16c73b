"""Each channel translates its events to ours and our messages to its own form, and nothing else."""
