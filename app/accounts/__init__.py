"""People, the organisations they work for, the roles they are granted (each for a programme), and how they sign in."""
