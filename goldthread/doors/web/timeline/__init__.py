"""The timeline of a client: every act of care, newest first."""
