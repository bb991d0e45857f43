"""HTTP for notices: the inbox, what members choose about mail, their calendar."""
