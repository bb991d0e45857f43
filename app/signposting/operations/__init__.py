"""What is done with the directory; everything flushes and nothing commits."""
