"""What is known of a client: shown by kind, written down, corrected, ended, taken back; its history."""
