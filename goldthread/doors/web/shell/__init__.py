"""Around every page: home, search, help, the gallery of parts, and what is said when something goes wrong."""
