"""What comes from outside: one module for each published source, with its corrections by name."""
