"""Mandated reports: suspicion, oral report, written report, receipt. May import contacts and below."""
