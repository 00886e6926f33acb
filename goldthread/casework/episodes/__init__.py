"""One enrolment of a client, or of a household, in one program, from referral to discharge; its members and pauses. May import people and foundation."""
