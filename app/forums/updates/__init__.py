"""Community updates: one mail a day or a week about followed topics and new pieces of collections."""
