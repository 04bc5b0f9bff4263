"""The thinking: plain functions on frozen data, with no database, clock or web framework."""
