"""To what effect: measures of health and care, and the methods by which they are worked out."""
