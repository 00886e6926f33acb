"""The demo's mailbox: mail that would have left the machine. There only when the demo is on."""
