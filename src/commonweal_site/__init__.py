"""The shell: stores the record, draws pages, speaks HTTP."""
