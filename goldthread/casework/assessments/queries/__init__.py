"""Reading instruments, assessments and their scores."""
