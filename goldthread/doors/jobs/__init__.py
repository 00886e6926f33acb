"""What happens in the background: the worker with its leases and retries, the schedule, the failed jobs."""
