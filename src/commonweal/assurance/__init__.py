"""What could go wrong, and what a change would leave without a home."""
