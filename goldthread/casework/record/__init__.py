"""The ledger: an entry for every act of care, and the drafts of what is being written. May import episodes, people, foundation."""
