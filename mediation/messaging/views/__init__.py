"""Pages about messages: the ledger, and what its texts say."""
