"""What is coming: people, activity, what changes in care would do, and what it all would take."""
