"""Everything that is checked about the content, each kind of check in its own module."""
