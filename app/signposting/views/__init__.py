"""The pages of the directory: for everybody, without an account. Nothing about a visit is kept."""
