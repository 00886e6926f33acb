"""What is asked about merges and pairs."""
