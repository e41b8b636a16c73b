"""Microsoft Teams. Only credentials and the check of tokens come from Microsoft's library; activities are read here."""
