"""The note: composer, its page, drafts, co-signing, concerns."""
