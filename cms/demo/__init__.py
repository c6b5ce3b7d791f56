"""The demo: example content of our own, loaded once, and the one command that runs it all."""
