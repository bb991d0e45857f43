"""What is read of forums, already scoped to the reader."""
