"""Who works here: staff, the roles they hold and the teams they are in by dates, what they are told, the views they keep."""
