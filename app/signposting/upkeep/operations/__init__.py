"""What is done to keep the directory true; everything flushes and nothing commits."""
