"""What ./run and ./test are made of: plain standard-library Python, imported before anything is installed."""
