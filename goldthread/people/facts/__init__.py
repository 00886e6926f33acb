"""Facts: what is known of somebody, with day and source; old statements are kept. May import persons and below."""
