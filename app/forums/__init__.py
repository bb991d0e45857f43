"""Forums: boards for different audiences, topics with numbered posts, and what each member has read of them."""
