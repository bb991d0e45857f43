"""What those who keep the directory read; always of their own programme."""
