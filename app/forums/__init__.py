"""Forums: boards, topics and posts, where active bystanders talk between workshops and for years afterwards."""
