"""What a worker has before them today, asked once for the page My day and for the morning mail; and that mail itself."""
