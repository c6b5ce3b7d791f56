"""Stories in a real browser, against the demo as a stranger starts it."""
